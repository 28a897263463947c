"""Two windows at once, and a kill at any moment."""

import signal
import time
from pathlib import Path

import pytest

from nexus_tui.learner.database import Record
from nexus_tui.learner.maintenance import quick_check, rebuild
from tests.unit.learner.support import all_events, derived, give, run

APPEND = """
import sys
from pathlib import Path
from nexus_tui.learner import events
from nexus_tui.learner.database import Record
with Record.open(Path(sys.argv[1])) as record:
    for n in range(int(sys.argv[3])):
        card = events.answer(record, events.Answer(f"m/{sys.argv[2]}#q{n % 50}", n % 3 > 0))
        print(card.event, flush=True)
"""


def test_two_windows_lose_nothing(path: Path) -> None:
    processes = [run(APPEND, path, name, 150, wait=False) for name in ("left", "right", "third")]
    ids: list[str] = []
    for process in processes:
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        mine = out.split()
        assert mine == sorted(mine)
        ids += mine
    with Record.open(path) as record:
        assert sorted(ids) == [row[0] for row in all_events(record)]
        assert len(ids) == 450
        grown = derived(record)
        assert rebuild(record).differed == ()
        assert derived(record) == grown


def test_each_window_sees_what_the_other_did(path: Path) -> None:
    with Record.open(path) as left, Record.open(path) as right:
        assert not right.changed()
        give(left, "m/l#q")
        assert right.changed()
        assert not right.changed()
        assert not left.changed()
        assert derived(left) == derived(right) != ""
        give(right, "m/l#q", right=False)
        assert left.changed()
        assert len(all_events(left)) == 2


@pytest.mark.parametrize("after", [0.0, 0.013, 0.05])
def test_a_kill_loses_nothing_that_was_said_to_be_saved(path: Path, after: float) -> None:
    process = run(APPEND, path, "killed", 100_000, wait=False)
    assert process.stdout
    said = [process.stdout.readline().strip() for _ in range(40)]
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.read().split()
    process.wait()
    with Record.open(path) as record:
        kept = [row[0] for row in all_events(record)]
        # The last line may be cut, and one event may be on the disk without having been said.
        assert kept[: len(said) - 1] == said[:-1]
        assert len(said) - 1 <= len(kept) <= len(said) + 1
        assert rebuild(record).differed == ()
    assert quick_check(path) == []
