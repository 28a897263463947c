"""Runs a learner's code against a lab's checks, in one child process.

What is promised: code that loops for ever, takes memory without end, floods its output or the
disk, starts processes and leaves them, ends itself, deletes its folder, closes descriptors or
prints what looks like results cannot hang the program, leave anything behind, or pass. On Linux
it cannot write outside its workspace either; on macOS memory is not limited, and a process that
leaves its session may survive. These are accidents. It is no sandbox: someone who sets out to
cheat runs in the same process as the checks and will find a way, and cheats only themselves.
"""

import importlib.metadata
import json
import secrets
import shutil
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nexus_tui.errors import NexusError
from nexus_tui.labs.child import Child, scratch, shown, sweep
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
        self.nonce = secrets.token_hex(8)
        self.workspace = folder / "work"
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
            "variant": request.variant,
            "url": request.url,
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
        if _size(self.folder / "output") > 2 * self.limits["fsize_mb"] * (1 << 20):
            return "stopped: the program printed too much"
        return ""


def lay_out(request: RunRequest, workspace: Path) -> None:
    """Fill a fresh workspace: the learner's files, and the lab's ``files/`` over them."""
    workspace.mkdir()
    if isinstance(request.workspace, Path):
        ignore = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(request.workspace, workspace, dirs_exist_ok=True, ignore=ignore)
    else:
        _write(request.workspace, workspace)
    support = request.lab / "files"
    if support.is_dir():
        shutil.copytree(support, workspace, dirs_exist_ok=True)


def _write(files: Mapping[str, str], workspace: Path) -> None:
    for name, text in files.items():
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "replace")


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
