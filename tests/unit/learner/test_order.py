"""What is easily confused stands side by side, once each is known by itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_tui.learner import queue
from nexus_tui.learner.database import Record
from nexus_tui.learner.order import Due, arrange
from tests.unit.learner.support import Clock, give

WHEN = datetime(2026, 3, 2, tzinfo=UTC)


def items(text: str, firm: bool = True) -> list[Due]:
    return [Due(f"{lesson}#{n}", 0.5, WHEN, False, firm) for n, lesson in enumerate(text)]


def ids(found: list[Due]) -> str:
    return " ".join(item.question for item in found)


@pytest.mark.parametrize(
    ("lessons", "pairs", "order"),
    [
        ("abc", [], "a#0 b#1 c#2"),
        ("abc", [("a#0", "c#2")], "a#0 c#2 b#1"),
        ("abc", [("c#2", "a#0")], "a#0 c#2 b#1"),
        ("abab", [("a#0", "a#2")], "b#1 a#0 a#2 b#3"),
        ("cabd", [("a#1", "d#3")], "c#0 a#1 d#3 b#2"),
        # Its own lesson would follow: it goes before its other.
        ("cabb", [("a#1", "b#3")], "c#0 b#3 a#1 b#2"),
        # In one pair only.
        ("abc", [("a#0", "c#2"), ("c#2", "b#1")], "a#0 c#2 b#1"),
        ("abc", [("a#0", "gone#7"), ("b#1", "b#1")], "a#0 b#1 c#2"),
    ],
)
def test_side_by_side(lessons: str, pairs: list[tuple[str, str]], order: str) -> None:
    assert ids(arrange(items(lessons), pairs)) == order


def test_what_is_not_known_by_itself_is_not_contrasted() -> None:
    assert ids(arrange(items("abc", firm=False), [("a#0", "c#2")])) == "a#0 b#1 c#2"


@given(st.text("abc", max_size=10), st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9))))
def test_all_stay_and_pairs_touch(text: str, numbers: list[tuple[int, int]]) -> None:
    before = items(text)
    names = [item.question for item in before]
    pairs = [(names[a], names[b]) for a, b in numbers if max(a, b) < len(names)]
    after = arrange(before, pairs)
    assert sorted(after) == sorted(before)
    at = {item.question: n for n, item in enumerate(after)}
    taken: set[str] = set()
    for one, two in pairs:
        if one != two and not taken & {one, two}:
            taken |= {one, two}
            assert abs(at[one] - at[two]) == 1


def known_alone(record: Record, clock: Clock, *questions: str) -> None:
    """Right today, and right again when it comes back."""
    for _ in range(2):
        for question in questions:
            give(record, question)
        clock.move(days=3)


def test_one_answer_is_not_yet_known_alone(record: Record, clock: Clock) -> None:
    pair = [("a/a#one", "c/c#two")]
    for question in ("a/a#one", "b/b#q", "c/c#two"):
        give(record, question)
    clock.move(days=20)
    assert not any(item.firm for item in queue.due(record, pairs=pair))
    for question in ("a/a#one", "b/b#q", "c/c#two"):
        give(record, question)
    clock.move(days=200)
    found = queue.due(record, pairs=pair)
    assert all(item.firm for item in found)
    order = [item.question for item in found]
    assert abs(order.index("a/a#one") - order.index("c/c#two")) == 1


def test_the_other_comes_along_when_there_is_room_and_it_is_due_soon(
    record: Record, clock: Clock
) -> None:
    known_alone(record, clock, "a/a#one", "c/c#two")
    pair = [("c/c#two", "a/a#one")]
    whens = dict(record.rows("SELECT question, due FROM card"))
    first = min(whens, key=lambda question: whens[question])
    clock.time = datetime.fromtimestamp(whens[first] / 1e6, UTC)
    record_due = [item.question for item in queue.due(record)]
    assert record_due[0] == first
    assert {item.question for item in queue.due(record, pairs=pair)} == set(whens)
    assert len(queue.due(record, pairs=pair, limit=1)) == 1
    for question in whens:
        give(record, question)  # asked today, in a lesson: not again
    assert queue.due(record, pairs=pair) == []


def test_a_confident_error_is_not_known_alone(record: Record, clock: Clock) -> None:
    known_alone(record, clock, "a/a#one", "c/c#two")
    clock.move(days=60)
    give(record, "a/a#one", right=False, confidence="sure")
    clock.move(days=60)
    firm = {item.question: item.firm for item in queue.due(record)}
    assert firm == {"a/a#one": False, "c/c#two": True}


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 40), st.booleans()), min_size=5, max_size=30),
    st.integers(4, 8),
)
def test_no_question_starves(
    tmp_path_factory: pytest.TempPathFactory, cards: list[tuple[int, bool]], cap: int
) -> None:
    """However the rest is answered, what is due is asked within N / (R / 4) days."""
    clock = Clock()
    path: Path = tmp_path_factory.mktemp("starve") / "progress.db"
    with Record.open(path, now=clock) as record:
        for n, (days, right) in enumerate(cards):
            clock.move(days=days / 20)
            give(record, f"m/l{n % 3}#q{n}", right=right)
        bound = -(-len(cards) // (cap // 4))
        since: dict[str, int] = {}
        for day in range(3 * bound):
            clock.move(days=1)
            for question, *_ in record.rows(
                "SELECT question FROM card WHERE due < ?", (queue.end_of_day(record),)
            ):
                since.setdefault(question, day)
            for item in queue.due(record, limit=cap):
                assert day - since.pop(item.question) <= bound
                # The hard ones never get better, and always come first.
                hard = item.question.endswith(("0", "1", "2", "3"))
                give(record, item.question, right=not hard, confidence="sure", context="review")
            assert all(day - first <= bound for first in since.values())
