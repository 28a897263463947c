"""The time machine: every run of a lab, compared with the present text, and the way back."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.content import Content
from textual.screen import ModalScreen

from nexus_tui.labs.difference import Row
from nexus_tui.learner.labhistory import Moment
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui import layout
from nexus_tui.ui.lab.differences import by_file
from nexus_tui.ui.lab.moments import figures, row, title
from nexus_tui.ui.lab.solution import language
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.text import plain
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

NONE = "Nothing has run yet. Each run is kept here, with your files as they were."


class HistoryScreen(ModalScreen[Moment | None]):
    """Arrows go through time, enter brings a time back; what is there now is kept as well."""

    DEFAULT_CSS = """
    HistoryScreen { align: center middle; background: $background 60%; }
    HistoryScreen > #times { layout: horizontal; width: 96%; height: 92%; max-width: 140;
        background: $surface; border: round $primary; border-title-color: $accent;
        border-subtitle-color: $muted; }
    HistoryScreen Pane { background: $surface; }
    HistoryScreen #moments { width: 44; padding: 1 0 0 0; }
    HistoryScreen #then { width: 1fr; border-left: vkey $rule; padding: 1 0 0 0; }
    HistoryScreen.-thin #times { layout: vertical; }
    HistoryScreen.-thin #moments { width: 1fr; height: 6; padding: 0; }
    HistoryScreen.-thin #then { border-left: none; border-top: hkey $rule; padding: 0; }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-thin"), (100, "-roomy")]
    BINDINGS = [
        Binding("escape,q,backspace,t", "close", "Close", key_display="esc"),
        Binding("enter,r", "restore", "Go back to this time"),
        Binding("down,j", "move(1)", "Earlier", priority=True),
        Binding("up,k", "move(-1)", "Later", priority=True),
        Binding("home,g", "move(-9999)", "Newest", show=False, priority=True),
        Binding("end,G", "move(9999)", "Oldest", show=False, priority=True),
        Binding("pagedown,space", "page(1)", "Read on", show=False, priority=True),
        Binding("pageup,b", "page(-1)", "Read back", show=False, priority=True),
        Binding("d", "whole", "All of the text, or what changed"),
    ]

    def __init__(self, opened: Opened) -> None:
        super().__init__()
        self._opened = opened
        self._moments: list[Moment] = []
        self._texts: dict[str, str] = {}
        self._differs: dict[str, list[Row]] = {}
        self._whole = False

    @property
    def _nexus(self) -> "NexusApp":
        return cast("NexusApp", self.app)

    def compose(self) -> ComposeResult:
        """The times, and what was then."""
        with Container(id="times") as box:
            box.border_title = Content(" Runs ")
            box.border_subtitle = Content(" ↑↓ · enter goes back to it · d all of it · esc ")
            yield Pane(self._list, id="moments")
            yield Pane(self._then, id="then")

    def on_mount(self) -> None:
        """Begin at the newest."""
        history = self._nexus.tutor.bench.history
        found = self._nexus.attempt(lambda: history.moments(self._opened))
        self._moments = list(reversed(found or []))
        pane = self.query_one("#moments", Pane)
        pane.show(self._list)
        pane.focus()
        if self._moments:
            self._choose(self._moments[0].id)

    @property
    def _at(self) -> Moment | None:
        chosen = self.query_one("#moments", Pane).selected
        return next((moment for moment in self._moments if moment.id == chosen), None)

    # The list

    def _list(self, width: int) -> Sequence[Line]:
        if not self._moments:
            return list(flow(plain(NONE, "$muted"), width))
        made: list[Line] = []
        for moment in self._moments:
            made += flow(
                row(moment, self._when(moment), self._nexus.glyphs),
                width,
                rest="    ",
                item=moment.id,
            )
        return made

    def _when(self, moment: Moment) -> str:
        record = self._nexus.tutor.record
        local = record.local(moment.time)
        today = local.date() == record.today()
        return local.strftime("%H:%M:%S") if today else local.strftime("%d %b %H:%M")

    # What was then

    def _then(self, width: int) -> Sequence[Line]:
        moment = self._at if self._moments else None
        if moment is None:
            return []
        made = [*flow(title(moment, self._when(moment)), width), *figures(moment, width), BLANK]
        if self._whole:
            for name, text in self._texts.items():
                made += [Line(plain(name, "bold")), *layout.code(text, language(name), width)]
                made.append(BLANK)
            return made
        if not any(self._differs.values()):
            return [*made, *flow(plain("The same as what you have.", "$muted"), width)]
        return [*made, *by_file(self._differs, width, "then", "what you have", "the same")]

    # Keys

    def action_move(self, by: int) -> None:
        """Another time."""
        pane = self.query_one("#moments", Pane)
        items = pane.items
        if items:
            at = items.index(pane.selected) if pane.selected in items else 0
            self._choose(items[max(0, min(at + by, len(items) - 1))])

    def _choose(self, item: str) -> None:
        pane = self.query_one("#moments", Pane)
        pane.selected = item
        pane.reveal(item)
        self._nexus.attempt(self._read)
        self.query_one("#then", Pane).show(self._then)

    def _read(self) -> None:
        """What was then, and how it differs from now. NexusError when it cannot be read."""
        self._texts, self._differs = {}, {}
        if moment := self._at:
            history = self._nexus.tutor.bench.history
            self._texts = history.texts(self._opened, moment)
            self._differs = history.compare(self._opened, moment)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A time was clicked."""
        if message.pane.id == "moments":
            self._choose(message.item)

    def action_page(self, by: int) -> None:
        """Read on in what was then."""
        self.query_one("#then", Pane).action_page(by)

    def action_whole(self) -> None:
        """All of the text, or only what changed since."""
        self._whole = not self._whole
        self.query_one("#then", Pane).show(self._then)

    def action_restore(self) -> None:
        """Go back to this time."""
        if moment := self._at:
            self.dismiss(moment)

    def action_close(self) -> None:
        """Leave all as it is."""
        self.dismiss(None)
