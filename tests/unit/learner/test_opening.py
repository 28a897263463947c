import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from nexus_tui.errors import NexusError
from nexus_tui.learner import migrations, opening, queue
from nexus_tui.learner.backups import backups, folder_of
from nexus_tui.learner.database import Record
from nexus_tui.learner.schema import APPLICATION, DERIVED
from tests.unit.learner.support import Opener, all_events, derived, give, run


def test_a_first_start_makes_folder_and_file(record: Record, path: Path) -> None:
    assert path.exists()
    assert record.journal == "wal"
    assert record.rows("PRAGMA synchronous") == [(2,)]
    assert record.rows("PRAGMA busy_timeout") == [(5000,)]
    assert record.rows("PRAGMA application_id") == [(APPLICATION,)]
    assert len(record.device) == 16
    assert not folder_of(path).exists()


def test_opening_again_finds_everything(record: Record, open_record: Opener) -> None:
    give(record, "m/l#q")
    state, events = derived(record), all_events(record)
    record.close()
    record.close()
    again = open_record(record.path)
    assert (derived(again), all_events(again), again.device) == (state, events, record.device)


def test_a_start_does_not_import_what_it_does_not_need(path: Path) -> None:
    Record.open(path).close()
    code = """
import sys
from pathlib import Path
from nexus_tui.learner import events, progress, queue, stats
from nexus_tui.learner.database import Record
with Record.open(Path(sys.argv[1])) as record:
    queue.due(record), progress.lesson_states(record), stats.streak(record)
    stats.totals(record), progress.recalls(record, ["a#b"])
    events.append(record, "position", "m/l", {"section": 1, "scroll": 0})
print(*{"sqlite_utils", "fsrs", "yaml", "textual", "click", "hashlib", "random"} & set(sys.modules))
"""
    out, error = run(code, path).communicate()
    assert (out.strip(), error) == ("", "")


def refuse(path: Path) -> NexusError:
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(NexusError) as caught:
        Record.open(path)
    assert (path.read_bytes() if path.is_file() else None) == before
    return caught.value


def test_a_newer_record_is_left_alone(record: Record, path: Path) -> None:
    record.rows(f"PRAGMA user_version = {migrations.VERSION + 1}")
    record.close()
    error = refuse(path)
    newer = f"schema {migrations.VERSION + 1}; this one knows {migrations.VERSION}"
    assert f"newer nexus-tui ({newer})" in error.message
    assert "Update nexus-tui" in error.hint


def test_another_programs_database_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE theirs (a)")
    assert "belongs to another program" in refuse(path).message


@pytest.mark.parametrize("size", [50, 100, 5000])
def test_noise_is_no_record(path: Path, size: int) -> None:
    path.parent.mkdir()
    path.write_bytes(bytes(n * 7 % 251 for n in range(size)))
    error = refuse(path)
    assert "no database" in error.message or "damaged" in error.message
    assert "nexus-tui doctor" in error.hint


def closed(record: Record) -> bytes:
    for n in range(30):
        give(record, f"m/l#q{n}")
    record.close()
    return record.path.read_bytes()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95, 0.999])
def test_a_file_cut_short_is_damaged(record: Record, path: Path, share: float) -> None:
    whole = closed(record)
    path.write_bytes(whole[: int(len(whole) * share)])
    error = refuse(path)
    assert "damaged" in error.message
    assert "nexus-tui doctor" in error.hint


def test_damage_met_while_reading_is_said_in_words(record: Record, path: Path) -> None:
    whole = closed(record)
    path.write_bytes(whole[:8192] + os.urandom(len(whole) - 8192))

    def read() -> None:
        with Record.open(path) as damaged:
            all_events(damaged)
            derived(damaged)

    with pytest.raises(NexusError, match="damaged"):
        read()


def test_a_lost_record_is_not_begun_anew(path: Path) -> None:
    folder_of(path).mkdir(parents=True)
    path.touch()
    Record.open(path).close()
    (folder_of(path) / "progress-2026-03-01.db").touch()
    path.write_bytes(b"")
    assert "missing or empty, though it has backups" in refuse(path).message
    path.unlink()
    error = refuse(path)
    assert "missing or empty, though it has backups" in error.message
    assert "doctor" in error.hint
    assert "begin anew" in error.hint
    assert not path.exists()


def test_a_folder_that_cannot_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = refuse(tmp_path / "file" / "progress.db")
    assert "NEXUS_HOME" in error.hint


@pytest.fixture
def open_to_all() -> Iterator[Path]:
    """A folder that an unprivileged process can reach."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


AS_NOBODY = """
import os, sys
from pathlib import Path
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, migrations
from nexus_tui.learner.database import Record
import sqlite_utils
if os.getuid() == 0:
    os.setuid(65534)
try:
    Record.open(Path(sys.argv[1]))
except NexusError as error:
    print(error)
"""


@pytest.mark.parametrize("place", ["folder", "file", "parent"])
def test_what_is_read_only_is_said(open_to_all: Path, place: str) -> None:
    folder = open_to_all / "nexus"
    path = folder / "progress.db"
    if place != "parent":
        Record.open(path).close()
        folder.chmod(0o555 if place == "folder" else 0o777)
        path.chmod(0o666 if place == "folder" else 0o444)
    else:
        open_to_all.chmod(0o555)
    out, error = run(AS_NOBODY, path).communicate()
    assert "cannot be" in out, error
    assert "NEXUS_HOME" in out
    open_to_all.chmod(0o755)
    if folder.exists():
        folder.chmod(0o755)


HOLD = """
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
time.sleep(30)
"""


def test_a_record_held_by_another_program(record: Record) -> None:
    give(record, "m/l#q")
    holder = run(HOLD, record.path, wait=False)
    assert holder.stdout
    holder.stdout.readline()
    record.rows("PRAGMA busy_timeout = 100")
    with pytest.raises(NexusError, match="held your record for too long") as caught:
        give(record, "m/l#q2")
    assert "Nothing was written" in caught.value.hint
    assert len(all_events(record)) == 1
    holder.kill()
    holder.wait()
    give(record, "m/l#q2")
    assert len(all_events(record)) == 2


MANY_AT_ONCE = """
import sys
from pathlib import Path
from nexus_tui.learner import events
from nexus_tui.learner.database import Record
with Record.open(Path(sys.argv[1])) as record:
    events.answer(record, events.Answer("m/l#q", True))
    print(record.device)
"""


def test_several_first_starts_at_once(path: Path) -> None:
    processes = [run(MANY_AT_ONCE, path, wait=False) for _ in range(5)]
    devices = set()
    for process in processes:
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        devices.add(out)
    assert len(devices) == 1
    with Record.open(path) as record:
        assert len(all_events(record)) == 5


def no_shared_memory(path: Path) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?vfs=unix-dotfile"
    return sqlite3.connect(uri, uri=True, timeout=5, isolation_level=None)


@pytest.mark.skipif(os.name != "posix", reason="the file system layer is POSIX's")
@pytest.mark.parametrize("had_wal", [False, True])
def test_a_drive_without_shared_memory(
    path: Path, had_wal: bool, monkeypatch: pytest.MonkeyPatch, open_record: Opener
) -> None:
    if had_wal:
        give(open_record(path), "m/l#before")
        copy = path.with_name("copy.db")
        # As a kill leaves it, or a folder moved to such a drive: the log still to be folded in.
        shutil.copy(path, copy)
        shutil.copy(f"{path}-wal", f"{copy}-wal")
        path = copy
    monkeypatch.setattr(opening, "connect", no_shared_memory)
    record = open_record(path)
    assert record.journal == "delete"
    assert record.rows("PRAGMA synchronous") == [(2,)]
    give(record, "m/l#q")
    other = open_record(path)
    give(other, "m/l#q2")
    assert record.changed()
    assert len(all_events(record)) == 2 + had_wal
    assert queue.due(record) == []


def add_a_table(db: "Database") -> None:
    db.execute("CREATE TABLE extra (a)")
    db.execute("ALTER TABLE event ADD COLUMN extra TEXT")


def add_and_fail(db: "Database") -> None:
    db.execute("CREATE TABLE half (a)")
    raise sqlite3.OperationalError("no such luck")


def with_steps(monkeypatch: pytest.MonkeyPatch, *more: object) -> None:
    steps = (*migrations.STEPS, *more)
    monkeypatch.setattr(migrations, "STEPS", steps)
    monkeypatch.setattr(migrations, "VERSION", len(steps))
    monkeypatch.setattr(opening, "VERSION", len(steps))


def test_a_migration_is_backed_up_and_done(
    record: Record, open_record: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(record, "m/l#q")
    version = migrations.VERSION + 1
    with_steps(monkeypatch, add_a_table)
    newer = open_record(record.path)
    assert newer.rows("PRAGMA user_version") == [(version,)]
    assert newer.rows("SELECT count(extra), count(*) FROM event") == [(0, 1)]
    [backup] = backups(record.path)
    assert backup.name == f"before-schema-{version}.db"
    monkeypatch.undo()
    with Record.open(backup) as old:
        assert len(all_events(old)) == 1


def test_a_migration_that_fails_changes_nothing(
    record: Record, open_record: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(record, "m/l#q")
    state = derived(record)
    with monkeypatch.context() as patch:
        with_steps(patch, add_a_table, add_and_fail)
        with pytest.raises(sqlite3.OperationalError, match="no such luck"):
            Record.open(record.path)
    again = open_record(record.path)
    assert derived(again) == state
    assert again.rows("PRAGMA user_version") == [(migrations.VERSION,)]
    names = {row[0] for row in again.rows("SELECT name FROM sqlite_master")}
    assert not names & {"extra", "half"}
    assert set(DERIVED) <= names


def test_the_migrations_are_recorded(record: Record) -> None:
    rows = record.rows("SELECT migration_set, name FROM _sqlite_migrations")
    steps = enumerate(migrations.STEPS, 1)
    assert rows == [("record", f"{n:03d}-{step.__name__}") for n, step in steps]
