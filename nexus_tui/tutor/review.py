"""Review: today's questions, how a pile of them goes away, labs that come back, what is aside."""

from typing import TYPE_CHECKING, Literal

from nexus_tui.course.model import LabHead
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import aside, events, plan, queue, stats
from nexus_tui.learner.aside import Flag
from nexus_tui.learner.plan import Plan

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.bench import Opened

LABS = 3
"""Labs offered a day, at most: each takes as long as many questions."""
SHORTER = 3
"""So many times shorter is a lab of which only the gaps have to be filled."""


@value
class LabDue:
    """A lab that was passed and is about to be forgotten."""

    head: LabHead
    recall: float
    form: Literal["gaps", "blank"]
    """What it begins as: the shortest form that still has to be remembered."""
    minutes: int
    begun: bool
    """It was begun again already: the files are not put back."""


class Reviews:
    """What the Review place does."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor
        self._plan: tuple[object, Plan] = (None, Plan(0, 0))

    # Questions

    def due(self) -> list[queue.Due]:
        """What is left to ask today, in the order to ask; only what the course has."""
        tutor = self._tutor
        modules = tutor.course.outline().modules.values()
        return queue.due(
            tutor.record,
            limit=self.a_day,
            known=tutor.knowledge.owners().__contains__,
            pairs=[pair for module in modules for pair in module.confusable],
        )

    @property
    def a_day(self) -> int:
        """Questions for today: the learner's limit; after a break only as many as will do."""
        cap = self._tutor.settings.daily_cap
        return cap if plan.returned(self._tutor.record) is None else min(self.plan().a_day, cap)

    def plan(self) -> Plan:
        """How what waits goes away. Made once a day: it stays while one follows it."""
        tutor = self._tutor
        cap = tutor.settings.daily_cap
        key = (tutor.today.date, cap, tutor.course.version)
        if self._plan[0] != key:
            known = tutor.knowledge.owners().__contains__
            self._plan = (key, plan.make(tutor.record, cap, known))
        return self._plan[1]

    @property
    def back(self) -> bool:
        """Whether this is the first day after a break."""
        return plan.returned(self._tutor.record) == 0

    @property
    def met(self) -> int:
        """How many questions were ever answered."""
        return stats.totals(self._tutor.record).questions

    @property
    def done(self) -> int:
        """Review answers given today."""
        return queue.reviewed(self._tutor.record)

    def ahead(self, days: int = 8) -> list[int]:
        """How many questions there will be today and on each of the days after it."""
        asked = self.plan().asked
        if len(asked) > 1:
            return [*asked, *[0] * days][:days]
        falling = stats.due_forecast(self._tutor.record, days)
        falling[1] += len(self.buried())
        return falling

    def next(self, days: int = 31) -> tuple[int, int] | None:
        """In how many days questions come back, and how many; None when none do in ``days``."""
        ahead = self.ahead(days)
        return next(((day, n) for day, n in enumerate(ahead) if day and n), None)

    def undo(self) -> str:
        """Take today's last answer back, wherever it was given; its question, or "".

        Raises NexusError when that could not be saved; the answer stands then.
        """
        record = self._tutor.record
        rows = record.rows("SELECT max(event) FROM card")
        last = events.event(record, rows[0][0] or "")
        if last is None or last.time.astimezone().date() != self._tutor.today.date:
            return ""
        return events.undo(record, last.id).subject

    # Set aside

    def buried(self) -> list[str]:
        """Questions that are not asked again today."""
        return aside.buried(self._tutor.record)

    def flags(self) -> list[Flag]:
        """Questions worth another look, newest first."""
        return aside.flags(self._tutor.record)

    def flagged(self, question: str) -> Flag | None:
        """How a question was flagged, None when it is not."""
        return aside.flagged(self._tutor.record, question)

    def bury(self, question: str, on: bool = True) -> None:
        """Not today; or, with ``on`` false, today after all. NexusError if not saved."""
        aside.bury(self._tutor.record, question, on)

    def flag(self, question: str, text: str = "", on: bool = True) -> None:
        """Worth another look; or, with ``on`` false, no more. NexusError if not saved."""
        aside.flag(self._tutor.record, question, text, on)

    # Labs

    def labs(self) -> list[LabDue]:
        """Labs that are about to be forgotten, the least remembered first, a few."""
        heads = {
            head.id: head
            for module in self._tutor.course.outline().modules.values()
            for head in module.labs
            if not head.problem
        }
        due = [lab for lab in queue.labs_due(self._tutor.record) if lab.lab in heads]
        return [self._lab(heads[lab.lab], lab) for lab in due[:LABS]]

    def _lab(self, head: LabHead, due: queue.LabDue) -> LabDue:
        begun = due.began if due.began in ("gaps", "blank") else ""
        form: Literal["gaps", "blank"] = "blank"
        if begun == "gaps" or (not begun and self._has_gaps(head.id)):
            form = "gaps"
        minutes = -(-head.minutes // SHORTER) if form == "gaps" else head.minutes
        return LabDue(head, due.recall, form, minutes, bool(due.began))

    def _has_gaps(self, lab: str) -> bool:
        try:
            return any(step.gaps for step in self._tutor.course.lab(lab).steps)
        except NexusError:
            return False

    def begin(self, due: LabDue) -> "Opened":
        """Open a lab to do it again: from its shortest form, unless that was begun already.

        What was in its files stays in the record. Raises NexusError when a file cannot be written.
        """
        bench = self._tutor.bench
        opened = bench.open(due.head.id)
        if due.begun:
            return opened
        try:
            bench.fading.choose(opened, due.form)
        except NexusError:
            if due.form == "blank":
                raise
            bench.fading.choose(opened, "blank")
        return opened
