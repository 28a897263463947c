"""What a learner would still know: recall of questions, rolled up to lessons and modules."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexus_tui.course.model import Outline
from nexus_tui.course.value import value
from nexus_tui.learner import progress
from nexus_tui.learner.ids import micros
from nexus_tui.learner.memory import retention

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

DAY = 86_400_000_000
"""Microseconds."""
LEVELS = (
    (0.85, "known well"),
    (0.6, "mostly known"),
    (0.35, "half known"),
    (0.0, "beginning"),
)


@value
class Recall:
    """Predicted recall, 0 to 1: today, and in 30 days if nothing is done."""

    now: float = 0.0
    later: float = 0.0
    met: int = 0
    total: int = 0

    @property
    def level(self) -> int:
        """0 (not met) to 4 (known well), for the glyph."""
        if not self.met or self.now <= 0:
            return 0
        return next(4 - i for i, (bound, _) in enumerate(LEVELS) if self.now >= bound)

    @property
    def words(self) -> str:
        """The same in words."""
        return LEVELS[4 - self.level][1] if self.level else "not met"


def mean(parts: Iterable[Recall]) -> Recall:
    """Recall of a whole from its parts, each weighing the same."""
    all_parts = list(parts)
    if not all_parts:
        return Recall()
    return Recall(
        sum(p.now for p in all_parts) / len(all_parts),
        sum(p.later for p in all_parts) / len(all_parts),
        sum(p.met for p in all_parts),
        sum(p.total for p in all_parts),
    )


class Knowledge:
    """The recall map. Reads cards once for any number of lessons."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor
        self._owners: tuple[Outline | None, dict[str, str]] = (None, {})

    def map(self, days: int = 30) -> dict[str, Recall]:
        """Recall of every lesson and module, by id; with 0 ``days`` nothing is foreseen."""
        sums = self._sums(days)
        passed = progress.labs_passed(self._tutor.record)
        made: dict[str, Recall] = {}
        for module in self._tutor.course.outline().modules.values():
            labs = Counter(lab.lesson for lab in module.labs)
            done = Counter(lab.lesson for lab in module.labs if lab.id in passed)
            for head in module.lessons:
                id = head.id
                made[id] = _lesson(len(head.questions), sums.get(id), labs[id], done[id])
            made[module.id] = mean([made[head.id] for head in module.lessons])
        return made

    def _sums(self, days: int) -> dict[str, list[float]]:
        """By lesson: the recall of its questions now and in some days, and how many were met."""
        owners = self.owners()
        at = micros(self._tutor.record.now())
        sums: dict[str, list[float]] = {}
        for question, stability, last in progress.memories(self._tutor.record):
            if (owner := owners.get(question)) is None:
                continue
            if (entry := sums.get(owner)) is None:
                entry = sums[owner] = [0.0, 0.0, 0]
            ago = max(0, (at - last) // DAY)
            now = retention(ago, stability)
            entry[0] += now
            entry[1] += retention(ago + days, stability) if days else now
            entry[2] += 1
        return sums

    def owners(self) -> dict[str, str]:
        """The lesson or challenge of each question of the course, by id."""
        outline = self._tutor.course.outline()
        if self._owners[0] is not outline:
            modules = outline.modules.values()
            found = {q: head.id for m in modules for head in m.challenges for q in head.steps}
            found |= {q: head.id for m in modules for head in m.lessons for q in head.questions}
            self._owners = (outline, found)
        return self._owners[1]


def _lesson(questions: int, sums: list[float] | None, labs: int, passed: int) -> Recall:
    """Mean over the lesson's questions, and its labs: 1 when passed, 0 when not."""
    total = questions + labs
    if not total:
        return Recall()
    now, later, met = sums or (0.0, 0.0, 0)
    return Recall((now + passed) / total, (later + passed) / total, int(met) + passed, total)
