"""The widgets of a question: where one is, and the page with its foot."""

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget

from nexus_tui.ui.lines import BLANK, Line, plain_text
from nexus_tui.ui.widgets.pane import Layout, Pane


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
    """The page of a question, and its foot: lines that are always on the screen.

    The foot follows the page, and stays at the lower edge where the page is longer than the room.
    Both are drawn by one widget that keeps its size, so that an answer needs no new layout of the
    screen: only the lines that changed are painted.
    """

    BINDINGS = [
        Binding("home", "edge(False)", "Top, end", show=False),
        Binding("end", "edge(True)", "Top, end", show=False),
    ]
    # Another number of lines is no reason to lay the screen out.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, page: Layout, foot: Layout, *, id: str) -> None:
        super().__init__(self._both, id=id)
        self._page, self._foot = page, foot
        self._length = 0
        """Lines of the page; a blank one and the foot come after them."""
        self._wanted: tuple[str, ...] = ()

    def update(self, *wanted: str, fresh: bool = False) -> None:
        """Draw page and foot; keep some items in view, the last one before all."""
        self._wanted = wanted
        self.show(self._both, keep=not fresh)
        self._reveal()

    def _both(self, width: int) -> Sequence[Line]:
        page, foot = self._page(width), self._foot(width)
        self._length = len(page)
        # Whatever a foot has to say, some of the page stays in view, and so does its last line.
        most = max(self.size.height * 2 // 3, 3)
        cut = [*foot[: most - 1], foot[-1]] if len(foot) > most else foot
        return [*page, BLANK, *cut]

    @property
    def page_text(self) -> str:
        """What the page says."""
        return plain_text(self._lines[: self._length])

    @property
    def foot_text(self) -> str:
        """What the foot says."""
        return plain_text(self._lines[self._length + 1 :])

    @property
    def page_in_view(self) -> str:
        """What can be seen of the page."""
        top = self.scroll_offset.y
        return plain_text(self._lines[top : min(top + self._window, self._length)])

    @property
    def _window(self) -> int:
        return max(self.size.height - (len(self._lines) - self._length), 1)

    def _row_at(self, y: int) -> int:
        if y < self._window or len(self._lines) <= self.size.height:
            return super()._row_at(y)
        return self._length + y - self._window

    def _lay_out(self) -> None:
        super()._lay_out()
        bar = self.vertical_scrollbar
        bar.window_virtual_size, bar.window_size = len(self._lines), self.size.height
        if self.scroll_y > self.max_scroll_y:
            self.scroll_to(0, self.max_scroll_y, animate=False, immediate=True)

    def fit(self, tight: bool) -> None:
        """As tall as what is on it, so that something else can follow; else all the room."""
        limit = self.styles.max_height
        tall = len(self._lines) if tight else None
        if (limit.value if limit else None) != tall:
            self.styles.max_height = tall

    def _reveal(self) -> None:
        for item in self._wanted:
            self.reveal(item)

    def on_resize(self, event: events.Resize) -> None:
        """Other lines at another width; the same ones in view."""
        self._reveal()
