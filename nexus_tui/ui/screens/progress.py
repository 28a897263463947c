"""Progress: what one would know today and in 30 days, how it went, what comes."""

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.widget import Widget

from nexus_tui.learner import stats
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.tutor.today import View
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

BLOCKS = " ▁▂▃▄▅▆▇█"


class ProgressScreen(NexusScreen):
    """One page of bars, each with a sentence that says what it shows."""

    PLACE = "progress"
    BINDINGS = [
        Binding("enter", "open", "Open module"),
        Binding("tab", "item(1)", "Next module"),
        Binding("shift+tab", "item(-1)", show=False),
    ]

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="progress")

    def on_mount(self) -> None:
        """Stand on the page."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """Things may have changed."""
        self._view = self.nexus.attempt(self.tutor.today.view)
        self.query_one(Pane).show(self.lay_out, keep=True)

    def lay_out(self, width: int) -> Sequence[Line]:
        """Recall, answers, calibration, forecast."""
        view = self._view
        if view is None:
            return []
        if not view.totals.answers:
            return [
                BLANK,
                *flow(plain("Nothing answered yet.", "bold"), width),
                BLANK,
                *flow(
                    plain(
                        "Answer a few questions in Learn; what you know, and how long it "
                        "will last, is drawn here."
                    ),
                    width,
                ),
            ]
        return [
            BLANK,
            *self._recall(view, width),
            BLANK,
            *self._answers(view, width),
            BLANK,
            *self._calibration(width),
            BLANK,
            *self._forecast(width),
            BLANK,
        ]

    def _recall(self, view: View, width: int) -> list[Line]:
        made = [
            *_title("What you would still know", width),
            *flow(
                plain(
                    "The chance to answer a module's questions right: today, and in 30 days "
                    "if nothing is done.",
                    "$muted",
                ),
                width,
            ),
            BLANK,
        ]
        for group in view.groups:
            for id in group.modules:
                if module := view.modules.get(id):
                    made += on([self._bar(module.title, view.recall[id], width)], item=id)
        return made

    def _bar(self, title: str, recall: Recall, width: int) -> Line:
        room = max(width - 26 - 4 - 22, 6)
        now, later = round(recall.now * room), round(recall.later * room)
        bar = words(
            (self.glyphs.bar * later, "$primary"),
            (self.glyphs.bar * (now - later), "$primary 55%"),
            (self.glyphs.rest * (room - now), "$rule"),
        )
        told = (
            f"{recall.now:>4.0%} {recall.later:>4.0%}  {recall.words}" if recall.met else "not met"
        )
        return Line(words(self.glyphs.recall(recall), " ", f"{title:<22.22}", bar, f" {told}"))

    def _answers(self, view: View, width: int) -> list[Line]:
        days = view.days[-28:]
        most = max((day.answers for day in days), default=0) or 1
        bars = "".join(_column(day.answers, most) for day in days)
        recent = sum(day.answers for day in days)
        right = sum(day.right for day in days)
        share = f", {right / recent:.0%} right" if recent else ""
        return [
            *_title("Answers a day", width),
            *flow(
                plain(
                    f"The last four weeks, oldest left: {recent} answers{share}; "
                    f"the most on a day was {most}.",
                    "$muted",
                ),
                width,
            ),
            Line(plain(bars, "$primary")),
        ]

    def _calibration(self, width: int) -> list[Line]:
        bins = [b for b in stats.calibration(self.tutor.record) if b.n]
        made = _title("Are you right when you are sure?", width)
        if not bins:
            return [
                *made,
                *flow(
                    plain(
                        "Say how sure you are before an answer is shown, and this "
                        "tells how often you were right.",
                        "$muted",
                    ),
                    width,
                ),
            ]
        names = {"guess": "a guess", "think": "I think so", "sure": "sure"}
        for found in bins:
            told = f"{names[found.confidence]:<12} {found.share:>4.0%} right of {found.n}"
            claim = f"  (the word claims {found.claim:.0%})"
            made += flow(words(told, (claim, "$muted")), width, rest=" " * 13)
        brier = stats.brier(self.tutor.record)
        if brier is not None:
            made += flow(
                plain(f"Brier score {brier:.2f}: 0 is perfect, 0.25 is a coin.", "$muted"), width
            )
        return made

    def _forecast(self, width: int) -> list[Line]:
        due = stats.due_forecast(self.tutor.record, 30)
        most = max(due, default=0) or 1
        return [
            *_title("Reviews to come", width),
            *flow(
                plain(
                    f"The next 30 days, today left: {sum(due)} questions come back; "
                    f"{due[0] if due else 0} today.",
                    "$muted",
                ),
                width,
            ),
            Line(plain("".join(_column(n, most) for n in due), "$secondary")),
        ]

    def action_item(self, by: int) -> None:
        """The next module."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            pane.selected = items[at % len(items)]
            pane.reveal(pane.selected)

    def action_open(self) -> None:
        """Open the module one stands on."""
        if selected := self.query_one(Pane).selected:
            self.nexus.open_id(selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A module was clicked."""
        self.nexus.open_id(message.item)


def _title(text: str, width: int) -> list[Line]:
    return [Line(plain(text, "bold"))]


def _column(value: int, most: int) -> str:
    if not value:
        return "▁" if most else " "
    return BLOCKS[max(1, round(value / most * 8))]
