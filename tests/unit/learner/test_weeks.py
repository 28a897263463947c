"""The streak by week: two days are enough, and one missed week with a reason is forgiven."""

from datetime import date, timedelta

import pytest

from nexus_tui.learner import events, stats, weeks
from nexus_tui.learner.database import Record
from nexus_tui.learner.stats import Tally
from nexus_tui.learner.weeks import Week
from tests.unit.learner.support import Clock, give

FIRST = date(2026, 1, 5)


def made(signs: str) -> list[Week]:
    """Weeks from signs: # counts, ~ was missed with a reason, . was missed."""
    return [
        Week(FIRST + timedelta(weeks=n), 3 if s == "#" else 1, reason="ill" if s == "~" else "")
        for n, s in enumerate(signs)
    ]


@pytest.mark.parametrize(
    ("signs", "streak"),
    [
        ("", 0),
        (".", 0),
        ("#", 1),
        ("##.", 2),  # this week is still going on
        ("###", 3),
        ("#.#", 1),
        ("#~#", 2),
        ("##~", 2),
        ("#~.", 1),
        ("#~~#", 1),  # two in a row end it
        ("~#", 1),  # nothing before it to keep
        ("#~#~#", 3),
        (".#~##", 3),
    ],
)
def test_a_streak(signs: str, streak: int) -> None:
    assert weeks.streak(made(signs)) == streak


@pytest.mark.parametrize(
    ("signs", "at"),
    [("##.#", 2), ("#.", None), ("##..#", None), ("#~.#", None), ("#.#~#", 1), ("###", None)],
)
def test_the_week_that_a_reason_would_forgive(signs: str, at: int | None) -> None:
    found = made(signs)
    assert weeks.missed(found) == (None if at is None else found[at])


def test_weeks_of_the_record(record: Record, clock: Clock) -> None:
    """The clock begins on a Monday, 2 March."""
    give(record, "m/l#q", ms=4_000)
    clock.move(days=1)
    give(record, "m/l#q", right=False, ms=3_000)
    clock.move(weeks=2)
    give(record, "m/l#q")
    first, second, third = weeks.weeks(record, 3)
    assert first == Week(date(2026, 3, 2), 2, 2, 1, 7)
    assert first.counts
    assert second == Week(date(2026, 3, 9))
    assert (third.monday, third.days, third.counts) == (date(2026, 3, 16), 1, False)


def test_a_reason_is_kept_and_can_be_taken_back(record: Record) -> None:
    monday = date(2026, 2, 23)
    weeks.excuse(record, monday, "ill")
    events.append(record, "setting", "week-off:nonsense", {"value": "x"})
    events.append(record, "setting", "week-off:2026-02-16", {"value": 7})
    events.append(record, "setting", "weeks", {"value": "x"})
    assert weeks.excuses(record) == {monday: "ill"}
    assert weeks.weeks(record, 2)[0].reason == "ill"
    weeks.excuse(record, monday, "")
    assert weeks.excuses(record) == {}


def test_tallies_leave_out_what_was_taken_back(record: Record, clock: Clock) -> None:
    give(record, "m/l#a", confidence="guess")
    clock.move(days=1)
    give(record, "m/l#a", right=False, unknown=True, confidence="sure")
    wrong = give(record, "m/l#b", right=False, confidence="sure")
    give(record, "m/l#c")
    assert stats.tallies(record, ["m/l#a", "m/l#b", "m/l#new"]) == {
        "m/l#a": Tally(2, 1, False, True, "sure"),
        "m/l#b": Tally(1, 0, False, False, "sure"),
    }
    events.undo(record, wrong)
    assert "m/l#b" not in stats.tallies(record, ["m/l#b"])
    assert stats.tallies(record, []) == {}


def test_nothing_here_scans_the_events(record: Record) -> None:
    give(record, "m/l#q")
    statements: list[str] = []
    record._db.set_trace_callback(statements.append)
    stats.tallies(record, ["m/l#q", "m/l#r"])
    weeks.weeks(record, 53)
    record._db.set_trace_callback(None)
    assert len(statements) == 3
    for sql in statements:
        for *_, step in record.rows(f"EXPLAIN QUERY PLAN {sql}"):
            assert "SCAN event" not in step, sql
