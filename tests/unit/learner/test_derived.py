"""What is derived is what the events say: replayed, joined from anywhere, or grown day by day."""

import itertools
from datetime import timedelta, timezone
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.history import make_history
from nexus_tui.learner import queue, stats
from nexus_tui.learner.database import Record
from nexus_tui.learner.maintenance import export_jsonl, import_jsonl, rebuild
from nexus_tui.learner.schema import DERIVED
from nexus_tui.learner.tables import _KEY, _WIDTH
from tests.unit.learner.support import BERLIN, Clock, History, all_events, derived, histories, live

slowly = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_numbers = itertools.count()


def fresh(folder: Path, clock: Clock, zone: timezone = BERLIN) -> Record:
    return Record.open(folder / str(next(_numbers)) / "progress.db", now=clock, zone=zone)


@slowly
@given(histories)
def test_a_replay_gives_the_same_byte_for_byte(tmp_path: Path, history: History) -> None:
    clock = Clock()
    with fresh(tmp_path, clock) as record:
        live(record, clock, history)
        grown = derived(record)
        rebuilt = rebuild(record)
        assert (rebuilt.events, rebuilt.differed) == (len(history), ())
        assert derived(record) == grown


@slowly
@given(histories, histories, histories)
def test_joining_gives_the_same_in_any_order(
    tmp_path: Path, shared: History, left: History, right: History
) -> None:
    clock = Clock()
    with fresh(tmp_path, clock) as a, fresh(tmp_path, clock, timezone(timedelta(hours=-7))) as b:
        live(a, clock, shared)
        files = [tmp_path / f"{n}.jsonl" for n in range(3)]
        export_jsonl(a, files[0])
        import_jsonl(b, files[0])
        live(a, clock, left)
        clock.move(hours=-20)
        live(b, clock, right)
        export_jsonl(a, files[1])
        export_jsonl(b, files[2])
    states = set()
    for order in itertools.permutations(files):
        with fresh(tmp_path, clock) as joined:
            for file in order:
                import_jsonl(joined, file)
            assert import_jsonl(joined, order[0]).new == 0
            states.add((derived(joined), str(all_events(joined))))
    assert len(states) == 1


@slowly
@given(histories, st.sampled_from(sorted(DERIVED)))
def test_a_replay_mends_what_was_tampered_with(
    tmp_path: Path, history: History, table: str
) -> None:
    clock = Clock()
    with fresh(tmp_path, clock) as record:
        live(record, clock, history)
        grown = derived(record)
        with record.write() as db:
            db.execute(f"DELETE FROM {table}")
        tampered = derived(record) != grown
        assert rebuild(record).differed == ((table,) if tampered else ())
        with record.write() as db:
            db.execute(f"DROP TABLE {table}")
        rebuild(record)
        assert derived(record) == grown


@slowly
@given(histories)
def test_taking_answers_back_is_as_if_they_had_not_been_given(
    tmp_path: Path, history: History
) -> None:
    """Apart from what took them back."""
    clock, without = Clock(), Clock()
    with fresh(tmp_path, clock) as record, fresh(tmp_path, without) as other:
        live(record, clock, history)
        taken = {row[0] for row in record.rows("SELECT event FROM undone")}
        for row in all_events(record):
            if row[0] not in taken and row[4] != "undo":
                with other.write() as db:
                    db.execute(f"INSERT INTO event VALUES ({', '.join('?' * 8)})", row)
        rebuild(other)
        with record.write() as db:
            db.execute("DELETE FROM undone")
        assert derived(record) == derived(other)


def test_the_tables_are_as_wide_as_the_projector_thinks(record: Record) -> None:
    for name in DERIVED:
        columns = [row[1:6:4] for row in record.rows(f"PRAGMA table_info({name})")]
        assert len(columns) == _WIDTH[name]
        assert columns[0] == (_KEY[name], 1)


def test_a_history_made_up_for_measuring_is_a_true_one(tmp_path: Path) -> None:
    path = tmp_path / "progress.db"
    make_history(path, 800, days=60)
    with Record.open(path) as record:
        assert len(all_events(record)) == 800
        assert rebuild(record).differed == ()
        assert queue.waiting(record) > 0
        assert stats.streak(record) >= 60
