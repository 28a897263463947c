"""What a learner would still know: recall of questions, rolled up to lessons and modules."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nexus_tui.course.model import LessonHead, Module
from nexus_tui.course.value import value
from nexus_tui.learner import progress

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

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

    def map(self, days: int = 30) -> dict[str, Recall]:
        """Recall of every lesson and module, by id; with 0 ``days`` nothing is foreseen."""
        outline = self._tutor.course.outline()
        heads = [head for module in outline.modules.values() for head in module.lessons]
        questions = [id for head in heads for id in head.questions]
        now = progress.recalls(self._tutor.record, questions)
        later = progress.recalls(self._tutor.record, questions, days=days) if days else now
        passed = {id for id, s in progress.lab_states(self._tutor.record).items() if s.passed}
        made: dict[str, Recall] = {}
        for module in outline.modules.values():
            for head in module.lessons:
                made[head.id] = _lesson(head, module, now, later, passed)
            made[module.id] = mean(made[head.id] for head in module.lessons)
        return made


def _lesson(
    head: LessonHead,
    module: Module,
    now: dict[str, float],
    later: dict[str, float],
    passed: set[str],
) -> Recall:
    """Mean over the lesson's questions, and its labs: 1 when passed, 0 when not."""
    labs = [float(lab.id in passed) for lab in module.labs if lab.lesson == head.id]
    today = [now.get(id, 0.0) for id in head.questions] + labs
    then = [later.get(id, 0.0) for id in head.questions] + labs
    if not today:
        return Recall()
    met = sum(value > 0 for value in today)
    return Recall(sum(today) / len(today), sum(then) / len(then), met, len(today))
