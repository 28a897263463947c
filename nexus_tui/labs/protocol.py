"""What child and parent say to each other, and what a run is known to have done afterwards.

The child writes one JSON object a line: ``t`` (the kind), ``run`` (the nonce of this run), and

* ``hello``: python, guards (what limits are in force); the checks begin
* ``start``: id; ``check``: id, status, message, ms, and where known expected, got, file, line, code
* ``measure``: name, value, unit
* ``broken``: message, line; the author's ``checks.py`` cannot be used
* ``end``: every check has been reported

Lines without the nonce, or that are no JSON, are ignored; so are kinds that are not known.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

Status: TypeAlias = Literal["pass", "fail", "error", "timeout", "skip"]

LONGEST = 1 << 20
"""Bytes of one line, beyond which the child is talking nonsense."""
MOST = 8 << 20
LINES = 20_000
"""Bytes and lines of a whole run, more than any that has only events to tell."""

LIMITS: Mapping[str, float] = {
    "check_s": 2.0,
    "total_s": 10.0,
    "data_mb": 1024,
    "fsize_mb": 16,
    "output_kb": 20,
    "processes": 128,
    "open_files": 256,
}
"""Seconds for one check and for all, MiB of memory and of one file, kB of output shown, processes
and threads that the run may add, open files. A lab's ``limits`` replace single ones, or add
``cpu_s``, seconds of processor time (two more than ``total_s``)."""


@dataclass(frozen=True, slots=True)
class CheckSpec:
    """A check as the lab announces it. One that ``needs`` another is skipped when that fails."""

    id: str
    title: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found. ``file``, ``line`` and ``code`` are where in the learner's files."""

    id: str
    title: str
    status: Status
    message: str = ""
    expected: str = ""
    got: str = ""
    file: str = ""
    line: int = 0
    code: str = ""
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that a check measured."""

    name: str
    value: float
    unit: str = ""


Event: TypeAlias = CheckResult | Measure


@dataclass(frozen=True, slots=True)
class RunRequest:
    """One run of a lab.

    ``workspace`` is what the learner wrote: names and texts, or a folder to copy. ``files`` are
    the names they edit, in order; by default those of ``workspace`` when it is a mapping.
    """

    lab: Path
    workspace: Mapping[str, str] | Path
    checks: tuple[CheckSpec, ...]
    files: tuple[str, ...] = ()
    limits: Mapping[str, float] = field(default_factory=dict)
    paths: tuple[Path, ...] = ()
    """Folders put on ``sys.path``, such as the course's ``lessons/on``."""
    seed: int | None = None
    """`lab.seed`; another one each time when None."""
    engine: str = "python"
    variant: str = ""
    """Which of the lab's other engines to run on, such as ``redis``; "" for the embedded one."""
    url: str = ""
    """Where that engine is, when it is a server that runs already."""
    requires: tuple[str, ...] = ()
    """Distributions that must be installed."""
    ports: tuple[int, ...] = ()
    """TCP ports the code may connect to, where the system can refuse the others."""
    portable: bool = False
    """Do without fork, alarm and kernel, as on a system that has none of them."""


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did. ``checks`` has every check of the request, in its order."""

    checks: tuple[CheckResult, ...]
    measures: tuple[Measure, ...]
    output: str
    """What the code printed, the first 20 kB."""
    stopped: str
    """Why the run did not reach its end, in words, or empty."""
    complete: bool
    """The child said hello, reported every check once, and said that this was the end."""
    passed: bool
    """Complete, and every check passed."""
    ms: float
    guards: tuple[str, ...] = ()
    """Limits and protections that were in force."""

    @property
    def first_failure(self) -> CheckResult | None:
        """The first check that did not pass."""
        return next((check for check in self.checks if check.status != "pass"), None)


class Garbled(Exception):
    """The child sent a line longer than any event, or more than all events of a run are."""


class Reader:
    """Cuts bytes into events and keeps those of this run."""

    def __init__(self, nonce: str) -> None:
        self._nonce = nonce
        self._rest = b""
        self._heard = self._lines = 0

    def feed(self, data: bytes) -> Iterator[dict[str, Any]]:
        """The events that these bytes complete. `Garbled` when it is more than there can be."""
        self._heard += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        for line in lines[:LINES]:
            event = _event(line)
            if event and event.get("run") == self._nonce:
                yield event
        self._lines += len(lines)
        if len(self._rest) > LONGEST or self._heard > MOST or self._lines > LINES:
            raise Garbled


def _event(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        return None
    return event if isinstance(event, dict) else None
