"""Runs coroutines in virtual time, for labs on asyncio: a minute of waiting takes no time at all.

When every task waits for a timer, the clock jumps to the next one. When every task waits and no
timer is left, that is a deadlock, and said so instead of hanging. Nothing here waits for real
sockets or threads: labs hand the learner's code fakes that ``await asyncio.sleep()``.
"""

from __future__ import annotations

import asyncio
import selectors
import time

from . import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any, TypeVar

    T = TypeVar("T")

DEADLOCK = "deadlock: every task is waiting, and nothing is left that could wake one"
BLOCKS = "time.sleep() stops every other task too: await asyncio.sleep() instead"


class _Clock(selectors.DefaultSelector):
    """A selector that never waits: it moves ``now`` on instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready. With nothing ready, time passes at once."""
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise Fail(DEADLOCK)
            self.now += max(0.0, timeout)
        return ready


def run(coroutine: Coroutine[Any, Any, T]) -> tuple[T, float]:
    """Run a coroutine to its end; its result and how many virtual seconds it took."""
    clock = _Clock()
    loop = asyncio.SelectorEventLoop(clock)
    loop.time = lambda: clock.now  # type: ignore[method-assign]
    sleep, time.sleep = time.sleep, _no_sleep
    try:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            return runner.run(coroutine), clock.now
    finally:
        time.sleep = sleep


def _no_sleep(_seconds: object) -> None:
    raise Fail(BLOCKS)
