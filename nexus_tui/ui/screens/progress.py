"""Progress: what one would know today and in 30 days, how it went, what comes."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.widget import Widget

from nexus_tui.tutor import figures
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.plots.figures import page
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import plain
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.tutor.figures import Figures

WIDEST = 126


class ProgressScreen(NexusScreen):
    """One page of pictures, each with a sentence that says what it shows."""

    PLACE = "progress"
    BINDINGS = [
        Binding("enter", "open", "Questions behind it", key_display="enter"),
        Binding("tab", "item(1)", "Next module"),
        Binding("shift+tab", "item(-1)", "Module before", show=False),
        Binding("l", "lesson", "Lesson"),
        Binding("w", "forgive", "Forgive a week"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._found: Figures | None = None

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="progress", measure=WIDEST)

    def on_mount(self) -> None:
        """Stand on the page."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """Things may have changed."""
        self._found = self.nexus.attempt(lambda: figures.figures(self.tutor))
        self.query_one(Pane).show(self.lay_out, keep=True)
        self.refresh_bindings()

    def lay_out(self, width: int) -> Sequence[Line]:
        """All the pictures; before the first answer, what will be here."""
        if self._found is None:
            return []
        if self._found.totals.answers:
            return [BLANK, *page(self._found, width, self.glyphs), BLANK]
        hint = (
            "Answer a few questions in Learn; what you know, and how long it "
            "will last, is drawn here."
        )
        title = flow(plain("Nothing answered yet.", "bold"), width)
        return [BLANK, *title, BLANK, *flow(plain(hint), width)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What there is nothing for cannot be done."""
        found = self._found
        if action in ("open", "item", "lesson"):
            return bool(found and found.totals.answers)
        if action == "forgive":
            return bool(found and found.missed)
        return True

    def action_item(self, by: int) -> None:
        """The next module."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            pane.selected = items[at % len(items)]
            pane.reveal(pane.selected)

    def action_open(self) -> None:
        """The questions behind the module one stands on."""
        if selected := self.query_one(Pane).selected:
            self._behind(selected)
        else:
            self.action_item(1)

    def _behind(self, module: str) -> None:
        from nexus_tui.ui.screens.recall import RecallScreen

        self.app.push_screen(RecallScreen(module, place=self.PLACE))

    def action_lesson(self) -> None:
        """Open the module one stands on in Learn."""
        if selected := self.query_one(Pane).selected:
            self.nexus.open_id(selected)
        else:
            self.action_item(1)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A module was clicked."""
        message.pane.selected = message.item
        self._behind(message.item)

    def action_forgive(self) -> None:
        """Ask why the week was missed."""
        from nexus_tui.ui.screens.reason import ReasonScreen

        if self._found and (week := self._found.missed):
            title = f"The week of {week.monday.day} {week.monday:%b} was missed. Why?"
            self.app.push_screen(ReasonScreen(title, figures.REASONS), self._forgive)

    def _forgive(self, reason: str | None) -> None:
        week = self._found.missed if self._found else None
        if week and reason:
            self.nexus.attempt(lambda: figures.forgive(self.tutor, week, reason))
            self.on_screen_resume()
