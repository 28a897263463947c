"""Runs the checks one after another, each with a time limit and a message for its outcome.

Names are bound when this module is imported, before the learner's code runs: replacing
``time.perf_counter`` or ``signal.signal`` does not change what happens here.
"""

from __future__ import annotations

import errno
import faulthandler
import signal
from signal import signal as set_handler
from time import perf_counter

from .bench import home, restore
from .labkit import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .bench import Lab
    from .channel import Channel
    from .labkit import Check
    from .output import Output
    from .places import Place, Sources

GRACE = 0.3
"""Seconds after its limit when a check that did not heed the alarm ends the whole process."""
LAST = 2.0
"""Seconds for cleaning up after the last check."""
ALARM = getattr(signal, "SIGALRM", None)
set_timer = getattr(signal, "setitimer", None)


class TooSlow(BaseException):
    """The alarm: the time of a check is up."""


class Session:
    """One run. ``plan`` lists the checks as the parent wants them: id, title, needs."""

    def __init__(self, lab: Lab, sources: Sources, channel: Channel, output: Output) -> None:
        self.lab, self.sources, self.channel, self.output = lab, sources, channel, output
        self.late = False
        self.began = perf_counter()

    def run(self, plan: list[dict[str, str]], checks: dict[str, Check], config: Any) -> None:
        """Run all checks in order and report each; those whose need failed are skipped."""
        blocked: dict[str, str] = {}
        for item in plan:
            if item["needs"] in blocked:
                blocked[item["id"]] = blocked[item["needs"]]
                self._report(item, "skip", f"first make '{blocked[item['id']]}' pass")
            elif not self._one(item, checks[item["id"]], config):
                blocked[item["id"]] = item["title"]
        self._finish(config)
        self.output.flush()

    def _finish(self, config: Any) -> None:
        """Leave servers as they were; one that does not answer is not waited for."""
        faulthandler.dump_traceback_later(LAST, exit=True, file=config["trace_file"])
        self.lab.finish()
        faulthandler.cancel_dump_traceback_later()

    def _one(self, item: dict[str, str], check: Check, config: Any) -> bool:
        left = config["total_s"] - (perf_counter() - self.began)
        seconds = min(check.seconds or config["check_s"], max(left, 0.05))
        self.channel.emit("start", id=item["id"])
        began = perf_counter()
        error = self._call(check, seconds, config)
        if self.late:
            error = error or TooSlow()
        status, message, more = self._verdict(error, seconds) if error else ("pass", "", {})
        ms = round((perf_counter() - began) * 1000, 1)
        self._report(item, status, message, ms=ms, **more)
        return status == "pass"

    def _call(self, check: Check, seconds: float, config: Any) -> BaseException | None:
        """Run the function with two clocks: an alarm that raises, and one that cannot be missed."""
        restore()
        home(config["workspace"])
        self.output.begin()
        self.late = False
        trace = config["trace_file"]
        trace.truncate(0)
        faulthandler.dump_traceback_later(seconds + GRACE, exit=True, file=trace)
        self._alarm(0 if config["portable"] else seconds)
        try:
            check.function(self.lab)
        except BaseException as error:
            return error
        finally:
            # First of all: in a forked process, faulthandler would wait for ever for its thread.
            self.channel.only_owner()
            self._alarm(0)
            faulthandler.cancel_dump_traceback_later()
        return None

    def _alarm(self, seconds: float) -> None:
        if ALARM is None or set_timer is None:
            return
        set_handler(ALARM, self._ring if seconds else signal.SIG_IGN)
        set_timer(signal.ITIMER_REAL, seconds)

    def _ring(self, *_: object) -> None:
        self.late = True
        raise TooSlow

    def _verdict(self, error: BaseException, seconds: float) -> tuple[str, str, Place]:
        """Status, message, and place (with expected and got where known)."""
        error = _innermost(error)
        place = self.sources.of_traceback(error.__traceback__)
        if isinstance(error, Fail):
            place = self._failed(error, place)
        if self.late:
            text = f"still running after {seconds:g} s: is there a loop that never ends?"
            return "timeout", text, place
        if isinstance(error, Fail):
            return "fail", str(error), place
        if isinstance(error, SyntaxError) and (found := self.sources.of_syntax(error)):
            return "error", f"Python could not read the file: {error.msg}", found
        if isinstance(error, NotImplementedError) and place:
            return "fail", f"not written yet: {error or place['code']}", place
        if isinstance(error, AssertionError) and not place:
            return "fail", str(error) or "the check does not hold", place
        return "error", _words(error, place), place

    def _failed(self, error: Fail, place: Place) -> Place:
        if error.at:
            place = self.sources.of_name(error.at) or place
        elif error.file:
            place = self.sources.place(error.file, error.line)
        values = {"expected": error.expected, "got": error.got}
        return {**place, **{name: text for name, text in values.items() if text}}

    def _report(self, item: dict[str, str], status: str, message: str, **more: Any) -> None:
        self.channel.emit("check", id=item["id"], status=status, message=message, **more)


def _innermost(error: BaseException) -> BaseException:
    """Of the exceptions that a task group gathered, a `Fail`, else the first."""
    while isinstance(error, BaseExceptionGroup):
        fails = error.subgroup(Fail) or error
        error = fails.exceptions[0]
    return error


def _words(error: BaseException, place: Place) -> str:
    """An exception in words."""
    if isinstance(error, MemoryError):
        return "the program asked for more memory than the lab allows"
    if isinstance(error, SystemExit):
        return "the program ended itself: sys.exit() or exit() does not belong here"
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "the program wrote or printed more than the lab allows: is there an endless loop?"
    text = f"{type(error).__name__}: {error}".removesuffix(": ")
    return text if place else f"the check could not use what your code gave: {text}"
