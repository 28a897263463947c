import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.labs.protocol import LONGEST, CheckSpec, Garbled, Reader, RunRequest
from nexus_tui.labs.verdict import Tally

REQUEST = RunRequest(Path("lab"), {}, (CheckSpec("a", "A"), CheckSpec("b", "B")))
HELLO = {"t": "hello", "guards": []}


def check(name: str, status: str = "pass") -> dict[str, object]:
    return {"t": "check", "id": name, "status": status, "message": ""}


def verdict(*events: dict[str, object]) -> tuple[bool, bool]:
    tally = Tally(REQUEST, None)
    for event in events:
        tally.take(event)
    result = tally.result("", "", 1.0)
    return result.complete, result.passed


END = {"t": "end"}


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([HELLO, check("a"), check("b"), END], (True, True)),
        ([HELLO, check("a"), check("b", "fail"), END], (True, False)),
        ([HELLO, check("a"), check("b", "skip"), END], (True, False)),
        ([HELLO, check("a"), END], (False, False)),
        ([HELLO, check("a"), check("b")], (False, False)),
        ([check("a"), check("b"), END], (False, False)),
        ([HELLO, check("a"), check("a"), check("b"), END], (False, False)),
        ([HELLO, check("a"), check("b"), check("c"), END], (False, False)),
        ([HELLO, check("a"), check("b", "great"), END], (False, False)),
        ([HELLO, {"t": "news"}, check("a"), check("b"), END], (True, True)),
        ([HELLO, END], (False, False)),
    ],
)
def test_only_a_full_vector_passes(events, expected: tuple[bool, bool]) -> None:
    assert verdict(*events) == expected


def test_nothing_to_check_is_no_pass() -> None:
    tally = Tally(RunRequest(Path("lab"), {}, ()), None)
    for event in (HELLO, END):
        tally.take(event)
    assert not tally.result("", "", 0).passed


def line(**values: object) -> bytes:
    return json.dumps(values).encode() + b"\n"


def test_reader_keeps_only_lines_of_this_run() -> None:
    data = line(t="a", run="n") + b"junk\n[1]\n" + line(t="b", run="m") + line(t="c") + b"\xff\n"
    assert [event["t"] for event in Reader("n").feed(data)] == ["a"]


@given(st.lists(st.integers(1, 9), max_size=30))
def test_reader_does_not_care_how_bytes_are_cut(cuts: list[int]) -> None:
    data = b"".join(line(t=str(n), run="n") for n in range(5))
    reader, found, at = Reader("n"), [], 0
    for size in [*cuts, len(data)]:
        found += [event["t"] for event in reader.feed(data[at : at + size])]
        at += size
    assert found == ["0", "1", "2", "3", "4"]


def test_line_without_end_is_refused() -> None:
    with pytest.raises(Garbled):
        list(Reader("n").feed(b"x" * (LONGEST + 1)))
