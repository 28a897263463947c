"""What a lab looked like at each run: read from events, whatever happened between them."""

import math

from nexus_tui.learner import events, labhistory, progress
from nexus_tui.learner.database import Record
from nexus_tui.learner.labhistory import Change, Figure, Moment
from nexus_tui.learner.rebuild import rebuild
from tests.unit.learner.support import Clock, derived

LAB = "m/lab"
BAD, GOOD = {"a": "pass", "b": "fail"}, {"a": "pass", "b": "pass"}


def save(record: Record, text: str, file: str = "a.py", why: str = "") -> str:
    payload = {"file": file, "text": text} | ({"why": why} if why else {})
    return events.append(record, "lab_save", LAB, payload).id


def run(record: Record, checks: dict[str, str] = BAD, **more: object) -> str:
    payload = {"checks": checks, "passed": checks == GOOD, **more}
    return events.append(record, "lab_run", LAB, payload).id


def texts(record: Record, moment: Moment) -> dict[str, str]:
    return {name: labhistory.text(record, id) for name, id in moment.saves.items()}


def test_each_run_has_the_texts_it_ran_with(record: Record, clock: Clock) -> None:
    save(record, "one")
    save(record, "other", "b.py")
    run(record)
    clock.move(hours=1)
    save(record, "two")
    run(
        record,
        GOOD,
        hints=2,
        hinted={"b": 2},
        ms=41,
        variant="postgres",
        measures=[["queries", 3, "queries"]],
    )
    first, second = labhistory.moments(record, LAB)
    assert texts(record, first) == {"a.py": "one", "b.py": "other"}
    assert texts(record, second) == {"a.py": "two", "b.py": "other"}
    assert (first.passing, first.passed, second.passing, second.passed) == (1, False, 2, True)
    assert (second.hints, second.hinted) == (2, {"b": 2})
    assert (second.ms, second.variant) == (41, "postgres")
    assert second.figures == (Figure("queries", 3, "queries"),)
    assert second.time == clock.time


def test_a_run_says_itself_what_ran_when_more_was_typed_meanwhile(record: Record) -> None:
    ran = save(record, "what ran")
    save(record, "typed while it ran")
    run(record, files={"a.py": ran})
    (only,) = labhistory.moments(record, LAB)
    assert texts(record, only) == {"a.py": "what ran"}


def test_what_a_reset_replaced_can_be_found(record: Record) -> None:
    save(record, "never run")
    save(record, "notes", "b.py")
    save(record, "starter", why="reset")
    save(record, "starter b", "b.py", why="reset")
    run(record)
    before, after = labhistory.moments(record, LAB)
    assert before.kind == "reset"
    assert texts(record, before) == {"a.py": "never run", "b.py": "notes"}
    assert texts(record, after) == {"a.py": "starter", "b.py": "starter b"}


def test_what_was_just_run_is_not_listed_twice(record: Record) -> None:
    save(record, "ran")
    run(record)
    save(record, "starter", why="reset")
    assert [moment.kind for moment in labhistory.moments(record, LAB)] == ["run"]


def test_what_another_program_replaced_and_what_was_left_are_found(record: Record) -> None:
    save(record, "mine")
    save(record, "theirs", why="outside")
    save(record, "typed last", why="left")
    replaced, left = labhistory.moments(record, LAB)
    assert (replaced.kind, texts(record, replaced)) == ("outside", {"a.py": "mine"})
    assert (left.kind, texts(record, left)) == ("left", {"a.py": "typed last"})


def test_only_this_lab_and_nothing_at_first(record: Record) -> None:
    assert labhistory.moments(record, LAB) == []
    assert labhistory.standing(record, LAB) == (None, None, False)
    events.append(record, "lab_run", "m/other", {"checks": GOOD, "passed": True})
    assert labhistory.moments(record, LAB) == []


def test_first_and_last_run(record: Record) -> None:
    first = run(record, measures=[["q", 41, "queries"]])
    standing = labhistory.standing(record, LAB)
    assert standing.first == standing.last
    run(record, first=first)
    newest = run(record, GOOD, first=first)
    standing = labhistory.standing(record, LAB)
    assert standing.first
    assert standing.last
    assert (standing.first.id, standing.last.id) == (first, newest)
    assert standing.first.figures == (Figure("q", 41, "queries"),)


def test_giving_up_is_no_run_and_is_remembered(record: Record) -> None:
    ran = run(record)
    days = record.rows("SELECT labs FROM day")
    events.append(record, "lab_run", LAB, {"gave_up": True, "passed": False, "last": ran})
    state = progress.lab_states(record)[LAB]
    assert (state.runs, state.checks, state.passed) == (1, BAD, False)
    assert record.rows("SELECT labs FROM day") == days
    standing = labhistory.standing(record, LAB)
    assert standing.gave_up
    assert standing.last
    assert standing.last.id == ran
    assert [moment.id for moment in labhistory.moments(record, LAB)] == [ran]
    run(record, GOOD, gave_up=True)
    assert progress.lab_states(record)[LAB].passed
    assert labhistory.moments(record, LAB)[-1].gave_up
    before = derived(record)
    assert rebuild(record).differed == ()
    assert derived(record) == before


def test_giving_up_before_any_run(record: Record) -> None:
    events.append(record, "lab_run", LAB, {"gave_up": True, "passed": False, "last": ""})
    assert labhistory.standing(record, LAB) == (None, None, True)
    assert progress.lab_states(record)[LAB].runs == 0


def test_payloads_from_elsewhere_hold_nothing_up(record: Record) -> None:
    odd = {"checks": 3, "files": {"a.py": 7}, "measures": [["q", "many", ""], 4, ["q", 1]]}
    events.append(record, "lab_run", LAB, odd | {"hints": "x", "hinted": [1], "passed": "yes"})
    events.append(record, "lab_save", LAB, {"file": 3, "text": None, "why": ["reset"]})
    (moment,) = labhistory.moments(record, LAB)
    assert (moment.checks, moment.saves, moment.figures, moment.passed) == ({}, {}, (), False)
    assert labhistory.text(record, moment.id) == ""
    assert labhistory.text(record, "no such id") == ""


def test_the_newest_text_of_a_file(record: Record) -> None:
    assert labhistory.saved(record, LAB, "a.py") is None
    save(record, "one")
    id = save(record, "two", why="left")
    assert labhistory.saved(record, LAB, "a.py") == (id, "two", "left", "")


def moment(*figures: Figure) -> Moment:
    from datetime import UTC, datetime

    return Moment("id", datetime(2026, 1, 1, tzinfo=UTC), {}, figures=figures)


def test_numbers_beside_those_of_earlier_runs() -> None:
    first = moment(Figure("q", 41), Figure("q", 7), Figure("gone", 1))
    last = moment(Figure("q", 12))
    now = [Figure("q", 3, "queries"), Figure("q", 2), Figure("new", 5)]
    assert labhistory.changes(now, first, last) == [
        Change("q", "queries", 3, 41, 12),
        Change("q", "", 2, 7, None),
        Change("new", "", 5, None, None),
    ]
    assert labhistory.changes(now[:1], None, None) == [Change("q", "queries", 3)]


def test_only_numbers_are_kept() -> None:
    figures = [Figure("a", 1), Figure("b", math.inf), Figure("c", math.nan), Figure("d", 0.5)]
    assert labhistory.dumped(figures) == [["a", 1, ""], ["d", 0.5, ""]]
