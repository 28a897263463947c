"""What the linter found."""

import json
from dataclasses import asdict, dataclass, field

from nexus_tui.course.problems import Problem


@dataclass(frozen=True, slots=True)
class Bias:
    """Whether the form of options gives the right one away, over a module."""

    questions: int
    """``choice`` questions that were counted."""
    longest: float
    """How many have the right option as the longest; a tie counts in part."""
    expected_longest: float
    """How many would by chance."""
    longest_chi2: float
    positions: tuple[int, ...]
    """How often the right option stands first, second, … in the file."""
    position_chi2: float


@dataclass(frozen=True, slots=True)
class Report:
    """Every problem of a course, by file and line, and numbers about it."""

    problems: tuple[Problem, ...]
    counts: dict[str, int] = field(default_factory=dict)
    bias: dict[str, Bias] = field(default_factory=dict)
    """By module."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be mended."""
        return tuple(item for item in self.problems if item.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What should be looked at."""
        return tuple(item for item in self.problems if item.severity == "warning")

    @property
    def exit_code(self) -> int:
        """1 when there are errors."""
        return 1 if self.errors else 0

    def json(self) -> str:
        """Return the whole report as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2)

    def __str__(self) -> str:
        rows = [_row(problem) for problem in self.problems]
        counts = ", ".join(f"{number} {what}" for what, number in self.counts.items())
        found = f"{len(self.errors)} errors, {len(self.warnings)} warnings"
        return "\n".join([*rows, f"{found} in {counts}." if counts else f"{found}."])


def _row(problem: Problem) -> str:
    return f"warning: {problem}" if problem.severity == "warning" else str(problem)
