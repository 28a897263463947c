"""Runs a learner's code against a lab's checks, in one child process.

What is promised: code that loops for ever, takes memory without end, floods its output or the
disk, starts processes and leaves them, ends itself, deletes its folder, closes descriptors or
prints what looks like results cannot hang the program, leave anything behind, or pass. On Linux
it cannot write outside its workspace either, nor reach a port it was not given. These are
accidents. It is no sandbox: someone who sets out to cheat runs in the same process as the checks
and will find a way, and cheats only themselves.

Gaps. Everywhere: code may read what the learner may read; memory is limited for each process,
not for all together; as root, Linux does not limit the number of processes, and only Python's
own calls are counted. macOS: memory and the number of processes are not limited, writing outside
and connecting are refused only where Python itself does them, and a process that leaves its
session outlives the run.
Windows: there is no supervisor, so the child itself is ended and what it started may survive;
memory, processor time, sizes of single files and numbers of processes are not limited. The clocks,
the limit on what a workspace holds, the private folder and the rules for a verdict hold on every
system. `docs/labs.md` says by what each promise is kept.
"""

import contextlib
import importlib.metadata
import json
import secrets
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from nexus_tui.errors import NexusError
from nexus_tui.labs import private
from nexus_tui.labs.child import Child, scratch, shown, sweep
from nexus_tui.labs.growth import MIB, Growth
from nexus_tui.labs.layout import lay_out
from nexus_tui.labs.protocol import LIMITS, Event, Garbled, Reader, RunRequest, RunResult
from nexus_tui.labs.verdict import Tally

__all__ = ["missing", "run", "sweep"]

TICK = 0.05
"""Seconds between two looks at the clock and at ``cancel`` while the child says nothing."""
LATE = 1.0
"""Seconds the child has, after its own clock should have ended the run."""
LINGER = 0.5
"""Seconds a child that closed the pipe has to end, and so to say how."""
FAREWELL = 3.0
"""Seconds the supervisor has to clear up."""
ROOM = 8
"""Times ``fsize_mb`` that all files of a workspace may take together."""
CLOSED = 97
"""Exit code of a child whose result pipe was closed (see harness/channel.py)."""


def run(
    request: RunRequest,
    on_event: Callable[[Event], None] | None = None,
    cancel: threading.Event | None = None,
) -> RunResult:
    """Run a lab; blocking, safe in a thread. Never raises for what the learner's code does.

    `NexusError` when no child can be started at all: a full disk, a full process table.
    """
    began = time.perf_counter()
    tally = Tally(request, on_event)
    if lacking := missing(request.requires):
        why = f"this lab needs {', '.join(lacking)}: pip install {' '.join(lacking)}"
        tally.cut_off(why, "", Path())
        return tally.result(why, "", 0.0)
    with scratch() as folder:
        stopped = _Run(request, folder, tally).go(cancel)
        most = int({**LIMITS, **request.limits}["output_kb"] * 1000)
        output = shown(_read(folder / "output"), most)
    return tally.result(stopped, output, (time.perf_counter() - began) * 1000)


def missing(requires: tuple[str, ...]) -> tuple[str, ...]:
    """The distributions that are not installed."""
    return tuple(name for name in requires if not _installed(name))


def _installed(name: str) -> bool:
    try:
        importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


class _Run:
    """One child, followed to its end. ``folder`` is its own and will be removed."""

    def __init__(self, request: RunRequest, folder: Path, tally: Tally) -> None:
        self.request, self.folder, self.tally = request, folder, tally
        self.limits = {**LIMITS, **request.limits}
        self.nonce, self.mark = secrets.token_hex(8), private.mark()
        self.workspace = folder / "work"
        self.growth = Growth(self.workspace, ROOM * self.limits["fsize_mb"] * MIB)
        try:
            lay_out(request, self.workspace)
        except (OSError, shutil.Error) as error:
            raise NexusError(f"The files of the lab cannot be copied: {error}.") from error

    def go(self, cancel: threading.Event | None) -> str:
        """Start, follow, end; why it did not reach its end, or ""."""
        child = Child("lab", self.workspace)
        try:
            child.send(json.dumps(self._config()).encode() + b"\n")
            stopped = self._follow(child, cancel)
        finally:
            child.close()
            child.wait(FAREWELL)
            code = child.kill()
        if self.request.url and not self.tally.ended:
            private.tidy(self.request, self.mark, self.folder)
        stopped = self.tally.broken or stopped
        if not self.tally.ended:
            trace = _read(self.folder / "trace").decode("utf-8", "replace")
            stopped = stopped or _early(code, trace)
            self.tally.cut_off(stopped, trace, self.workspace)
        return stopped

    def _config(self) -> dict[str, Any]:
        request = self.request
        names = [] if isinstance(request.workspace, Path) else list(request.workspace)
        return {
            "nonce": self.nonce,
            "code": str((request.lab / "checks.py").resolve()),
            "workspace": str(self.workspace),
            "output": str(self.folder / "output"),
            "trace": str(self.folder / "trace"),
            "files": list(request.files) or names,
            "checks": [{"id": c.id, "title": c.title, "needs": c.needs} for c in request.checks],
            "paths": [str(path.resolve()) for path in request.paths],
            "seed": secrets.randbelow(1 << 31) if request.seed is None else request.seed,
            "ports": list(request.ports),
            "serves": request.engine == "rest",
            "variant": request.variant,
            "url": request.url,
            "host": _host(request.url),
            "mark": self.mark,
            "template": str(private.template(request) or ""),
            "portable": request.portable,
            "limits": dict(self.limits),
            "check_s": self.limits["check_s"],
            "total_s": self.limits["total_s"],
        }

    def _follow(self, child: Child, cancel: threading.Event | None) -> str:
        """Read events up to ``end``: what comes after it, or keeps the pipe open, is no matter."""
        reader = Reader(self.nonce)
        end = time.monotonic() + self.limits["total_s"] + LATE
        while (data := child.read(TICK)) != b"":
            try:
                for event in reader.feed(data or b""):
                    self.tally.take(event)
            except Garbled:
                return "the program wrote into the pipe of the results"
            if self.tally.ended:
                return ""
            if stopped := self._stop(end, cancel):
                return stopped
        child.wait(LINGER)
        return ""

    def _stop(self, end: float, cancel: threading.Event | None) -> str:
        if cancel and cancel.is_set():
            return "cancelled"
        if time.monotonic() > end:
            return f"stopped: the checks took more than {self.limits['total_s']:g} s together"
        if _size(self.folder / "output") > 2 * self.limits["fsize_mb"] * MIB:
            return "stopped: the program printed too much"
        return self.growth.trouble()


def _host(url: str) -> str:
    """The machine a URL names, "" when it names none."""
    with contextlib.suppress(ValueError):
        return urlsplit(url).hostname or ""
    return ""


def _early(code: int, trace: str) -> str:
    """Why a child ended before its time, as far as its exit code and faulthandler tell."""
    if trace.startswith("Timeout"):
        return "stopped: a check was still running when its time was up"
    if code == CLOSED:
        return "the program closed a pipe that is not its own"
    if code > 128:
        return f"the program was killed (signal {code - 128}) before the checks were done"
    return "the program ended by itself before the checks were done"


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1 << 20)
    except OSError:
        return b""


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
