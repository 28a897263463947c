import os
import shutil
import sqlite3
import threading
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.errors import NexusError
from nexus_tui.learner import backups as module
from nexus_tui.learner.database import Record
from nexus_tui.learner.maintenance import (
    backups,
    copy_to,
    daily,
    folder_of,
    newest_good,
    quick_check,
    restore,
    to_keep,
)
from tests.unit.learner.support import Clock, Opener, all_events, derived, give

DAY = timedelta(days=1)
NEW_YEAR = date(2026, 1, 1)


@given(st.sets(st.dates(date(2020, 1, 1), date(2027, 1, 1))))
def test_what_is_kept(days: set[date]) -> None:
    kept = to_keep(days)
    newest = sorted(days, reverse=True)
    assert kept <= days
    assert set(newest[:7]) <= kept
    assert len(kept) <= 17
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in newest))[:4]
    months = list(dict.fromkeys((day.year, day.month) for day in newest))[:6]
    assert {day.isocalendar()[:2] for day in kept} >= set(weeks)
    assert {(day.year, day.month) for day in kept} >= set(months)


def test_two_years_of_every_day() -> None:
    kept: set[date] = set()
    for n in range(730):
        kept = to_keep(kept | {NEW_YEAR + n * DAY})
    last = NEW_YEAR + 729 * DAY
    assert last == date(2027, 12, 31)
    dailies = {last - n * DAY for n in range(7)}
    weeklies = {date(2027, 12, 26), date(2027, 12, 19), date(2027, 12, 12)}
    months = {date(2027, 11, 30), date(2027, 10, 31), date(2027, 9, 30), date(2027, 8, 31)}
    assert kept == dailies | weeklies | months | {date(2027, 7, 31)}


def test_once_a_day(record: Record, path: Path, clock: Clock) -> None:
    give(record, "m/l#q")
    made = daily(path, record.today())
    assert made == folder_of(path) / "progress-2026-03-02.db"
    assert daily(path, record.today()) is None
    for _ in range(60):
        clock.move(days=1)
        daily(path, record.today())
    names = [backup.name for backup in backups(path)]
    assert names == sorted(names, reverse=True)
    assert len(names) == len(to_keep([date(2026, 3, 2) + n * DAY for n in range(61)]))
    assert all(not quick_check(backup) for backup in backups(path))


def test_a_backup_is_one_file_with_everything_in_it(record: Record, path: Path) -> None:
    give(record, "m/l#q")
    state = derived(record)
    backup = daily(path, record.today())
    assert backup
    assert [file.name for file in folder_of(path).iterdir()] == [backup.name]
    give(record, "m/l#q2")
    with Record.open(backup) as copy:
        assert derived(copy) == state


def test_a_backup_from_a_thread(record: Record, path: Path) -> None:
    give(record, "m/l#q")
    thread = threading.Thread(target=daily, args=(path, record.today()))
    thread.start()
    for n in range(50):
        give(record, f"m/l#q{n}")
    thread.join()
    assert newest_good(path) == backups(path)[0]


def test_a_damaged_record_drops_no_backup(record: Record, path: Path, clock: Clock) -> None:
    for _ in range(9):
        give(record, "m/l#q")
        daily(path, record.today())
        clock.move(days=1)
    record.close()
    before = backups(path)
    damage(path)
    with pytest.raises(NexusError, match="damaged"):
        daily(path, record.today())
    assert backups(path) == before


def test_a_backup_that_cannot_be_made(record: Record, path: Path) -> None:
    folder_of(path).touch()
    with pytest.raises(NexusError, match="backup could not be made"):
        daily(path, record.today())


def test_a_backup_of_nothing_makes_nothing(path: Path) -> None:
    with pytest.raises(NexusError, match="cannot be opened"):
        copy_to(path, path.with_name("copy.db"))
    assert list(path.parent.iterdir()) == []


def test_drafts_of_a_killed_program_are_swept(record: Record, path: Path) -> None:
    folder = folder_of(path)
    folder.mkdir()
    for name, age in (("progress-2026-03-01.77.part", 100_000), ("progress-x.78.part", 10)):
        (folder / name).touch()
        then = time.time() - age
        os.utime(folder / name, (then, then))
    daily(path, record.today())
    names = {file.name for file in folder.iterdir()}
    assert names == {"progress-x.78.part", "progress-2026-03-02.db"}


def damage(path: Path) -> None:
    """Noise in every page but the first."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + os.urandom(len(whole) - 4096))


def test_quick_check(record: Record, path: Path) -> None:
    give(record, "m/l#q")
    assert quick_check(path) == []
    record.close()
    damage(path)
    assert quick_check(path)
    path.write_bytes(b"noise" * 1000)
    assert quick_check(path) == ["file is not a database"]
    path.write_bytes(b"")
    assert quick_check(path) == ["the file holds no record of nexus-tui"]
    path.unlink()
    assert quick_check(path) == ["the file is missing"]


def test_a_lock_is_no_damage(record: Record, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record.rows("PRAGMA journal_mode = DELETE")
    monkeypatch.setattr(module, "connect_existing", lambda path: sqlite3.connect(path, timeout=0))
    record.rows("BEGIN EXCLUSIVE")
    with pytest.raises(NexusError, match="Another program"):
        quick_check(path)


def prepared(record: Record, clock: Clock) -> tuple[Path, str]:
    """Ten events in yesterday's backup, five since; the record is closed."""
    for n in range(10):
        give(record, f"m/l#q{n}")
    daily(record.path, record.today())
    clock.move(days=1)
    for n in range(5):
        give(record, f"m/l#new{n}")
    state = derived(record)
    record.close()
    return record.path, state


def test_the_newest_good_backup_is_restored(
    record: Record, clock: Clock, open_record: Opener
) -> None:
    path, _ = prepared(record, clock)
    shutil.copy(backups(path)[0], folder_of(path) / "progress-2026-03-03.db")
    damage(folder_of(path) / "progress-2026-03-03.db")
    damage(path)
    bytes_of_damaged = path.read_bytes()
    Path(f"{path}-wal").write_bytes(b"log")
    restored = restore(path, now=clock.time)
    assert restored.backup == folder_of(path) / "progress-2026-03-02.db"
    assert (restored.events, restored.rescued) == (10, 0)
    assert restored.kept == path.with_name("progress.db.damaged-20260303-090000")
    assert restored.kept.read_bytes() == bytes_of_damaged
    assert Path(f"{restored.kept}-wal").read_bytes() == b"log"
    assert "progress-2026-03-02.db: 10 events" in str(restored)
    again = open_record(path)
    assert len(all_events(again)) == 10
    assert again.device == record.device
    give(again, "m/l#after")
    left = {file.name for file in path.parent.iterdir() if not file.name.startswith(path.name)}
    assert left == {"backups"}


@pytest.mark.parametrize("with_backup", [True, False])
def test_what_is_newer_is_rescued_from_a_file_cut_short(
    record: Record, clock: Clock, open_record: Opener, with_backup: bool
) -> None:
    path, state = prepared(record, clock)
    if not with_backup:
        shutil.rmtree(folder_of(path))
    whole = path.read_bytes()
    # Without its last page SQLite refuses the whole file.
    path.write_bytes(whole[: len(whole) - 4096])
    assert quick_check(path)
    restored = restore(path)
    assert restored.events == 15
    assert restored.rescued == (5 if with_backup else 15)
    assert "rescued from the damaged file" in str(restored)
    assert derived(open_record(path)) == state


def test_what_lies_around_a_damaged_page_is_rescued(record: Record, open_record: Opener) -> None:
    for n in range(400):
        give(record, f"m/l#q{n}", text=f"marker-{n}-")
    ids = [row[0] for row in all_events(record)]
    record.close()
    whole = bytearray(record.path.read_bytes())
    page = whole.index(b"marker-200-") // 4096 * 4096
    whole[page : page + 4096] = os.urandom(4096)
    record.path.write_bytes(whole)
    restored = restore(record.path)
    kept = [row[0] for row in all_events(open_record(record.path))]
    assert 370 < restored.rescued == len(kept) < 400
    assert set(kept) < set(ids)
    assert (kept[0], kept[-1]) == (ids[0], ids[-1])


def test_a_lost_file_is_restored(record: Record, clock: Clock, open_record: Opener) -> None:
    path, _ = prepared(record, clock)
    path.unlink()
    # A log without its file, of another record: it must not be applied to the restored one.
    with Record.open(path.parent.with_name("other") / "other.db") as other:
        give(other, "m/l#q")
        shutil.copy(f"{other.path}-wal", f"{path}-wal")
    restored = restore(path)
    assert len(all_events(open_record(path))) == 10
    assert (restored.kept, restored.events) == (None, 10)
    assert str(restored).endswith("10 events.")


def test_nothing_to_restore_from_changes_nothing(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"noise" * 1000)
    with pytest.raises(NexusError, match="no good backup"):
        restore(path)
    assert [file.name for file in path.parent.iterdir()] == ["progress.db"]
    assert path.read_bytes() == b"noise" * 1000


def test_restoring_twice_in_a_second_keeps_both_files(record: Record, clock: Clock) -> None:
    path, _ = prepared(record, clock)
    kept = []
    for _ in range(2):
        path.write_bytes(b"noise")
        kept.append(restore(path, now=clock.time).kept)
    assert len(set(kept)) == 2
    assert all(file and file.read_bytes() == b"noise" for file in kept)
