"""The JSON Schemas: every shipped file keeps to them, and they agree with the loader."""

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from course_files import FILES, KINDS
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from nexus_tui.course.labfiles import read_lab
from nexus_tui.course.modules import read_course_file, read_module_file
from nexus_tui.course.problems import Problems
from nexus_tui.course.quizzes import read_challenge, read_quiz
from nexus_tui.course.scalars import meant
from nexus_tui.course.yamltree import Map, Node, Scalar, read_yaml

PROJECT = Path(__file__).parents[3]
SCHEMAS = PROJECT / "nexus_tui/course/schemas"
LOADED = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
REGISTRY: Any = Registry().with_resources(
    [(name, Resource(contents=data, specification=DRAFT202012)) for name, data in LOADED.items()]
)
VALIDATORS = {name: Draft202012Validator(data, registry=REGISTRY) for name, data in LOADED.items()}
SAMPLES = [
    ("course.json", FILES["lessons/course.yaml"]),
    ("module.json", FILES["lessons/orm/module.yaml"]),
    ("challenge.json", FILES["quizzes/orm/challenges/slow.yaml"]),
    ("lab.json", FILES["labs/orm/index/lab.yaml"]),
    *(("quiz.json", f"questions:\n{text}") for text in KINDS.values()),
]
SHIPPED = {
    "course.json": "lessons/course.yaml",
    "module.json": "lessons/*/module.yaml",
    "quiz.json": "quizzes/*/*.yaml",
    "challenge.json": "quizzes/*/challenges/*.yaml",
    "lab.json": "labs/*/*/lab.yaml",
}


def plain(node: Node) -> Any:
    """What another YAML reader would make of the file, numbers and truth values included."""
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items.items()}
    if not isinstance(node, Scalar):
        return [plain(item) for item in node.items]
    match meant(node):
        case "bool":
            return node.value == "true"
        case "int":
            return int(node.value)
        case "float":
            return float(node.value)
        case "null":
            return None
    return node.value


def data_of(text: str) -> Any:
    problems = Problems("")
    node = read_yaml(text, problems)
    assert node is not None, problems.items
    return plain(node)


def test_the_schemas_are_schemas() -> None:
    assert len(LOADED) == 6
    for data in LOADED.values():
        Draft202012Validator.check_schema(data)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_file_keeps_to_its_schema(name: str) -> None:
    for path in sorted(PROJECT.glob(SHIPPED[name])):
        found = [
            f"{path}: {'/'.join(map(str, error.path))}: {error.message}"
            for error in VALIDATORS[name].iter_errors(data_of(path.read_text("utf-8")))
        ]
        assert found == []


def walk(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value."""
    yield path
    if isinstance(data, dict | list):
        for key in data if isinstance(data, dict) else range(len(data)):
            yield from walk(data[key], (*path, key))


GONE = object()
SCALARS: list[Any] = [3, -1, 1.5, 10**6, True, None, "", " ", "text", "A b"]
NESTED: list[Any] = [[], {}, ["a"], {"a": "b"}, {"a": 1}, [{"unknown": "x"}]]
OTHERS = [GONE, *SCALARS, *NESTED]


def mutants(data: Any) -> Iterator[tuple[tuple[Any, ...], object, Any]]:
    """Yield copies of ``data`` with one value deleted, replaced, or with an unknown key."""
    for path in walk(data):
        if not path:
            continue
        for other in OTHERS:
            made = copy.deepcopy(data)
            inner = made
            for key in path[:-1]:
                inner = inner[key]
            if other is GONE:
                del inner[path[-1]]
            else:
                inner[path[-1]] = other
            yield path, other, made


def loads(name: str, data: Any, tmp_path: Path) -> list[str]:
    """Return the loader's errors about a file that says ``data``."""
    path = tmp_path / ("lab.yaml" if name == "lab.json" else "file.yaml")
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    problems = Problems("file")
    match name:
        case "course.json":
            read_course_file(path, problems)
        case "module.json":
            read_module_file(path, "orm", problems)
        case "quiz.json":
            read_quiz(path, "orm/first", problems)
        case "challenge.json":
            read_challenge(path, "orm/slow", problems)
        case "lab.json":
            for beside in ("brief.md", "solution.md"):
                (tmp_path / beside).write_text("x", encoding="utf-8")
            read_lab(tmp_path, "orm/index", problems)
    return [str(item) for item in problems.errors if item.code not in CROSS]


CROSS = {"duplicate-id", "evidence", "wrong-number"}
"""Rules that compare one part of a file with another: beyond what a schema can say."""


@pytest.mark.parametrize(
    ("name", "text"), SAMPLES, ids=["course", "module", "challenge", "lab", *KINDS]
)
def test_schema_and_loader_agree(name: str, text: str, tmp_path: Path) -> None:
    data = data_of(text)
    assert list(VALIDATORS[name].iter_errors(data)) == []
    assert loads(name, data, tmp_path) == []
    disagreements = []
    for path, other, made in mutants(data):
        errors = loads(name, made, tmp_path)
        said = next((error.message for error in VALIDATORS[name].iter_errors(made)), "")
        if bool(errors) != bool(said):
            shown = "deleted" if other is GONE else other
            disagreements.append((path, shown, errors[:1], said[:90]))
    assert disagreements == []


def test_every_key_is_described() -> None:
    missing = []
    for name, schema in LOADED.items():
        for path in walk(schema):
            if path[-2:-1] == ("properties",) and not {"allOf", "contains"} & {*path}:
                part = schema
                for key in path:
                    part = part[key]
                if "description" not in part and "$ref" not in part and "pattern" not in part:
                    missing.append((name, path))
    assert missing == []
