"""The outer half of the child: outlives the learner's code and clears up after it.

It ends everything below it when the inner half has ended, or when its standard input reaches
its end: the parent closes that pipe to cancel, and the system closes it when the parent dies.
"""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .channel import Channel

SET_CHILD_SUBREAPER, SET_PDEATHSIG = 36, 1
PATIENCE = 2.0
"""Seconds in which everything that is left has to be gone."""


def split(channel: Channel) -> None:
    """Fork. Returns in the inner half, which leads a session of its own; never in the outer."""
    _prctl(SET_CHILD_SUBREAPER, 1)
    me = os.getpid()
    inner = os.fork()
    if inner:
        channel.close()
        os._exit(_supervise(inner))
    os.setsid()
    _prctl(SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != me:
        os._exit(1)


def _prctl(option: int, value: int) -> None:
    """Linux only; elsewhere there is nothing like it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def _supervise(inner: int) -> int:
    """Wait for the end of the inner half or of the lifeline, clear up, give the exit code."""
    code = _wait(inner)
    _kill_group(inner)
    end = time.monotonic() + PATIENCE
    while (left := _reap(inner)) is not None and time.monotonic() < end:
        code = left if left >= 0 else code
        for child in _children():
            _kill(child)
        time.sleep(0.002)
    return code


def _wait(inner: int) -> int:
    """Exit code of the inner half, or 128 + SIGKILL when the lifeline ended first."""
    waited = [0]
    if hasattr(os, "pidfd_open"):
        waited.append(os.pidfd_open(inner))
    while True:
        ready, _, _ = select.select(waited, [], [], None if len(waited) > 1 else 0.02)
        done, status = os.waitpid(inner, os.WNOHANG)
        if done:
            return _code(status)
        if 0 in ready:
            return 128 + signal.SIGKILL


def _code(status: int) -> int:
    """Exit code as shells give it: 128 + the signal for a process that was killed."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _reap(inner: int) -> int | None:
    """Collect the dead. None when no child is left; the inner half's code if it was there."""
    code = -1
    try:
        while True:
            done, status = os.waitpid(-1, os.WNOHANG)
            if not done:
                return code
            if done == inner:
                code = _code(status)
    except ChildProcessError:
        return None


def _children() -> list[int]:
    """Processes whose parent this is: as sub-reaper it inherits the orphans. Linux only."""
    try:
        numbers = Path(f"/proc/self/task/{os.getpid()}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in numbers.split()]


def _kill(process: int) -> None:
    try:
        os.kill(process, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
