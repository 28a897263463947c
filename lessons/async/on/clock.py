"""A virtual clock for the async samples: a loop that jumps to the next thing due.

Its seconds cost nothing and are the same on every machine. ``run`` starts a program on it,
``fetch`` is a partner that answers after some seconds, ``work`` is Python that computes.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any


class Clock(selectors.DefaultSelector):
    """Where a loop waits for the next timer: this one moves ``now`` there instead."""

    now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready; when nothing is, let ``timeout`` seconds pass at once."""
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("every task waits, and nothing is left to wake one")
            self.now += max(0.0, timeout)
        return ready


class Flight:
    """Counts the calls that are under way."""

    now = most = 0

    def __enter__(self) -> None:
        self.now += 1
        self.most = max(self.most, self.now)

    def __exit__(self, *_: object) -> None:
        self.now -= 1


clock = Clock()
flight = Flight()


def run(main: Coroutine[Any, Any, Any]) -> None:
    """Run a coroutine on the virtual clock."""

    def loop() -> asyncio.AbstractEventLoop:
        made = asyncio.SelectorEventLoop(clock)
        made.time = lambda: clock.now  # type: ignore[method-assign]
        return made

    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(main)


def say(text: str) -> None:
    """Print a line with the virtual time before it."""
    print(f"{clock.now:.0f} s  {text}")


async def fetch(partner: str, seconds: float) -> str:
    """Ask a partner, who answers after so many seconds; give way meanwhile."""
    say(f"ask {partner}")
    with flight:
        await asyncio.sleep(seconds)
    say(f"{partner} answered")
    return partner


def work(name: str, seconds: float) -> None:
    """Compute for so many seconds, holding the thread."""
    say(f"{name}: begin")
    clock.now += seconds
    say(f"{name}: end")
