"""A lab is remembered: what brings it back, what counts as done again, what says nothing."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nexus_tui.learner import aside, events, labmemory, progress, queue
from nexus_tui.learner.database import Record
from nexus_tui.learner.facts import Event
from nexus_tui.learner.labmemory import LabMemory
from nexus_tui.learner.maintenance import rebuild
from nexus_tui.learner.memory import Rating, review
from tests.unit.learner.support import Clock, Opener, derived, give

LAB = "m/lab"


def run(record: Record, passed: bool = True, **more: Any) -> Event:
    return events.append(record, "lab_run", LAB, {"checks": {}, "passed": passed, **more})


def put_back(record: Record, why: str = "reset", form: str = "") -> None:
    payload = {"file": "a.py", "text": "", "why": why, "form": form}
    events.append(record, "lab_save", LAB, payload)


def memory(record: Record) -> LabMemory:
    [row] = record.rows("SELECT * FROM lab_card")
    return labmemory.read(row)


def due(record: Record, clock: Clock) -> None:
    """Wait until the lab is due, and start it over."""
    clock.time = memory(record).card.due
    put_back(record)


def test_only_a_pass_from_the_starter_is_remembered(record: Record) -> None:
    run(record, passed=False)
    run(record, form="gaps")
    run(record, form="worked")
    put_back(record)
    assert progress.lab_memories(record) == []
    run(record)
    assert memory(record).card.stability > 2


def test_hints_make_it_hard_and_giving_up_forgets_it(
    record: Record, open_record: Opener, tmp_path: Path
) -> None:
    run(record)
    found = {"plain": memory(record).card.stability}
    helped: dict[str, dict[str, Any]] = {"hint": {"hints": 1}, "gave up": {"gave_up": True}}
    for name, payload in helped.items():
        other = open_record(tmp_path / name / "progress.db")
        run(other, **payload)
        found[name] = memory(other).card.stability
    assert found["plain"] > found["hint"] > found["gave up"]


def test_it_comes_back_and_counts_when_it_was_begun_again(record: Record, clock: Clock) -> None:
    run(record)
    first = memory(record).card
    assert queue.labs_due(record) == []
    clock.time = first.due
    assert [(lab.lab, lab.began) for lab in queue.labs_due(record)] == [(LAB, "")]
    run(record)  # what passed passes again: that says nothing
    assert memory(record).card == first
    put_back(record, form="gaps")
    assert queue.labs_due(record)[0].began == "gaps"
    event = run(record, form="gaps")
    wanted = review(first, Rating.GOOD, clock.time, day=event.day)._replace(event=event.id)
    assert memory(record) == LabMemory(wanted)
    assert queue.labs_due(record) == []
    assert progress.mark(record) != ()


def test_failing_on_the_day_is_a_lapse_unless_it_passes_later_that_day(
    record: Record, clock: Clock
) -> None:
    run(record)
    due(record, clock)
    before = memory(record).card
    run(record, passed=False)
    failed = memory(record).card
    assert (failed.lapses, failed.stability < before.stability) == (1, True)
    run(record, passed=False)
    assert memory(record).card == failed
    event = run(record)
    wanted = review(before, Rating.GOOD, clock.time, day=event.day)._replace(event=event.id)
    assert memory(record).card == wanted
    run(record, passed=False)
    assert memory(record).card == wanted


def test_failing_and_passing_on_another_day_is_both(record: Record, clock: Clock) -> None:
    run(record)
    due(record, clock)
    run(record, passed=False)
    failed = memory(record).card
    clock.move(days=1)
    run(record, hints=1)
    after = memory(record)
    assert (after.card.lapses, after.card.reps) == (1, failed.reps + 1)
    assert after.began == ""


def test_giving_up_stands_for_the_day(record: Record, clock: Clock) -> None:
    run(record)
    due(record, clock)
    events.append(record, "lab_run", LAB, {"gave_up": True, "passed": False})
    given_up = memory(record)
    assert given_up.card.lapses == 1
    put_back(record)
    run(record, gave_up=True)
    assert memory(record).card == given_up.card
    clock.move(days=1)
    run(record, gave_up=True)
    assert memory(record).card.success


def test_texts_that_passed_before_are_no_new_start(record: Record, clock: Clock) -> None:
    run(record)
    due(record, clock)
    first = memory(record).card
    put_back(record, why="restore")
    run(record)
    assert memory(record).card == first
    put_back(record, form="worked")
    run(record, form="worked")
    assert memory(record).card == first


def test_practice_before_its_time_can_only_help(record: Record, clock: Clock) -> None:
    run(record)
    clock.move(days=1)
    put_back(record)
    first = memory(record).card
    run(record, passed=False)
    assert memory(record).card == first
    run(record)
    assert memory(record).card.stability > first.stability


_runs = st.tuples(
    st.just("lab_run"),
    st.fixed_dictionaries(
        {},
        optional={
            "checks": st.just({}),
            "passed": st.booleans(),
            "hints": st.integers(0, 2),
            "form": st.sampled_from(["", "blank", "gaps", "order", "worked"]),
            "gave_up": st.booleans(),
        },
    ),
)
_saves = st.tuples(
    st.just("lab_save"),
    st.fixed_dictionaries(
        {
            "why": st.sampled_from(["reset", "restore", "outside", ""]),
            "form": st.sampled_from(["", "gaps", "worked"]),
        }
    ),
)
_hours = st.sampled_from([0.0, 1.0, 24.0, 60.0, 2000.0, -30.0])


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(_hours, st.one_of(_runs, _saves)), max_size=25))
def test_labs_replay_byte_for_byte(
    tmp_path_factory: "Any", history: list[tuple[float, tuple[str, dict[str, Any]]]]
) -> None:
    clock = Clock()
    with Record.open(tmp_path_factory.mktemp("lab") / "progress.db", now=clock) as record:
        for hours, (kind, payload) in history:
            clock.move(hours=hours)
            events.append(record, kind, LAB, payload)
        grown = derived(record)
        assert rebuild(record).differed == ()
        assert derived(record) == grown


def test_an_old_record_is_brought_up_to_date_with_its_labs(
    record: Record, clock: Clock, open_record: Opener
) -> None:
    give(record, "m/l#q")
    run(record)
    due(record, clock)
    run(record, passed=False)
    clock.move(days=2)
    run(record)
    grown = derived(record)
    with record.write() as db:
        for table in ("bury", "flag", "lab_card"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%memories'")
    record.rows("PRAGMA user_version = 2")
    record.close()
    newer = open_record(record.path)
    assert derived(newer) == grown
    assert rebuild(newer).differed == ()
    assert memory(newer).card.lapses == 1


def test_buried_for_a_day_and_flagged_until_lifted(record: Record, clock: Clock) -> None:
    give(record, "a/a#one", right=False)
    give(record, "b/b#two", right=False)
    clock.move(days=1)
    aside.bury(record, "a/a#one")
    aside.flag(record, "b/b#two", "why [b]?")
    assert [item.question for item in queue.due(record)] == ["b/b#two"]
    assert (queue.count(record), queue.waiting(record)) == (1, 1)
    assert aside.buried(record) == ["a/a#one"]
    aside.bury(record, "a/a#one", on=False)
    assert queue.count(record) == 2
    aside.bury(record, "a/a#one")
    clock.move(days=1)
    assert aside.buried(record) == []
    assert queue.count(record) == 2
    [flag] = aside.flags(record)
    assert (flag.question, flag.text) == ("b/b#two", "why [b]?")
    aside.flag(record, "b/b#two", on=False)
    assert aside.flags(record) == []
    assert aside.flagged(record, "b/b#two") is None
    assert rebuild(record).differed == ()


def test_what_was_explained_is_kept_and_changes_nothing(record: Record) -> None:
    one = give(record, "a/a#one", explained="because")
    two = give(record, "b/b#one")
    payloads = [event.payload for event in (events.event(record, id) for id in (one, two)) if event]
    assert payloads[0].pop("explained") == "because"
    assert payloads[0] == payloads[1]
