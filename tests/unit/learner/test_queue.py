import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learner import queue
from nexus_tui.learner.database import Record
from nexus_tui.learner.queue import Due, interleave
from tests.unit.learner.support import BERLIN, Clock, give


def ids(items: list[Due]) -> list[str]:
    return [item.question for item in items]


def test_nothing_met_nothing_due(record: Record) -> None:
    assert queue.due(record) == []
    assert queue.count(record) == 0


def test_least_remembered_first(record: Record, clock: Clock) -> None:
    give(record, "a/a#wrong", right=False)
    give(record, "b/b#hint", hint=True)
    give(record, "c/c#right")
    assert queue.due(record) == []
    clock.move(days=10)
    items = queue.due(record)
    assert ids(items) == ["a/a#wrong", "b/b#hint", "c/c#right"]
    assert [i.recall for i in items] == sorted(i.recall for i in items)
    assert 0 < items[0].recall < items[2].recall < 1


def test_confident_errors_come_first(record: Record, clock: Clock) -> None:
    give(record, "a/a#wrong", right=False)
    give(record, "b/b#sure", right=False, confidence="sure")
    # Right a minute later does not take the priority away …
    give(record, "b/b#sure", confidence="sure")
    clock.move(days=5)
    assert ids(queue.due(record)) == ["b/b#sure", "a/a#wrong"]
    assert queue.due(record)[0].sure_wrong
    # … right on another day does.
    give(record, "b/b#sure", context="review")
    clock.move(days=30)
    assert ids(queue.due(record)) == ["a/a#wrong", "b/b#sure"]


def test_at_most_so_many_a_day(record: Record, clock: Clock) -> None:
    for n in range(60):
        give(record, f"m/l{n}#q", right=False)
    clock.move(days=2)
    assert len(queue.due(record)) == queue.count(record) == 40
    assert queue.waiting(record) == 60
    for item in queue.due(record)[:15]:
        give(record, item.question, context="review")
    give(record, "m/l59#q", context="lesson")
    assert (len(queue.due(record)), queue.count(record)) == (25, 25)
    assert len(queue.due(record, limit=20)) == queue.count(record, limit=20) == 5
    assert queue.due(record, limit=10) == []
    assert queue.count(record, limit=10) == 0
    clock.move(days=1)
    assert len(queue.due(record)) == 40


def test_what_falls_due_in_the_evening_is_due_all_day(record: Record, clock: Clock) -> None:
    clock.move(hours=12)
    give(record, "a/a#q", right=False)
    clock.move(hours=1)
    assert queue.due(record) == []
    clock.move(hours=1.5)  # 23:30 in UTC is half past midnight for the learner
    assert ids(queue.due(record)) == ["a/a#q"]


def test_the_day_is_the_learners(path: Path, clock: Clock) -> None:
    clock.move(hours=14.5)  # 23:30 UTC, 00:30 in Berlin
    with Record.open(path, now=clock, zone=BERLIN) as record:
        give(record, "a/a#q", context="review")
        assert queue.reviewed(record) == 1
        clock.move(hours=1)
        assert queue.reviewed(record) == 1
        clock.move(hours=23)
        assert queue.reviewed(record) == 0


def test_questions_the_course_no_longer_has_are_left_out(record: Record, clock: Clock) -> None:
    for name in ("a/gone#q", "b/kept#q", "c/gone#q", "d/kept#q"):
        give(record, name, right=False)
    clock.move(days=2)
    items = queue.due(record, limit=2, known=lambda id: "kept" in id)
    assert ids(items) == ["b/kept#q", "d/kept#q"]


def test_steps_of_a_challenge_are_not_asked_without_their_story(
    record: Record, clock: Clock
) -> None:
    give(record, "m/slow#diagnose", right=False, context="challenge")
    give(record, "m/both#q", right=False, context="challenge")
    give(record, "m/both#q", right=False)
    clock.move(days=2)
    assert ids(queue.due(record)) == ["m/both#q"]


def test_a_clock_set_back_shows_nothing_odd(record: Record, clock: Clock) -> None:
    give(record, "a/a#q", right=False)
    clock.move(days=-500)
    assert queue.due(record) == []
    give(record, "b/b#q", right=False)
    clock.move(days=502)
    assert set(ids(queue.due(record))) == {"a/a#q", "b/b#q"}


def lessons(text: str) -> list[Due]:
    when = datetime(2026, 3, 2, tzinfo=UTC)
    return [Due(f"{lesson}#{n}", 0.5, when, False) for n, lesson in enumerate(text)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ""),
        ("aaa", "aaa"),
        ("abc", "abc"),
        ("aab", "aba"),
        ("abb", "bab"),
        ("aabb", "abab"),
        ("ccabab", "cacbab"),
    ],
)
def test_neighbours_are_of_different_lessons_where_that_can_be(before: str, after: str) -> None:
    found = "".join(item.lesson for item in interleave(lessons(before)))
    assert found == after


@given(st.text("abcde", max_size=14))
def test_no_two_in_a_row_unless_one_lesson_has_the_majority(text: str) -> None:
    items = lessons(text)
    found = interleave(items)
    assert sorted(found) == sorted(items)
    most = max((text.count(x) for x in text), default=0)
    doubles = sum(a.lesson == b.lesson for a, b in itertools.pairwise(found))
    assert doubles == max(0, 2 * most - len(text) - 1)
    for lesson in set(text):
        own = [item for item in items if item.lesson == lesson]
        assert [item for item in found if item.lesson == lesson] == own
