"""Collects the events of a run and says what they prove."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from nexus_tui.labs.protocol import CheckResult, Event, Measure, RunRequest, RunResult, Status

FRAME = re.compile(r'File "(?P<path>.+)", line (?P<line>\d+)')
CRASH = re.compile(r"Fatal Python error: (?P<what>.+)")
STATUSES: tuple[Status, ...] = ("pass", "fail", "error", "timeout", "skip")


class Tally:
    """The events seen so far."""

    def __init__(self, request: RunRequest, on_event: Callable[[Event], None] | None) -> None:
        self._request, self._tell = request, on_event or (lambda event: None)
        self._titles = {check.id: check.title for check in request.checks}
        self._results: dict[str, CheckResult] = {}
        self._measures: list[Measure] = []
        self._started: list[str] = []
        self._guards: tuple[str, ...] = ()
        self._hello = self._doubtful = False
        self.ended = False
        self.broken = ""

    def take(self, event: dict[str, Any]) -> None:
        """Take one event. Kinds that are not known are skipped."""
        kind = event["t"]
        if kind == "hello":
            self._hello, self._guards = True, tuple(event["guards"])
        elif kind == "start":
            self._started.append(event["id"])
        elif kind == "measure":
            self._measure(event)
        elif kind == "check":
            self._check(event)
        elif kind == "broken":
            where = f" line {event['line']}" if event["line"] else ""
            self.broken = f"the checks cannot run: checks.py{where}: {event['message']}"
        elif kind == "end":
            self.ended = True

    def _measure(self, event: dict[str, Any]) -> None:
        measure = Measure(event["name"], event["value"], event["unit"])
        self._measures.append(measure)
        self._tell(measure)

    def _check(self, event: dict[str, Any]) -> None:
        """A check reported twice, unasked or oddly makes the whole run doubtful."""
        name, status = event["id"], event["status"]
        if name in self._results or name not in self._titles or status not in STATUSES:
            self._doubtful = True
            return
        known = ("message", "expected", "got", "file", "line", "code", "ms")
        more = {key: event[key] for key in known if key in event}
        self._add(CheckResult(name, self._titles[name], status, **more))

    def _add(self, result: CheckResult) -> None:
        self._results[result.id] = result
        self._tell(result)

    def cut_off(self, why: str, trace: str, workspace: Path) -> None:
        """The run ended too early: say so of the check it was in, and skip those after it."""
        open_ = [name for name in self._started if name not in self._results]
        blame = ""
        for check in self._request.checks:
            if check.id in open_:
                self._add(
                    _stuck(CheckResult(check.id, check.title, "error", why), trace, workspace)
                )
                blame = f"first make '{check.title}' pass"
            elif check.id not in self._results:
                self._add(CheckResult(check.id, check.title, "skip", blame or why))

    def result(self, stopped: str, output: str, ms: float) -> RunResult:
        """The verdict. Nothing passes that did not report everything to the very end."""
        checks = tuple(self._results[c.id] for c in self._request.checks if c.id in self._results)
        everything = len(checks) == len(self._request.checks) > 0
        if self._doubtful:
            stopped = stopped or "the program meddled with the report of the checks"
        complete = self._hello and self.ended and everything and not stopped
        passed = complete and all(check.status == "pass" for check in checks)
        measures = tuple(self._measures)
        return RunResult(checks, measures, output, stopped, complete, passed, ms, self._guards)


def _stuck(result: CheckResult, trace: str, workspace: Path) -> CheckResult:
    """Add what faulthandler wrote: where the code was, and whether Python itself crashed."""
    result = replace(result, **_place(trace, workspace))
    if crash := CRASH.search(trace):
        return replace(result, message=f"Python itself crashed: {crash['what']}")
    if trace.startswith("Timeout"):
        message = "still running when its time was up: is there a loop that never ends?"
        return replace(result, status="timeout", message=message)
    return result


def _place(trace: str, workspace: Path) -> dict[str, Any]:
    """The innermost frame of a dump that lies in the workspace. The file may be gone by now."""
    for found in FRAME.finditer(trace):
        path, line = Path(found["path"]), int(found["line"])
        if path.is_relative_to(workspace):
            name = path.relative_to(workspace).as_posix()
            return {"file": name, "line": line, "code": _code(path, line)}
    return {}


def _code(path: Path, line: int) -> str:
    try:
        return path.read_text("utf-8", "replace").splitlines()[line - 1].strip()
    except (OSError, IndexError):
        return ""
