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

from . import segments

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .channel import Channel

SET_CHILD_SUBREAPER, SET_PDEATHSIG = 36, 1
PATIENCE = 2.0
"""Seconds in which everything that is left has to be gone."""
COURTESY = 0.15
"""Seconds an engine has to end by itself when it is told to."""
FEW = 32
"""More processes than this are no engine, and are told nothing."""


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
    began = time.time()
    code = _wait(inner)
    known = _tell(inner)
    _signal_group(inner, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while _reap(known) and time.monotonic() < end:
        for child in _children(os.getpid()):  # as sub-reaper it inherits the orphans
            _signal(child, signal.SIGKILL)
        time.sleep(0.002)
    if known:
        segments.release(known, began)
    return code


def _wait(inner: int) -> int:
    """Exit code of the inner half, which is killed when the lifeline ends first."""
    waited = [0]
    if hasattr(os, "pidfd_open"):
        waited.append(os.pidfd_open(inner))
    while True:
        ready, _, _ = select.select(waited, [], [], None if len(waited) > 1 else 0.02)
        done, status = os.waitpid(inner, os.WNOHANG)
        if done:
            return _code(status)
        if 0 in ready:
            _signal(inner, signal.SIGKILL)
            return _code(os.waitpid(inner, 0)[1])


def _tell(group: int) -> set[int]:
    """Tell what the inner half left to end, and give it a moment; the processes it left."""
    left = _below(os.getpid())
    if len(left) > FEW:
        return set(left)
    for process in left:
        _signal(process, signal.SIGQUIT)
    if sys.platform != "linux" and _signal_group(group, signal.SIGQUIT):
        time.sleep(COURTESY)
    end = time.monotonic() + COURTESY
    while any(_alive(process) for process in left) and time.monotonic() < end:
        time.sleep(0.002)
    return set(left)


def _below(process: int) -> list[int]:
    """Children, their children and so on, as far as `FEW` and one more."""
    found = _children(process)
    for child in found:
        if len(found) <= FEW:
            found += _children(child)
    return found


def _alive(process: int) -> bool:
    """Whether a process still runs; one that ended and waits to be collected does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_bytes().rpartition(b") ")[2]
    except OSError:
        return False
    return not state.startswith((b"Z", b"X"))


def _code(status: int) -> int:
    """Exit code as shells give it: 128 + the signal for a process that was killed."""
    code = os.waitstatus_to_exitcode(status)
    return code if code >= 0 else 128 - code


def _reap(known: set[int]) -> bool:
    """Collect the dead and add them to those ``known``; whether a child is left."""
    try:
        while ended := os.waitpid(-1, os.WNOHANG)[0]:
            known.add(ended)
    except ChildProcessError:
        return False
    return True


def _children(process: int) -> list[int]:
    """Processes that this one is the parent of. Linux only."""
    try:
        numbers = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in numbers.split()]


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except (ProcessLookupError, PermissionError):
        return


def _signal_group(group: int, number: int) -> bool:
    """Signal a process group; whether there was one."""
    try:
        os.killpg(group, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True
