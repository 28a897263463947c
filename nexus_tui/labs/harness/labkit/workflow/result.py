"""What became of a run of a workflow: its jobs, their cells and their steps."""

from __future__ import annotations

from dataclasses import dataclass, field

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from .event import Event
    from .file import Where

SUCCESS, FAILURE, SKIPPED = "success", "failure", "skipped"


@dataclass
class StepResult:
    """A step. ``outcome`` is what happened, ``conclusion`` what counts (continue-on-error)."""

    where: Where
    title: str
    outcome: str
    conclusion: str
    output: str = ""
    """What it printed, or why it was not run."""
    code: int = 0
    outputs: dict[str, str] = field(default_factory=dict)


@dataclass
class CellResult:
    """A job with one combination of its matrix."""

    name: str
    result: str
    steps: list[StepResult] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)

    @property
    def broken(self) -> StepResult | None:
        """The step that made it fail."""
        return next((step for step in self.steps if step.conclusion == FAILURE), None)


@dataclass
class JobResult:
    """A job. ``result`` is what happened; ``counts`` what it means for others and for the run."""

    name: str
    result: str
    counts: str
    cells: list[CellResult] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Hold:
    """A concurrency group that a run holds: at the workflow (``job`` is "") or for one job."""

    job: str
    group: str
    cancels: bool
    where: Where


@dataclass
class Run:
    """A run of the workflow for one event. ``jobs`` is empty when the event did not start it."""

    event: Event
    started: bool
    jobs: dict[str, JobResult] = field(default_factory=dict)
    holds: list[Hold] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What GitHub would have done, and was not done here."""

    @property
    def conclusion(self) -> str:
        """``success``, ``failure``, or "" when nothing ran."""
        counts = [job.counts for job in self.jobs.values()]
        if FAILURE in counts:
            return FAILURE
        return SUCCESS if SUCCESS in counts else ""

    @property
    def red(self) -> bool:
        """Whether the commit gets a red cross."""
        return self.conclusion == FAILURE

    @property
    def broken(self) -> StepResult | None:
        """The first step that made a job fail."""
        steps = [cell.broken for job in self.jobs.values() for cell in job.cells]
        return next((step for step in steps if step), None)

    def results(self) -> dict[str, str]:
        """The result of each job."""
        return {name: job.result for name, job in self.jobs.items()}

    def story(self) -> str:
        """All jobs in a line: ``lint success, test failure, deploy skipped``."""
        if not self.started:
            return "the workflow was not started"
        return ", ".join(f"{name} {job.result}" for name, job in self.jobs.items())
