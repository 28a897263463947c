"""Rules of the code base that a reader would otherwise have to remember."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "nexus_tui"
SOURCES = sorted(PACKAGE.rglob("*.py"))
DOORS = {"ui/themes.py"}
"""Files that may catch Exception: colours of ANSI themes fail in the library's own ways."""


def _relative(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", [p for p in SOURCES if "ui" in p.parts], ids=_relative)
def test_text_reaches_the_screen_through_one_door(path: Path) -> None:
    """No markup is parsed, and no data goes to a widget as a string that could be markup."""
    source = path.read_text("utf-8")
    assert "from_markup" not in source
    for call in ("Static(", "Label(", "Button("):
        for match in re.finditer(re.escape(call), source):
            rest = source[match.end() : match.end() + 120].split("\n\n")[0]
            assert "markup=False" in rest, f"{call} without markup=False: {rest[:60]!r}"
    for match in re.finditer(r"\.notify\(", source):
        rest = source[match.end() : match.end() + 200]
        assert "markup=False" in rest, f"notify without markup=False: {rest[:60]!r}"


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_no_one_swallows_every_exception(path: Path) -> None:
    if _relative(path) in DOORS or "harness" in path.parts:
        return
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ExceptHandler):
            caught = ast.unparse(node.type) if node.type else "everything"
            if any(isinstance(part, ast.Raise) and part.exc is None for part in node.body):
                continue
            assert caught not in ("everything", "Exception", "BaseException"), (
                f"{_relative(path)}:{node.lineno} catches {caught}"
            )


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_no_file_is_everything(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 400


def _tracked() -> list[Path]:
    kinds = {".py", ".md", ".yaml", ".yml", ".toml", ".tcss", ".json", ".sql", ".txt"}
    skip = {".venv", ".git", "dist", "__snapshots__", "tests"}
    return [
        path
        for path in ROOT.rglob("*")
        if path.suffix in kinds
        and not skip & set(path.relative_to(ROOT).parts)
        and not any(
            part.startswith(".") and part != ".github" for part in path.relative_to(ROOT).parts
        )
    ]


def test_nothing_tells_of_a_machine() -> None:
    pattern = re.compile(r"/(?:root|work|home/[a-z]+)/[a-z.]|pypi/simple|index-url")
    found = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in _tracked()
        if (match := pattern.search(path.read_text("utf-8", "replace")))
    ]
    assert not found


def test_yaml_is_read_by_the_safe_loader_only() -> None:
    for path in SOURCES:
        source = path.read_text("utf-8")
        assert "yaml.load(" not in source or "Safe" in source
        assert "UnsafeLoader" not in source
