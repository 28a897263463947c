"""The pages of the lab screen, drawn from what is known of the run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from nexus_tui.course.model import Lab, LabCheck, LabMistake
from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.ui import layout
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import clean, inline, plain, ticked, words


@dataclass
class Bench:
    """A lab on the screen: what ran, what was found, which hints are open."""

    lab: Lab
    running: bool = False
    result: RunResult | None = None
    error: NexusError | None = None
    checks: dict[str, CheckResult] = field(default_factory=dict)
    measures: list[Measure] = field(default_factory=list)
    hints: dict[str, int] = field(default_factory=dict)
    """Hints opened, by check."""

    def begin(self) -> None:
        """A run starts."""
        self.running, self.result, self.error = True, None, None
        self.checks, self.measures = {}, []

    def hear(self, event: CheckResult | Measure) -> None:
        """Something came from the child."""
        if isinstance(event, Measure):
            self.measures.append(event)
        else:
            self.checks[event.id] = event

    def end(self, result: RunResult) -> None:
        """The run is over."""
        self.running, self.result = False, result
        self.checks = {check.id: check for check in result.checks}
        self.measures = list(result.measures)

    def fail(self, error: NexusError) -> None:
        """The run could not be made."""
        self.running, self.error = False, error

    @property
    def passed(self) -> bool:
        """Whether the last run passed."""
        return self.result is not None and self.result.passed

    @property
    def failed(self) -> CheckResult | None:
        """The check to mend first."""
        return self.result.first_failure if self.result else None

    @property
    def hints_opened(self) -> int:
        """How many hints were opened."""
        return sum(self.hints.values())

    def open_hint(self) -> bool:
        """Open the next hint of the check that fails first; False when there is none."""
        check = self._check_of(self.failed)
        if check is None or self.hints.get(check.id, 0) >= len(check.hints):
            return False
        self.hints[check.id] = self.hints.get(check.id, 0) + 1
        return True

    @property
    def known(self) -> LabMistake | None:
        """The known mistake this failure looks like; none when several would look the same."""
        failed = self.failed
        if failed is None:
            return None
        said = " ".join((failed.message, failed.expected, failed.got))
        alike = [m for m in self.lab.mistakes if m.fails == failed.id and m.says in said]
        return alike[0] if len(alike) == 1 else None

    def _check_of(self, failed: CheckResult | None) -> LabCheck | None:
        return next((c for c in self.lab.checks if failed and c.id == failed.id), None)


def brief(bench: Bench, module: str, glyphs: Glyphs, width: int) -> Sequence[Line]:
    """Where we are, what to do, the checks, the hints opened."""
    lab = bench.lab
    made = [
        *flow(plain(f"{module} · about {lab.head.minutes} min", "$muted"), width),
        *flow(plain(lab.head.title, "bold"), width),
        BLANK,
        *layout.lines(lab.brief, width),
        BLANK,
        Line(plain("Checks", "bold")),
    ]
    for check in lab.checks:
        found = bench.checks.get(check.id)
        sign, style = glyphs.status(found.status if found else "")
        made += flow(ticked(check.title), width, first=plain(f"{sign} ", style), rest="  ")
        for number, hint in enumerate(check.hints[: bench.hints.get(check.id, 0)], 1):
            lead = plain(f"  Hint {number} of {len(check.hints)}: ", "$accent")
            made += on(flow(inline(hint), width, first=lead, rest="    "))
    return [*made, BLANK, *_keys(bench, width)]


def _keys(bench: Bench, width: int) -> list[Line]:
    if bench.running:
        return list(flow(plain("Running … escape stops it.", "$muted"), width))
    told = "e edits · r runs · h hint · s solution · z starts over"
    return list(flow(plain(told, "$muted"), width))


def outcome(bench: Bench, glyphs: Glyphs, width: int) -> Sequence[Line]:
    """What happened: the first thing to mend, the numbers, the output."""
    if bench.error:
        return [
            *flow(plain(bench.error.message, "bold"), width),
            BLANK,
            *flow(plain(bench.error.hint), width),
        ]
    if bench.result is None:
        return _waiting(bench, width)
    result = bench.result
    made = _verdict(bench, result, glyphs, width)
    if result.measures:
        made += [BLANK, *_measures(result.measures, width)]
    if result.output.strip():
        made += [
            BLANK,
            Line(plain("Your code printed", "bold")),
            *layout.code(result.output.rstrip(), "output", width, "$rule"),
        ]
    return made


def _waiting(bench: Bench, width: int) -> list[Line]:
    if not bench.running:
        return list(flow(plain("Nothing has run yet. ctrl+r runs the checks.", "$muted"), width))
    done = len(bench.checks)
    return list(flow(plain(f"Running … {done} of {len(bench.lab.checks)} checks.", "bold"), width))


def _verdict(bench: Bench, result: RunResult, glyphs: Glyphs, width: int) -> list[Line]:
    if result.passed:
        told = words(
            (f"{glyphs.check} All {len(result.checks)} checks pass", "bold $right"),
            (f"  {result.ms:.0f} ms", "$muted"),
        )
        return [
            *flow(told, width),
            BLANK,
            *flow(
                plain("s shows a model solution and why it is so. esc leaves; all is saved."), width
            ),
        ]
    failed = result.first_failure
    if result.stopped == "cancelled":
        return list(flow(plain("You stopped the run. Nothing of it counts.", "bold"), width))
    if failed is None:
        return list(flow(plain(f"The run was stopped: {result.stopped}", "$wrong"), width))
    made = list(
        flow(
            words(
                (f"{glyphs.cross} {clean(failed.title)}", "bold $wrong"),
                (f"  {result.ms:.0f} ms", "$muted"),
            ),
            width,
        )
    )
    made += [BLANK, *flow(plain(failed.message or result.stopped), width)]
    made += [*_compared(failed, width), *_where(failed, width)]
    if known := bench.known:
        made += [BLANK, *on(flow(inline(known.explanation), width), bar="$accent")]
    return made


def _compared(failed: CheckResult, width: int) -> list[Line]:
    if not (failed.expected or failed.got):
        return []
    made = [BLANK]
    for name, value in (("expected", failed.expected), ("got", failed.got)):
        made += flow(plain(value), width, first=plain(f"{name:<10}", "$muted"), rest=" " * 10)
    return made


def _where(failed: CheckResult, width: int) -> list[Line]:
    if not failed.line:
        return []
    lead = plain(f"{failed.file}:{failed.line}  ", "$muted")
    return [
        BLANK,
        *on(
            flow(plain(failed.code.strip(), "$wrong"), width, first=lead, rest="    "),
            ground=layout.GROUND,
        ),
    ]


def _measures(measures: Sequence[Measure], width: int) -> list[Line]:
    made = [Line(plain("Measured", "bold"))]
    for measure in measures:
        value = (
            f"{measure.value:,.0f}" if float(measure.value).is_integer() else f"{measure.value:g}"
        )
        made += flow(
            words(
                (f"{value:>12} ", "$accent"),
                f"{clean(measure.unit)} ".lstrip(),
                (clean(measure.name), "$muted"),
            ),
            width,
        )
    return made


def solution(lab: Lab, files: Mapping[str, str], width: int) -> Sequence[Line]:
    """The model solution, and why it is so."""
    made: list[Line] = [Line(plain("A model solution", "bold $right")), BLANK]
    for name, text in files.items():
        language = {"py": "python", "sql": "sql", "yaml": "yaml", "yml": "yaml"}.get(
            name.rsplit(".", 1)[-1], "text"
        )
        made += [Line(plain(name, "$muted")), *layout.code(text, language, width), BLANK]
    return [*made, *layout.lines(lab.solution_notes, width)]
