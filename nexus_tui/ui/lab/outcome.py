"""The page of what happened: the first thing to mend, the numbers, the output."""

from collections.abc import Sequence

from textual.content import Content

from nexus_tui.labs.protocol import CheckResult, RunResult
from nexus_tui.learner.labhistory import Change
from nexus_tui.ui import layout
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lab.brief import check_lines, hint_lines
from nexus_tui.ui.lab.differences import compared
from nexus_tui.ui.lab.forms import NEXT, SHORT
from nexus_tui.ui.lab.state import Bench
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import clean, inline, plain, ticked, words


def outcome(bench: Bench, glyphs: Glyphs, width: int) -> Sequence[Line]:
    """What happened: the first thing to mend, the numbers, the output."""
    if bench.error:
        told = flow(plain(bench.error.message, "bold"), width)
        return [*told, BLANK, *flow(plain(bench.error.hint), width)]
    if bench.result is None:
        return _waiting(bench, glyphs, width)
    result = bench.result
    made = _verdict(bench, result, glyphs, width)
    if bench.stale:
        changed = plain("Your files have changed since this run.", "$muted")
        made = [*flow(changed, width), *made]
    if bench.changes:
        made += [BLANK, *_numbers(bench.changes, width)]
    if bench.failed and result.stopped != "cancelled":
        made += _help(bench, bench.failed, width)
    if result.output.strip():
        made += [
            BLANK,
            Line(plain("Your code printed", "bold")),
            *layout.code(result.output.rstrip(), "output", width, "$rule"),
        ]
    return made


def _waiting(bench: Bench, glyphs: Glyphs, width: int) -> list[Line]:
    checks = bench.lab.checks
    if not bench.running:
        passing = sum(check.status == "pass" for check in bench.checks.values())
        told = f"Your last run: {passing} of {len(checks)} checks pass. ctrl+r runs them again."
        told = told if bench.checks else "Nothing has run yet. ctrl+r runs the checks."
        return list(flow(plain(told, "$muted"), width))
    where = f" on {clean(bench.variant.title)}" if bench.variant else ""
    told = f"Running{where} … {len(bench.checks)} of {len(checks)} checks."
    made = [*flow(plain(told, "bold"), width), BLANK]
    for check in checks:
        found = bench.checks.get(check.id)
        status = found.status if found else ("now" if bench.now == check.id else "")
        made += check_lines(check, status, glyphs, width)
    return made


def _verdict(bench: Bench, result: RunResult, glyphs: Glyphs, width: int) -> list[Line]:
    if result.passed:
        return _passed(bench, result, glyphs, width)
    failed = result.first_failure
    if result.stopped == "cancelled":
        return list(flow(plain("You stopped the run. Nothing of it counts.", "bold"), width))
    if failed is None:
        return list(flow(plain(f"The run was stopped: {result.stopped}", "$wrong"), width))
    made = _title(f"{glyphs.cross} {failed.title}", "bold $wrong", result, width)
    made += [BLANK, *flow(plain(failed.message or result.stopped), width)]
    if failed.expected or failed.got:
        made += [BLANK, *compared(failed.expected, failed.got, width)]
    return made + _where(failed, width)


def _passed(bench: Bench, result: RunResult, glyphs: Glyphs, width: int) -> list[Line]:
    told = "s shows a model solution and why it is so. esc leaves; all is saved."
    if bench.form in SHORT:
        told = NEXT
    title = f"{glyphs.check} All {len(result.checks)} checks pass"
    return [
        *_title(title, "bold $right", result, width),
        BLANK,
        *flow(plain(told), width),
        *flow(plain("N writes down what it was like, or one of your own.", "$muted"), width),
    ]


def _title(text: str, style: str, result: RunResult, width: int) -> list[Line]:
    return list(flow(ticked(text, style) + plain(f"  {result.ms:.0f} ms", "$muted"), width))


def _where(failed: CheckResult, width: int) -> list[Line]:
    if not failed.line:
        return []
    lead = plain(f"{failed.file}:{failed.line}  ", "$muted")
    code = flow(plain(failed.code.strip(), "$wrong"), width, first=lead, rest="    ")
    return [BLANK, *on(code, ground=layout.GROUND)]


def _help(bench: Bench, failed: CheckResult, width: int) -> list[Line]:
    """The mistake it looks like, the hints that are open, and the keys that help on from here."""
    made: list[Line] = []
    known = bench.known
    if len(known) > 1:
        made += [BLANK, *flow(plain("It may be one of these:", "$muted"), width)]
    for mistake in known:
        made += [BLANK, *on(flow(inline(mistake.explanation), width), bar="$accent")]
    check = next((check for check in bench.lab.checks if check.id == failed.id), None)
    opened = bench.hints.get(failed.id, 0)
    if check and opened:
        made += [BLANK, *hint_lines(check, opened, width)]
    keys = []
    if bench.hints_left > 0:
        keys.append(f"h {'next' if opened else 'first'} hint of {bench.hints_left + opened}")
    if failed.line:
        keys.append("l goes to the line")
    told = " · ".join(keys)
    return [*made, BLANK, *flow(plain(told, "$muted"), width)] if keys else made


def _numbers(changes: Sequence[Change], width: int) -> list[Line]:
    before = any(change.first is not None for change in changes)
    told = plain("  first run → this run", "$muted") if before else plain("")
    made = list(flow(plain("Measured", "bold") + told, width))
    for change in changes:
        made += flow(_number(change), width, first="  ", rest="    ")
    return made


def _number(change: Change) -> Content:
    """``41 → 3 queries  what it counts · last run 12``."""
    now = words((number(change.now), "bold $accent"), f" {clean(change.unit)}".rstrip())
    name = plain(f"  {clean(change.name)}", "$muted")
    if change.first is None:
        return now + name
    last = change.last
    if last is not None and last not in (change.now, change.first):
        name += plain(f" · last run {number(last)}", "$muted")
    return plain(f"{number(change.first)} → ") + now + name


def number(value: float) -> str:
    """A number as a person writes it."""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.4g}"
