import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events, journal, progress
from nexus_tui.learner.database import Record
from nexus_tui.learner.memory import MODEL
from tests.unit.learner.support import Clock, Opener, all_events, derived, give, run


def test_an_event_is_kept_whole(record: Record, clock: Clock, open_record: Opener) -> None:
    made = events.append(record, "note", "m/l", {"text": "ä\n→", "z": 1, "a": [2]}, digest="d1")
    assert (made.time, made.zone, made.day) == (clock.time, 60, "2026-03-02")
    other = open_record(record.path)
    assert events.event(other, made.id) == made
    row = all_events(other)[0]
    assert row[2] == "2026-03-02T09:00:00.000000Z"
    assert row[7] == '{"a":[2],"text":"ä\\n→","z":1}'


def test_an_answer_holds_all_that_a_later_scheduler_needs(record: Record) -> None:
    given = events.Answer("m/l#q", True, chosen=("a", "b"), confidence="think", hint=True, ms=900)
    card = events.answer(record, given)
    assert card == events.card(record, "m/l#q")
    last = events.last(record, "answer")
    assert last
    assert last.id == card.event
    assert last.payload == {
        "chosen": ["a", "b"],
        "text": "",
        "unknown": False,
        "right": True,
        "share": 1.0,
        "confidence": "think",
        "hint": True,
        "ms": 900,
        "context": "lesson",
        "fsrs": MODEL,
    }


def test_events_are_neither_changed_nor_deleted(record: Record) -> None:
    give(record, "m/l#q")
    before = all_events(record)
    for sql in (
        "UPDATE event SET kind = 'note'",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT id, 'x', time, zone, kind, subject, digest, payload "
        "FROM event",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="events are never"), record.write() as db:
            db.execute(sql)
    assert all_events(record) == before


def test_a_mistake_of_ours_is_not_dressed_up(record: Record) -> None:
    with pytest.raises(ValueError, match="no kind of event"):
        events.append(record, "answered", "m/l#q", {})
    with pytest.raises(ValueError, match="JSON"):
        events.append(record, "note", "m/l", {"text": float("nan")})
    with pytest.raises(sqlite3.OperationalError, match="syntax"):
        record.rows("SELEC 1")
    assert all_events(record) == []


def test_odd_text_is_kept_as_far_as_it_can_be(record: Record) -> None:
    events.append(record, "note", "m/l", {"text": "nul \0, lone \udc80, 🦀"})
    assert journal.note(record, "m/l") == "nul \0, lone ?, 🦀"


def test_times_are_taken_as_given_and_order_is_by_id(record: Record, clock: Clock) -> None:
    clock.move(days=100)
    events.append(record, "position", "m/first", {"section": 1})
    clock.move(days=-200)
    events.append(record, "position", "m/second", {"section": 2})
    first, second = all_events(record)
    assert (first[5], second[5]) == ("m/first", "m/second")
    assert second[2] < first[2]
    assert progress.last_lesson(record) == "m/second"


def test_another_zone_keeps_the_days_of_the_past(record: Record, clock: Clock) -> None:
    clock.move(hours=14.5)  # half past midnight in Berlin
    give(record, "m/l#q")
    with Record.open(record.path, now=clock) as elsewhere:
        assert events.last(elsewhere, "answer").day == "2026-03-03"  # type: ignore[union-attr]


def fill(record: Record) -> None:
    """Let the file not grow by a page."""
    pages = record.rows("PRAGMA page_count")[0][0]
    record.rows(f"PRAGMA max_page_count = {pages}")


def test_a_full_disk_loses_nothing_and_is_got_over(record: Record) -> None:
    give(record, "m/l#q")
    fill(record)
    before, state = all_events(record), derived(record)
    with pytest.raises(NexusError, match="disk is full") as caught:
        events.append(record, "lab_save", "m/lab", {"file": "a", "text": "x" * 100_000})
    assert "nothing was half-written" in caught.value.hint
    assert (all_events(record), derived(record)) == (before, state)
    record.rows("PRAGMA max_page_count = 1000000")
    events.append(record, "lab_save", "m/lab", {"file": "a", "text": "x" * 100_000})
    assert progress.saved_file(record, "m/lab", "a") == "x" * 100_000


NO_ROOM = """
import resource, sys
from pathlib import Path
from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.learner.database import Record
path = Path(sys.argv[1])
record = Record.open(path)
room = Path(f"{path}-wal").stat().st_size + 200_000
hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
written = 0
try:
    for n in range(1000):
        events.answer(record, events.Answer(f"m/l#q{n}", True))
        written += 1
except NexusError as error:
    print(error.message)
resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
for n in range(20):
    events.answer(record, events.Answer(f"m/again#q{n}", True))
print(written + 20, record.rows("SELECT count(*) FROM event")[0][0])
print(record.rows("PRAGMA quick_check")[0][0])
"""


def test_a_write_that_the_system_cuts_short_is_got_over(path: Path) -> None:
    process = run(NO_ROOM, path)
    out, error = process.communicate()
    assert process.returncode == 0, error
    message, counts, check = out.splitlines()
    assert message.startswith(("The disk refused", "The disk is full"))
    written, found = counts.split()
    assert written == found
    assert int(written) > 20
    assert check == "ok"


def test_a_failure_between_event_and_card_leaves_neither(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(events, "apply", stop)
    with pytest.raises(KeyboardInterrupt):
        give(record, "m/l#q")
    monkeypatch.undo()
    assert all_events(record) == []
    give(record, "m/l#q")
    assert len(all_events(record)) == 1


def test_taking_an_answer_back(record: Record, clock: Clock) -> None:
    give(record, "m/l#q", right=False, confidence="sure", ms=2000, context="review")
    before = derived(record)
    clock.move(days=3)
    answer = give(record, "m/l#q", confidence="sure")
    assert derived(record) != before
    clock.move(minutes=1)
    events.undo(record, answer)
    assert derived(record) == f"{before}\nundone ('{answer}',)"
    assert [event.id for event in events.history(record, "m/l#q")] == [all_events(record)[0][0]]
    # A second time changes nothing more.
    state = derived(record)
    events.undo(record, answer)
    assert derived(record) == state


def test_taking_the_only_answer_back_forgets_the_question(record: Record) -> None:
    events.undo(record, give(record, "m/l#q", confidence="sure"))
    assert events.card(record, "m/l#q") is None
    assert record.rows("SELECT * FROM day") == record.rows("SELECT * FROM sure") == []


def test_only_answers_are_taken_back(record: Record) -> None:
    note = events.append(record, "note", "m/l", {"text": "kept"})
    for id in ("nothing", note.id):
        with pytest.raises(NexusError, match="no such answer"):
            events.undo(record, id)
    assert len(all_events(record)) == 1


def test_payloads_are_json_that_anyone_can_read(record: Record, clock: Clock) -> None:
    give(record, "m/l#q", text="x")
    clock.move(seconds=1)
    payload = json.loads(all_events(record)[0][7])
    assert payload["text"] == "x"
    assert clock.time - events.event(record, all_events(record)[0][0]).time == timedelta(seconds=1)  # type: ignore[union-attr]
