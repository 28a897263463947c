"""One line for each thing the learner feels."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Judge = Literal["ratio", "difference", "value"]
HEAD = ("what the learner feels", "ours", "reference", "ratio", "budget", "ok")
WIDTHS = (58, 12, 12, 8, 12, 4)


@dataclass(frozen=True, slots=True)
class Row:
    """A measurement and the budget it is held to; ``budget`` 0 with no ``judge`` is shown only."""

    what: str
    ours: float
    reference: float | None = None
    budget: float | None = None
    judge: Judge = "ratio"
    unit: str = "ms"

    @property
    def judged(self) -> float:
        """The number that the budget speaks of."""
        if self.judge == "value" or self.reference is None:
            return self.ours
        if self.judge == "difference":
            return self.ours - self.reference
        return self.ours / self.reference

    @property
    def ok(self) -> bool:
        """Within its budget, or without one."""
        return self.budget is None or self.judged <= self.budget

    def cells(self) -> tuple[str, ...]:
        """The line's columns."""
        ratio = f"{self.ours / self.reference:.2f}" if self.reference else ""
        verdict = "" if self.budget is None else "yes" if self.ok else "NO"
        return (self.what, self._amount(self.ours), self._amount(self.reference), ratio,
                self._budget(), verdict)  # fmt: skip

    def _amount(self, value: float | None) -> str:
        return "" if value is None else f"{value:.{1 if value < 100 else 0}f} {self.unit}"

    def _budget(self) -> str:
        if self.budget is None:
            return ""
        if self.judge == "ratio":
            return f"{self.budget:g} x"
        return f"{'+' if self.judge == 'difference' else ''}{self.budget:g} {self.unit}"


def shown(cells: Iterable[str]) -> str:
    """Columns in their widths: the first to the left, the others to the right."""
    first, *others = cells
    rest = (f"{cell:>{width}}" for cell, width in zip(others, WIDTHS[1:], strict=True))
    return f"{first:<{WIDTHS[0]}}{''.join(rest)}"
