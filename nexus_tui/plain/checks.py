"""What the checks of a lab say, as text: one by one as they come, and all in all."""

import sys

from nexus_tui.course.model import Lab
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.plain.lines import say
from nexus_tui.tutor.fading import Form
from nexus_tui.tutor.mistakes import looks_like

PASSED, FAILED, UNRUN = 0, 1, 2
"""Exit status."""
WORDS = {
    "pass": "passes",
    "fail": "FAILS",
    "error": "FAILS",
    "timeout": "TAKES TOO LONG",
    "skip": "not run",
}


def tell_check(lab: Lab, event: CheckResult | Measure) -> None:
    """Print a check or a number as it comes in, into a pipe as well."""
    if isinstance(event, Measure):
        say(f"   measured: {event.value:,g} {event.unit}".rstrip() + f"  ({event.name})")
    else:
        _tell_result(lab, event)
    sys.stdout.flush()


def _tell_result(lab: Lab, event: CheckResult) -> None:
    number = next((n for n, check in enumerate(lab.checks, 1) if check.id == event.id), 0)
    say(f"{number} of {len(lab.checks)} {WORDS[event.status]}: {event.title}")
    if event.status == "pass":
        return
    say(_indented(event.message))
    for lead, value in (("expected", event.expected), ("got", event.got)):
        if value:
            say(_indented(f"{lead}: {value}"))
    if event.line:
        say(_indented(f"{event.file}:{event.line}: {event.code.strip()}"))


def _indented(text: str) -> str:
    return "\n".join(f"   {line}" for line in text.split("\n"))


def tell_hints(lab: Lab, result: RunResult, hinted: dict[str, int]) -> None:
    """The mistake that the first failure looks like, and its hints that are open."""
    failed = result.first_failure
    if failed is None:
        return
    alike = looks_like(lab, result)
    if len(alike) > 1:
        say("\nIt may be one of these:")
    for known in alike:
        say(f"\n{known.explanation.text}")
    check = next(check for check in lab.checks if check.id == failed.id)
    opened = hinted.get(failed.id, 0)
    for number, hint in enumerate(check.hints[:opened], 1):
        say(f"\nHint {number} of {len(check.hints)}: {hint.text}")


def tell_end(lab: Lab, result: RunResult, form: Form) -> int:
    """What the code printed, and how it ended; the exit status."""
    if result.output.strip():
        say("\nYour code printed:\n" + _indented(result.output.rstrip()))
    passing = sum(check.status == "pass" for check in result.checks)
    if result.passed:
        say(f"\nAll {len(lab.checks)} checks pass. {_practice(form)}".rstrip())
        return PASSED
    ran = any(check.status != "skip" for check in result.checks)
    why = f" {result.stopped}" if result.stopped else ""
    say(f"\n{passing} of {len(lab.checks)} checks pass.{why}")
    return FAILED if ran else UNRUN


def _practice(form: Form) -> str:
    """What a pass in an easier form is worth."""
    if form == "blank":
        return "The lab has passed."
    return "That was practice: the lab passes when you write it from the starter (--form blank)."
