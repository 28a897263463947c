"""Calls at the same time, each in a thread, whose sleeping costs no time.

A stampede is made of calls that are known to have met, not of calls that were lucky: a check says
what each has to wait for. What a call sleeps is counted, and its clocks go on by that and nothing
else, so the same code gives the same verdict on a busy machine.
"""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager

from . import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

__all__ = ["Call", "Crowd", "count_command", "install", "real_time", "uninstall"]

SETTLED = 0.7
"""Seconds without a command, after which a call is not expected to get where a check wants it."""
HUNG = 3.0
"""Seconds after which a call of a crowd is taken for one that never ends."""
FOR_EVER = 60.0
"""Seconds of sleep after which nobody would still wait."""
RESTLESS = 50
"""Commands that one call may send to an engine without a pause."""


class Call:
    """One call in a thread of its own; when ``done``, it has an ``answer`` or an ``error``."""

    def __init__(self) -> None:
        self.done = self.asleep = self.at_work = False
        self.answer: Any = None
        self.error: BaseException | None = None
        self.slept = 0.0
        """Seconds it has asked ``time.sleep`` for, in all."""
        self.sleeps = 0
        self.sent = self.restless = 0
        """Commands it has sent to an engine: in all, and since it slept last."""
        self.born = {name: clock() for name, clock in _clocks.items()}

    @property
    def settled(self) -> bool:
        """Whether it waits for somebody, works or has ended."""
        return self.done or self.asleep or self.at_work


class Crowd:
    """Calls at the same time. A sleep of theirs ends when any call ends, or at once if ``hasty``.

    Inside, the clocks of ``time`` go on by what the call has slept: `install` comes first.
    """

    def __init__(self, *, hasty: bool = False) -> None:
        self.hasty, self.stuck = hasty, False
        self.calls: list[Call] = []
        self._news = threading.Condition()
        self._turn = 0

    def start(self, *functions: Callable[[], Any]) -> list[Call]:
        """Begin these calls, all at once."""
        begun = [Call() for _ in functions]
        self.calls += begun
        gate = threading.Barrier(len(functions))
        for call, function in zip(begun, functions, strict=True):
            threading.Thread(target=self._run, args=(call, function, gate), daemon=True).start()
        return begun

    def _run(self, call: Call, function: Callable[[], Any], gate: threading.Barrier) -> None:
        gate.wait()
        _mine.crowd, _mine.call = self, call
        try:
            call.answer = function()
        except BaseException as error:
            call.error = error
        call.done = True
        self.wake()

    def wake(self) -> None:
        """End the sleep of all who sleep now."""
        with self._news:
            self._turn += 1
            self._news.notify_all()

    def until(self, true: Callable[[], bool], seconds: float = SETTLED) -> bool:
        """Wait for something to be true of the calls; whether it is.

        Given up when for some seconds no call has sent a command.
        """
        with self._news:
            sent = -1
            while sent != (sent := sum(call.sent for call in self.calls)):
                if self._news.wait_for(true, seconds):
                    return True
            return False

    def join(self, calls: list[Call]) -> None:
        """Wait for calls to end. `Fail` when one does not; what a check raised in one is raised."""
        over = self.until(lambda: all(call.done for call in calls), HUNG)
        for call in calls:
            if isinstance(call.error, Fail):
                raise call.error
        if not over:
            left = sum(not call.done for call in calls)
            raise Fail(f"{left} of {len(calls)} calls hang: what do they wait for?")

    def work(self, true: Callable[[], bool], seconds: float = SETTLED) -> None:
        """For what a call of the crowd is given to do: be at work until something is true.

        When that has been waited for in vain, nobody else of the crowd waits for it again.
        """
        call = _mine.call
        assert call, "only a call of a crowd works"
        call.at_work = True
        with self._news:
            self._news.notify_all()
        if not self.until(lambda: self.stuck or true(), seconds):
            self.stuck = True
            self.wake()
        call.at_work = False

    def sleep(self, call: Call, seconds: float) -> None:
        """In place of ``time.sleep``."""
        call.slept, call.sleeps, call.restless = call.slept + seconds, call.sleeps + 1, 0
        if call.slept > FOR_EVER:
            said = f"a call still waits after {FOR_EVER:g} s of time.sleep: it never gives up"
            raise Fail(f"{said} (a call's clock is time.monotonic())")
        if self.hasty:
            return
        with self._news:
            turn, call.asleep = self._turn, True
            self._news.notify_all()
            self._news.wait_for(lambda: self._turn != turn, HUNG)
            call.asleep = False


class _Mine(threading.local):
    """What the clocks know of the thread they are asked in."""

    crowd: Crowd | None = None
    call: Call | None = None
    inside = 0
    """How deep the thread is in an engine, where time is real."""


_mine = _Mine()
_sleep = time.sleep
_clocks = {name: getattr(time, name) for name in ("time", "monotonic", "perf_counter")}


def install() -> None:
    """Have ``time`` ask whose thread it is in. Do it before the learner's code is loaded."""
    time.sleep = _asleep  # type: ignore[assignment]
    for name, clock in _clocks.items():
        setattr(time, name, _moved(name, clock))


def uninstall() -> None:
    """Give ``time`` its own functions back."""
    time.sleep = _sleep
    for name, clock in _clocks.items():
        setattr(time, name, clock)


def count_command() -> None:
    """A command is sent to an engine. `Fail` when a call sends them without a pause."""
    if call := _mine.call:
        call.sent, call.restless = call.sent + 1, call.restless + 1
        if call.restless > RESTLESS:
            raise Fail(f"one call sent {RESTLESS} commands to the cache without a pause")


@contextmanager
def real_time() -> Iterator[None]:
    """In here the clocks are real: an engine in this process reads them too."""
    _mine.inside += 1
    try:
        yield
    finally:
        _mine.inside -= 1


def _asleep(seconds: float) -> None:
    if _mine.crowd and _mine.call and not _mine.inside:
        _mine.crowd.sleep(_mine.call, seconds)
    else:
        _sleep(seconds)


def _moved(name: str, clock: Callable[[], float]) -> Callable[[], float]:
    def now() -> float:
        call = None if _mine.inside else _mine.call
        return call.born[name] + call.slept if call else clock()

    return now
