"""The widgets of a question: where one is, the page, and the lines under it."""

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from nexus_tui.ui.widgets.pane import Pane


class Where(Widget):
    """One line; painted again only when it says something else."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._content = Content("")

    def show(self, content: Content) -> None:
        """Say this."""
        if content.plain != self._content.plain:
            self._content = content
            self.refresh()

    def render(self) -> Content:
        """The line."""
        return self._content


class SheetPane(Pane, inherit_bindings=False):
    """The page: as tall as what is on it, up to the room there is, so that the rest follows."""

    BINDINGS = [
        Binding("pagedown", "page(1)", "Scroll", show=False),
        Binding("pageup", "page(-1)", "Scroll", show=False),
        Binding("home", "edge(False)", "Top, end", show=False),
        Binding("end", "edge(True)", "Top, end", show=False),
    ]
    wanted: tuple[str, ...] = ()
    """Items that must be in view, whatever room the lines below leave; the last one before all."""

    def want(self, *items: str) -> None:
        """Keep these in view until others are."""
        self.wanted = items
        self._reveal_wanted()

    def _reveal_wanted(self) -> None:
        for item in self.wanted:
            self.reveal(item)

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        # Before the new size is painted, so that nothing jumps; `on_resize` would do too.
        changed = self._size != size
        resize = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._reveal_wanted()
        return resize

    def on_resize(self, event: events.Resize) -> None:
        """Other lines at another width."""
        self._reveal_wanted()

    def _lay_out(self) -> None:
        super()._lay_out()
        tall = max(len(self._lines), 1)
        limit = self.styles.max_height
        if limit is None or limit.value != tall:
            self.styles.max_height = tall


class FootPane(Pane, inherit_bindings=False, can_focus=False):
    """What to do now: always whole, under the page."""

    def _lay_out(self) -> None:
        super()._lay_out()
        tall = max(len(self._lines), 1)
        limit = self.styles.height
        if limit is None or limit.value != tall:
            self.styles.height = tall
