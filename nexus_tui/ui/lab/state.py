"""What is known of a lab on the screen: what ran, what was found, which hints are open."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nexus_tui.course.model import Lab, LabCheck, LabMistake
from nexus_tui.errors import NexusError
from nexus_tui.labs.certificate import Certificate
from nexus_tui.labs.protocol import CheckResult, RunResult
from nexus_tui.labs.verdict import STATUSES
from nexus_tui.learner.labhistory import Change, Moment
from nexus_tui.tutor.mistakes import looks_like

if TYPE_CHECKING:
    from nexus_tui.labs.engines import Variant


@dataclass
class Bench:
    """A lab on the screen; the pages are drawn from it."""

    lab: Lab
    certificate: Certificate | None = None
    running: bool = False
    result: RunResult | None = None
    error: NexusError | None = None
    checks: dict[str, CheckResult] = field(default_factory=dict)
    stale: bool = False
    """The files are no longer those that ran."""
    changes: Sequence[Change] = ()
    """The numbers of the last run beside those of earlier ones."""
    hints: dict[str, int] = field(default_factory=dict)
    """Hints opened, by check."""
    form: str = "blank"
    """What the files began as: one of `nexus_tui.labs.fading`'s forms."""
    variants: "Sequence[Variant]" = ()
    """Other engines, when they are known."""
    variant: "Variant | None" = None
    """The engine runs go to; None is the embedded one."""

    def begin(self) -> None:
        """A run starts."""
        self.running, self.result, self.error = True, None, None
        self.checks, self.changes, self.stale = {}, (), False

    def recall(self, last: Moment, *, same: bool) -> None:
        """What is known from before: hints stay open, checks hold for the ``same`` files."""
        for check in self.lab.checks:
            if opened := min(last.hinted.get(check.id, 0), len(check.hints)):
                self.hints[check.id] = opened
            status = last.checks.get(check.id, "")
            if same and status in STATUSES:
                self.checks[check.id] = CheckResult(check.id, check.title, status)

    def hear(self, event: CheckResult) -> None:
        """A check has come in."""
        self.checks[event.id] = event

    def end(self, result: RunResult, changes: Sequence[Change] = ()) -> None:
        """The run is over."""
        self.running, self.result, self.changes = False, result, changes
        self.checks = {check.id: check for check in result.checks}

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
    def now(self) -> str:
        """Id of the check that runs, "" when none does."""
        if not self.running:
            return ""
        return next((check.id for check in self.lab.checks if check.id not in self.checks), "")

    @property
    def hints_opened(self) -> int:
        """How many hints were opened."""
        return sum(self.hints.values())

    @property
    def hints_left(self) -> int:
        """How many more the check that fails first has."""
        check = self._check_of(self.failed)
        return len(check.hints) - self.hints.get(check.id, 0) if check else 0

    def open_hint(self) -> bool:
        """Open the next hint of the check that fails first; False when there is none."""
        check = self._check_of(self.failed)
        if check is None or self.hints_left <= 0:
            return False
        self.hints[check.id] = self.hints.get(check.id, 0) + 1
        return True

    def next_engine(self) -> "Variant | None":
        """Go to the next engine that is there; the embedded one follows the last."""
        there = [None, *(one for one in self.variants if one.available)]
        at = there.index(self.variant) if self.variant in there else 0
        self.variant = there[(at + 1) % len(there)]
        return self.variant

    @property
    def known(self) -> tuple[LabMistake, ...]:
        """The known mistakes this failure looks like."""
        return looks_like(self.lab, self.result) if self.result else ()

    def _check_of(self, failed: CheckResult | None) -> LabCheck | None:
        return next((c for c in self.lab.checks if failed and c.id == failed.id), None)
