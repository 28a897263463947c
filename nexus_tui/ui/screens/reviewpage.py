"""What the Review place says: what waits, what comes back, and when."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from rich.cells import cell_len
from textual.widget import Widget

from nexus_tui.learner.plan import Plan
from nexus_tui.tutor.review import LabDue
from nexus_tui.tutor.today import ReviewCard
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.questions.summary import returns
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane

DAYS = 7
SHORT = 10
"""Questions that enter asks on the day one comes back from a break."""
LONG = 20
"""Questions from which a first day is cut short."""
ORDER = (
    "What you were sure of and wrong about comes first, then what is least remembered. "
    "Neighbors are of different lessons; what is easily confused stands side by side."
)
WELCOME = "Welcome back. What you knew well is still there, and the rest comes back a little a day."
FORMS = {"gaps": "with gaps to fill in", "blank": "from an empty start"}


class ReviewPage(NexusScreen):
    """Draws what was counted. What the keys do is for a subclass."""

    PLACE = "review"

    def __init__(self) -> None:
        super().__init__()
        self._card = ReviewCard(0, 0.0, ())
        self._plan = Plan(0, 0)
        self._ahead: list[int] = []
        self._labs: list[LabDue] = []
        self._aside = (0, 0)
        self._back = False
        self._done_today = 0
        self._note = ""

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="review-page")

    @property
    def first(self) -> int:
        """How many enter asks: a few on the day one comes back, else all."""
        count = self._card.count
        return SHORT if self._back and count > LONG else count

    def lay_out(self, width: int) -> Sequence[Line]:
        """What waits, or when to come back."""
        made: list[Line] = []
        if self._note:
            made += [*flow(plain(self._note), width), BLANK]
        made += self._waiting(width) if self._card.count else self._quiet(width)
        return [*made, *self._labs_again(width), *self._set_aside(width), *self._rest(width)]

    def _waiting(self, width: int) -> list[Line]:
        count, minutes = self._card.count, counted(self._card.minutes, "minute")
        left = " left" if self._done_today else ""
        head = f"{counted(count, 'question')}{left} for today, about {minutes}."
        known = f"You would still know about {self._card.recall:.0%} of them; asking keeps it so."
        begin = words(("enter", "bold $accent"), " begins.")
        if self.first < count:
            begin = words(
                ("enter", "bold $accent"), f" asks the first {self.first}.   ",
                ("a", "bold $accent"), f" asks all {count}.",
            )  # fmt: skip
        made = list(flow(plain(WELCOME), width)) if self._back else []
        made += flow(plain(head, "bold"), width)
        for told in filter(None, (planned(self._plan), known)):
            made += flow(plain(told, "$muted"), width)
        return [*made, BLANK, *flow(begin, width)]

    def _labs_again(self, width: int) -> Iterable[Line]:
        """Labs that come back: each a line, with its minutes."""
        if not self._labs:
            return
        yield BLANK
        keys = words(("l", "bold $accent"), (" opens it; ", "$muted"), ("← →", "bold $accent"))
        more = words("  ", keys, (" another.", "$muted")) if len(self._labs) > 1 else ""
        one = words("  ", ("l", "bold $accent"), (" opens it.", "$muted"))
        yield from flow(words(("A lab to do again", "bold"), more or one), width)
        for lab in self._labs:
            begun = ", begun" if lab.begun else ""
            told = f"  {lab.minutes} min, {FORMS[lab.form]}{begun} · recall {lab.recall:.0%}"
            line = words(clean(lab.head.title), (told, "$muted"))
            yield from on(flow(line, width, first="  ", rest="  "), item=lab.head.id)

    def _set_aside(self, width: int) -> Iterable[Line]:
        buried, flagged = self._aside
        told = [f"{buried} not today"] if buried else []
        told += [f"{flagged} flagged"] if flagged else []
        if told:
            yield BLANK
            keys = words(("s", "bold $accent"), f" shows what is set aside: {', '.join(told)}.")
            yield from flow(keys, width)

    def _rest(self, width: int) -> Iterable[Line]:
        """Where today's questions are from, why in this order, and the next days."""
        if self._card.count:
            yield BLANK
            rows = [(clean(title), number) for title, number in self._card.modules]
            yield from self._bars(rows, width)
            yield BLANK
            yield from flow(plain(ORDER, "$muted"), width)
        yield from self._days(width)

    def _bars(self, rows: Sequence[tuple[str, int]], width: int) -> Iterable[Line]:
        """A bar for each row, one sign for one question where that fits."""
        names = min(max((cell_len(name) for name, _ in rows), default=0), max(width - 16, 4))
        most, room = max((number for _, number in rows), default=0), max(width - names - 10, 4)
        for name, number in rows:
            long = number if most <= room else max(round(number / most * room), bool(number))
            shown = plain(name, "$muted").truncate(names, ellipsis=True, pad=True)
            bar = plain(self.glyphs.day * long, "$primary")
            count = plain(f" {number}" if number else self.glyphs.dot, "" if number else "$muted")
            yield Line(words("  ", shown, "  ", bar, count))

    def _quiet(self, width: int) -> list[Line]:
        reviews = self.tutor.quiz.reviews
        if not any(self._ahead) and not reviews.met:
            return [
                *flow(plain("Nothing to review yet.", "bold"), width),
                *flow(plain("Questions you answer come back here, just before you would forget "
                            "them. Begin with a lesson.", "$muted"), width),
            ]  # fmt: skip
        return [
            *flow(plain("Nothing is due. Well kept.", "bold"), width),
            *flow(plain(returns(reviews.next()), "$muted"), width),
        ]

    def _days(self, width: int) -> Iterable[Line]:
        """The next days, a bar each."""
        days = self._ahead[1:]
        if not any(days):
            return
        today = self.tutor.today.date
        rows = [(f"{today + timedelta(days=n):%a}", count) for n, count in enumerate(days, 1)]
        yield BLANK
        yield Line(plain("The next days", "$muted"))
        yield from self._bars(rows, width)


def planned(plan: Plan) -> str:
    """For how many days of how many questions, where a day does not do; else ""."""
    if plan.days == 1:
        return ""
    if not plan.days:
        return (
            f"At {plan.a_day} a day it takes longer than three months to ask all you have met. "
            "What is worth most comes first, and none is left out."
        )
    return (
        f"At {plan.a_day} a day you have caught up in {plan.days} days, what is worth most first."
    )
