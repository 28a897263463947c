"""A list over which one types what to find: the glossary, the handbook."""

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.widget import Widget
from textual.widgets import Input

from nexus_tui.ui.lines import Line, flow
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain
from nexus_tui.ui.widgets.pane import Pane


class FinderScreen(NexusScreen):
    """Letters go into the field, arrows move in the list, enter opens."""

    PLACE = "learn"
    DEFAULT_CSS = """
    FinderScreen #finder { height: 1; margin: 0 2 1 2; border: none; border-left: inner $accent;
                           padding: 0 1; background: $surface; color: $foreground; }
    FinderScreen #found { height: 1fr; margin: 0 0 0 1; }
    """
    BINDINGS = [
        Binding("enter", "open", "Open", key_display="enter"),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
        Binding("pagedown", "page(1)", "Page", show=False, priority=True),
        Binding("pageup", "page(-1)", "Page back", show=False, priority=True),
        Binding("escape", "back", "Back", key_display="esc"),
    ]
    ASKS = ""
    """What the empty field says."""

    @property
    def wanted(self) -> str:
        """What was typed."""
        return self.query_one(Input).value

    def body(self) -> Iterable[Widget]:
        """The field and the list."""
        field = Input(placeholder=f"{self.ASKS}; ↑ ↓ choose, enter opens", id="finder")
        field.cursor_blink = False
        yield field
        yield Pane(id="found")

    def on_mount(self) -> None:
        """Letters go into the field."""
        self.query_one(Pane).can_focus = False
        self.query_one(Input).focus()
        self.show()

    def show(self, select: str = "") -> None:
        """Draw the list, and stand on an item, or the first."""
        self.query_one(Pane).show(self.lay_out)
        # The first time it has a width, and so items, only after the screen was laid out.
        self.call_after_refresh(self._stand, select)

    def _stand(self, select: str) -> None:
        pane = self.query_one(Pane)
        items = pane.items
        if not select and pane.selected in items:
            return
        pane.selected = select if select in items else items[0] if items else ""
        if select in items:
            pane.reveal(select)

    def lay_out(self, width: int) -> Sequence[Line]:
        """The list."""
        raise NotImplementedError

    def choose(self, item: str) -> None:
        """Open an item."""
        raise NotImplementedError

    def nothing(self, width: int) -> Iterable[Line]:
        """Said when nothing was found."""
        return flow(plain(f"Nothing has “{clean(self.wanted)}”.", "$muted"), width)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Other letters, another list."""
        self.show()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Enter in the field."""
        self.action_open()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """An item was clicked."""
        message.pane.selected = message.item
        self.action_open()

    def action_move(self, by: int) -> None:
        """Another item."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            pane.selected = items[max(0, min(at, len(items) - 1))]
            pane.reveal(pane.selected)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        self.query_one(Pane).action_page(by)

    def action_open(self) -> None:
        """Open the item one stands on."""
        if selected := self.query_one(Pane).selected:
            self.choose(selected)

    def action_back(self) -> None:
        """All of them again; then out."""
        if self.wanted:
            self.query_one(Input).value = ""
        else:
            self.app.pop_screen()
