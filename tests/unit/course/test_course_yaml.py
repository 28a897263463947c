"""YAML as text with line numbers, and fields that take nothing they were not given."""

import time

import pytest
from course_files import CHALLENGE, FILES, LAB, QUIZ

from nexus_tui.course.fields import fields_of
from nexus_tui.course.problems import Problems
from nexus_tui.course.yamltree import Map, Scalar, Seq, read_yaml


def problems_of(text: str) -> list[tuple[int, str]]:
    problems = Problems("x.yaml")
    read_yaml(text, problems)
    return [(item.line, item.code) for item in problems.items]


def test_nothing_is_converted_and_every_node_has_its_line() -> None:
    tree = read_yaml("a: yes\nb:\n  - 1.10\n  - 'x'\n", Problems(""), first_line=10)
    assert tree == Map(
        10,
        {"a": Scalar(10, "yes", plain=True),
         "b": Seq(12, [Scalar(12, "1.10", plain=True), Scalar(13, "x")])},
        {"a": 10, "b": 11},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: &x 1\nb: *x\n", [(1, "yaml-alias"), (2, "yaml-alias")]),
        ("a: 1\nb: 2\na: 3\n", [(3, "yaml-duplicate")]),
        ("a:\n\tb: 1\n", [(2, "yaml-tab")]),
        ("a: !!python/object:os.system x\n", [(1, "yaml-tag")]),
        ("a: 1\n---\nb: 2\n", [(2, "yaml")]),
        ("a: 1\n b: 2\n", [(2, "yaml")]),
        ("a: [1\n", [(2, "yaml")]),
        ('a: "x\n', [(2, "yaml")]),
        ("a: `x`\n", [(1, "yaml")]),
        ("[a]: b\n", [(1, "yaml-key")]),
        ("", []),
        ("# nothing\n", []),
    ],
)
def test_what_is_refused(text: str, found: list[tuple[int, str]]) -> None:
    assert problems_of(text) == found


def test_a_control_character_by_escape_is_refused() -> None:
    assert problems_of('a: x\nb: "\\x1b[31m"\n') == [(2, "control")]
    assert problems_of('a: "\\u202e"\nb: "\\t\\n"\n') == [(1, "control")]


def test_the_parser_in_python_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [QUIZ, LAB, CHALLENGE, FILES["lessons/course.yaml"], "a: [1\n", "a: *b\n", "- " * 99]
    fast = [(read_yaml(text, Problems("")), problems_of(text)) for text in texts]
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    slow = [(read_yaml(text, Problems("")), problems_of(text)) for text in texts]
    assert [node for node, _ in slow] == [node for node, _ in fast]
    assert [[code for _, code in found] for _, found in slow] == [
        [code for _, code in found] for _, found in fast
    ]


def test_keys_are_text_whatever_they_look_like() -> None:
    tree = read_yaml("on: stays\nno: x\n1: y\n", Problems(""))
    assert isinstance(tree, Map)
    assert list(tree.items) == ["on", "no", "1"]


HOSTILE = {
    "brackets": "[" * 900_000,
    "deep": "".join(" " * depth + "a:\n" for depth in range(1_000)),
    "dashes": "- " * 400_000,
    "bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(20_000)),
    "quotes": '"' * 900_000,
    "questions": "? " * 400_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_yaml_is_refused_in_time(name: str) -> None:
    began = time.perf_counter()
    assert problems_of(HOSTILE[name])
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "Off", "true", "1.10", "3", "012", "0x1F", "1_000", "12:30", "1e3", ".5",
     "2024-01-01", "null", "~", "", "-7", "+1", ".inf"],
)  # fmt: skip
def test_text_must_be_quoted_where_yaml_makes_something_else_of_it(word: str) -> None:
    problems = Problems("x.yaml")
    node = read_yaml(f'a: {word}\nb: "{word} "\n', problems)
    assert node is not None
    fields = fields_of(node, problems, "it")
    assert fields is not None
    assert fields.text("a") == ""
    assert fields.text("b", "") == f"{word} "
    (found,) = problems.items
    assert (found.line, found.code) == (1, "unquoted" if word else "empty")
    assert not word or f'"{word}"' in found.hint


@pytest.mark.parametrize("word", ["a", "yes please", "3 rows", "v1.10", "None", "-", "n", "1.2.3"])
def test_other_words_are_text_without_quotes(word: str) -> None:
    problems = Problems("x.yaml")
    node = read_yaml(f"a: {word}\n", problems)
    fields = fields_of(node, problems, "it") if node else None
    if word == "-":
        assert fields is None or isinstance(node, Map)
        return
    assert fields is not None
    assert fields.text("a") == word
    assert problems.items == []


def test_fields_note_what_is_wrong_and_go_on() -> None:
    problems = Problems("x.yaml")
    node = read_yaml("title: [a]\nsize: big\nflag: yes\nlist: x\ntitel: b\n", problems)
    assert node is not None
    fields = fields_of(node, problems, "it")
    assert fields is not None
    assert fields.text("title") == ""
    assert fields.whole("size", 1, 9) == 1
    assert fields.flag("flag") is False
    assert fields.items("list") == []
    assert fields.text("name") == ""
    fields.done()
    assert [(item.line, item.code) for item in problems.items] == [
        (1, "type"),
        (2, "type"),
        (3, "type"),
        (4, "type"),
        (1, "missing-key"),
        (5, "unknown-key"),
    ]
    assert problems.items[-1].hint == "Did you mean `title`?"
