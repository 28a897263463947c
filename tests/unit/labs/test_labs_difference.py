"""Differences line by line, and values cut into lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.labs import difference
from nexus_tui.labs.difference import Row, between, rows, spread


def test_the_same_differs_in_nothing() -> None:
    assert between("a\nb\n", "a\nb\n") == []
    assert between("", "") == []


def test_a_line_that_changed_with_its_numbers() -> None:
    assert between("a\nb\nc", "a\nB\nc") == [
        Row("same", "a", 1, 1),
        Row("out", "b", 2),
        Row("in", "B", 0, 2),
        Row("same", "c", 3, 3),
    ]


def test_what_is_far_from_a_change_is_left_out() -> None:
    before = [str(n) for n in range(20)]
    after = [*before[:10], "new", *before[10:]]
    found = rows(before, after)
    assert [row.kind for row in found] == ["gap", "same", "same", "in", "same", "same", "gap"]
    assert (found[0].text, found[-1].text) == ("8", "8")
    assert [row.text for row in found[1:-1]] == ["8", "9", "new", "10", "11"]


def test_a_gap_of_one_line_is_the_line() -> None:
    found = rows(list("abcd"), list("abcX"))
    assert [row.text for row in found] == ["a", "b", "c", "d", "X"]


def test_all_of_it_when_asked() -> None:
    before = [str(n) for n in range(9)]
    assert len(rows(before, [*before, "x"], None)) == 10


def test_texts_too_long_to_compare_are_shown_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(difference, "MOST", 3)
    assert [row.kind for row in rows(["a", "b"], ["a", "c"])] == ["out", "out", "in", "in"]


@given(st.lists(st.sampled_from("abc"), max_size=12), st.lists(st.sampled_from("abc"), max_size=12))
def test_both_texts_can_be_read_from_the_difference(before: list[str], after: list[str]) -> None:
    found = rows(before, after, None)
    if before == after:
        assert found == []
        return
    assert [row.text for row in found if row.kind != "in"] == before
    assert [row.text for row in found if row.kind != "out"] == after


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("4", ["4"]),
        ("", [""]),
        ("two\nlines", ["two", "lines"]),
        ("[1, 2]", ["[", "  1,", "  2", "]"]),
        ("[(1, 'a,]'), (2, \"b\")]", ["[", "  (1, 'a,]'),", '  (2, "b")', "]"]),
        (
            "{'rows': [1, 2], 'next': None}",
            ["{", "  'rows': [1, 2],", "  'next': None", "}"],
        ),
        ("Page(items=[1], next=None)", ["Page(", "  items=[1],", "  next=None", ")"]),
        ("[1, 'cut", ["[", "  1,", "  'cut"]),
        ("]) odd", ["]) odd"]),
    ],
)
def test_a_value_as_lines(text: str, lines: list[str]) -> None:
    assert spread(text) == lines


@given(st.text(max_size=200))
def test_nothing_but_space_is_lost(text: str) -> None:
    assert "".join("".join(spread(text)).split()) == "".join(text.split())


def test_a_huge_value_is_not_taken_apart() -> None:
    text = "['" * 20_000
    assert spread(text) == [text]
