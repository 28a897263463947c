"""What a learner would still know: recall of questions, rolled up to lessons and modules."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from nexus_tui.course.model import Outline
from nexus_tui.course.value import value
from nexus_tui.learner import progress
from nexus_tui.learner.memory import retention
from nexus_tui.tutor import kept

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

AHEAD = 30
"""Days that a forecast looks ahead."""
WORTH_KEEPING = 1_000
"""Questions met from which it is quicker to read sums than to add up."""
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
        self._made: tuple[list[object], dict[str, Recall]] = ([], {})

    def map(self) -> dict[str, Recall]:
        """Recall of every lesson and module, by id. The same for a whole day, but for answers."""
        tutor = self._tutor
        key = [tutor.course.version, tutor.today.date.isoformat(), *progress.mark(tutor.record)]
        if self._made[0] != key:
            self._made = (key, self._map(key))
        return self._made[1]

    def _map(self, key: list[object]) -> dict[str, Recall]:
        sums = self._sums(key)
        made: dict[str, Recall] = {}
        for module in self._tutor.course.outline().modules.values():
            labs = Counter(lab.lesson for lab in module.labs)
            for head in module.lessons:
                id = head.id
                made[id] = _lesson(len(head.questions) + labs[id], sums.get(id))
            made[module.id] = mean([made[head.id] for head in module.lessons])
        return made

    def _sums(self, key: list[object]) -> kept.Sums:
        path = self._tutor.places.cache / "recall.json"
        found = kept.load(path, key)
        if found is None:
            found = self._add_up()
            if sum(entry[2] for entry in found.values()) > WORTH_KEEPING:
                kept.save(path, key, found)
        return found

    def _add_up(self) -> kept.Sums:
        owners, record = self.owners() | self._labs(), self._tutor.record
        sums: dict[str, list[float]] = {}
        for id, stability, ago in chain(progress.memories(record), progress.lab_memories(record)):
            if (owner := owners.get(id)) is None:
                continue
            if (entry := sums.get(owner)) is None:
                entry = sums[owner] = [0.0, 0.0, 0]
            entry[0] += retention(ago, stability)
            entry[1] += retention(ago + AHEAD, stability)
            entry[2] += 1
        return sums

    def _labs(self) -> dict[str, str]:
        """The lesson of each lab."""
        modules = self._tutor.course.outline().modules.values()
        return {lab.id: lab.lesson for module in modules for lab in module.labs}

    def owners(self) -> dict[str, str]:
        """The lesson or challenge of each question of the course, by id."""
        outline = self._tutor.course.outline()
        if self._owners[0] is not outline:
            modules = outline.modules.values()
            found = {q: head.id for m in modules for head in m.challenges for q in head.steps}
            found |= {q: head.id for m in modules for head in m.lessons for q in head.questions}
            self._owners = (outline, found)
        return self._owners[1]


def _lesson(total: int, sums: list[float] | None) -> Recall:
    """Mean over all there is to know of a lesson: its questions, and its labs likewise."""
    if not total:
        return Recall()
    now, later, met = sums or (0.0, 0.0, 0)
    return Recall(now / total, later / total, int(met), total)
