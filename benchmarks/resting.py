"""What the program takes while nobody does anything. Read from /proc: Linux only."""

import os
import time
from pathlib import Path

from benchmarks.start import HELLO, NEXUS
from benchmarks.table import Row
from benchmarks.terminal import Terminal

SETTLING = 5.0
"""Seconds until start and the daily backup are over."""
TICK = 1000 / os.sysconf("SC_CLK_TCK")


def rows(home: Path, seconds: float) -> list[Row]:
    """Processor time, wake-ups and memory of Today, of a lesson, and of the bare program."""
    with Terminal([*NEXUS, "learn"], home) as terminal:
        terminal.rest(SETTLING)  # so that the lesson is compiled, as on any day but the first
    with (
        Terminal(HELLO, home) as hello,
        Terminal(NEXUS, home) as today,
        Terminal([*NEXUS, "learn"], home) as lesson,
    ):
        for terminal in (hello, today, lesson):
            terminal.rest(SETTLING)
        pids = [terminal.process.pid for terminal in (hello, today, lesson)]
        before = [(spent(pid), wakes(pid)) for pid in pids]
        time.sleep(seconds)
        after = [(spent(pid), wakes(pid)) for pid in pids]
        sizes = [memory(pid) for pid in pids]
    (_, bare), *others = [
        (then[0] - now[0], then[1] - now[1]) for now, then in zip(before, after, strict=True)
    ]
    names = ("Today", "a lesson")
    made = []
    for name, (cpu, woken) in zip(names, others, strict=True):
        what = f"idle {seconds:g} s on {name}"
        made.append(Row(f"{what}: processor", cpu, None, 0, "value"))
        made.append(Row(f"{what}: wake-ups beyond the bare", woken, bare, 3, "difference", ""))
    return [*made, Row("memory with a lesson open", sizes[2], sizes[0], 1.35, unit="MB")]


def spent(pid: int) -> float:
    """Milliseconds of processor time so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) * TICK


def wakes(pid: int) -> int:
    """How often any of its threads was woken."""
    return sum(
        int(_field(path / "status", "voluntary_ctxt_switches"))
        for path in Path(f"/proc/{pid}/task").iterdir()
    )


def memory(pid: int) -> float:
    """Megabytes in memory."""
    return int(_field(Path(f"/proc/{pid}/status"), "VmRSS").split()[0]) / 1024


def _field(path: Path, name: str) -> str:
    lines = path.read_text().splitlines()
    return next(line.partition(":")[2].strip() for line in lines if line.startswith(f"{name}:"))
