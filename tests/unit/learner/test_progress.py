from datetime import date, timedelta

import pytest

from nexus_tui.learner import events, journal, progress, queue, stats
from nexus_tui.learner.database import Record
from nexus_tui.learner.memory import recall
from nexus_tui.learner.progress import LabState, LessonState
from nexus_tui.learner.stats import Bin, DayCount
from tests.unit.learner.support import Clock, give


def test_nothing_done_yet(record: Record) -> None:
    assert progress.recalls(record, ["m/l#q"]) == {"m/l#q": 0.0}
    assert progress.recalls(record, []) == {}
    assert progress.lesson_states(record) == {}
    assert progress.lab_states(record) == {}
    assert progress.last_lesson(record) == progress.last_lab(record) == ""
    assert progress.saved_file(record, "m/lab", "a") is None
    assert stats.totals(record) == (0, 0, 0, 0, 0, 0, 0, None)
    assert stats.streak(record) == 0
    assert stats.brier(record) is None
    assert stats.sure_record(record) == (0, 0)
    assert stats.due_forecast(record, 3) == [0, 0, 0]
    assert [bin.n for bin in stats.calibration(record)] == [0, 0, 0]
    assert journal.notes(record) == []
    assert journal.bookmarks(record) == []


def test_recall_falls_with_time(record: Record, clock: Clock) -> None:
    give(record, "m/l#q")
    card = events.card(record, "m/l#q")
    assert card
    many = [f"m/l#other{n}" for n in range(500)]
    for wanted in (["m/l#q", "m/l#new"], ["m/l#q", "m/l#new", *many]):
        assert progress.recalls(record, wanted)["m/l#q"] == 1
        later = progress.recalls(record, wanted, days=30)
        assert later["m/l#q"] == recall(card, clock.time + timedelta(days=30)) < 0.7
        assert later["m/l#new"] == 0
        assert list(later) == wanted


def test_a_lesson(record: Record, clock: Clock) -> None:
    for section in (2, 0, 2):
        events.append(record, "section_read", "m/l", {"section": section})
    clock.move(minutes=5)
    events.append(record, "position", "m/l", {"section": 3, "scroll": 40})
    expected = LessonState(frozenset({0, 2}), False, 3, 40, clock.time)
    assert progress.lesson_states(record) == {"m/l": expected}
    events.append(record, "lesson_done", "m/l", {})
    events.append(record, "position", "m/other", {"section": 0, "scroll": 0})
    assert progress.lesson_states(record)["m/l"] == expected._replace(done=True)
    assert progress.last_lesson(record) == "m/other"


def test_a_lab(record: Record, clock: Clock) -> None:
    passed = {"applies": "pass", "quick": "pass"}
    events.append(record, "lab_run", "m/lab", {"checks": passed, "passed": True, "hints": 2})
    failed = passed | {"quick": "fail"}
    clock.move(hours=1)
    events.append(record, "lab_run", "m/lab", {"checks": failed, "passed": False})
    assert progress.lab_states(record) == {"m/lab": LabState(True, failed, 2, clock.time, 2)}
    assert progress.last_lab(record) == "m/lab"
    for text in ("one", "two"):
        events.append(record, "lab_save", "m/lab", {"file": "a.py", "text": text})
    assert progress.saved_file(record, "m/lab", "a.py") == "two"
    assert progress.saved_file(record, "m/lab", "b.py") is None


def test_notes_bookmarks_settings(record: Record, clock: Clock) -> None:
    began = clock.time
    events.append(record, "note", "m/l", {"text": "first"})
    events.append(record, "note", "m/k", {"text": "kept"})
    clock.move(days=1)
    events.append(record, "note", "m/l", {"text": "second"})
    assert journal.notes(record) == [
        ("m/l", "second", began, clock.time),
        ("m/k", "kept", began, began),
    ]
    events.append(record, "note", "m/l", {"text": ""})
    assert [note.subject for note in journal.notes(record)] == ["m/k"]
    assert (journal.note(record, "m/k"), journal.note(record, "m/l")) == ("kept", "")
    for subject, on in (("a", True), ("b", True), ("a", False), ("c", True)):
        events.append(record, "bookmark", subject, {"on": on})
    assert journal.bookmarks(record) == ["c", "b"]
    events.append(record, "setting", "cap", {"value": [20]})
    assert progress.setting(record, "cap") == [20]
    assert progress.setting(record, "none", 7) == 7


def test_days(record: Record, clock: Clock) -> None:
    start = record.today()
    give(record, "m/l#q", ms=4000)
    give(record, "m/l#q", right=False, ms=4_000_000, context="review")
    clock.move(days=2)
    events.append(record, "section_read", "m/l", {"section": 0})
    events.append(record, "lesson_done", "m/l", {})
    events.append(record, "lab_run", "m/lab", {})
    events.append(record, "note", "m/l", {"text": "x"})
    first, between, last = stats.days(record, start)
    # More than five minutes on a question: the learner was away.
    assert first == DayCount(start, answers=2, right=1, seconds=304, reviews=1)
    assert between == DayCount(start + timedelta(days=1))
    assert last == DayCount(record.today(), sections=1, lessons=1, labs=1, notes=1)
    assert [day.active for day in (first, between, last)] == [True, False, True]
    assert stats.totals(record) == (2, 1, 304, 2, 1, 1, 0, start)
    assert stats.days(record, record.today() + timedelta(days=1)) == []


def test_streak(record: Record, clock: Clock) -> None:
    found = []
    for active in (True, True, False, True, True, True, False, False):
        if active:
            give(record, "m/l#q")
        found.append(stats.streak(record))
        clock.move(days=1)
    # A day still to come does not end it; a day without does.
    assert found == [1, 2, 2, 1, 2, 3, 3, 0]


def test_reading_a_place_is_not_yet_a_day(record: Record) -> None:
    events.append(record, "position", "m/l", {"section": 0})
    assert stats.streak(record) == 0


def test_confidence(record: Record, clock: Clock) -> None:
    for word, rights in (("guess", "10"), ("think", "110"), ("sure", "1110"), ("", "000")):
        for n, right in enumerate(rights):
            give(record, f"m/l#{word}{n}", right == "1", confidence=word)
    assert stats.calibration(record) == [Bin("guess", 2, 1), Bin("think", 3, 2), Bin("sure", 4, 3)]
    assert [round(bin.share, 2) for bin in stats.calibration(record)] == [0.5, 0.67, 0.75]
    assert stats.calibration(record)[2].claim == 0.95
    wrong = 0.6**2 + 0.4**2 + 2 * 0.3**2 + 0.7**2 + 3 * 0.05**2 + 0.95**2
    assert stats.brier(record) == pytest.approx(wrong / 9)
    assert stats.sure_record(record) == (3, 4)
    assert stats.sure_record(record, 2) == (1, 2)
    tomorrow = date(2026, 3, 3)
    assert sum(bin.n for bin in stats.calibration(record, since=tomorrow)) == 0
    assert stats.brier(record, since=tomorrow) is None


def test_forecast(record: Record, clock: Clock) -> None:
    give(record, "m/l#wrong", right=False)
    give(record, "m/l#right")
    give(record, "m/c#step", right=False, context="challenge")
    assert stats.due_forecast(record, 4) == [0, 1, 1, 0]
    clock.move(days=10)
    assert stats.due_forecast(record, 3) == [2, 0, 0]
    assert stats.due_forecast(record, 1)[0] == queue.waiting(record)


def test_forecast_and_queue_agree_on_the_day(record: Record, clock: Clock) -> None:
    clock.move(hours=14)  # 23:00 UTC: midnight in Berlin
    give(record, "m/l#q", right=False)
    clock.move(hours=-2)
    give(record, "m/l#p", right=False)
    assert stats.due_forecast(record, 3) == [0, 1, 1]


def test_no_reading_scans_the_events(record: Record) -> None:
    give(record, "m/l#q")
    statements: list[str] = []
    record._db.set_trace_callback(statements.append)
    queue.due(record), queue.count(record), queue.waiting(record)
    progress.recalls(record, ["m/l#q"]), progress.lesson_states(record)
    progress.lab_states(record), progress.last_lesson(record), progress.last_lab(record)
    progress.saved_file(record, "m/lab", "a"), progress.setting(record, "x")
    stats.days(record, record.today()), stats.totals(record), stats.streak(record)
    stats.calibration(record), stats.brier(record), stats.sure_record(record)
    stats.due_forecast(record), journal.notes(record), journal.bookmarks(record)
    events.card(record, "m/l#q"), events.history(record, "m/l#q")
    events.event(record, "x"), give(record, "m/l#q")
    record._db.set_trace_callback(None)
    reads = [sql for sql in statements if sql.startswith("SELECT")]
    assert len(reads) > 25
    for sql in reads:
        for *_, step in record.rows(f"EXPLAIN QUERY PLAN {sql}"):
            assert "SCAN event" not in step, sql
