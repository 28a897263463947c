"""The widgets of a question: where one is, and the page with its foot."""

from collections.abc import Sequence

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive

from nexus_tui.ui.lines import BLANK, Line, plain_text
from nexus_tui.ui.widgets.oneline import OneLine
from nexus_tui.ui.widgets.pane import Layout, Pane


class Where(OneLine):
    """Where one is; painted again only when it says something else."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._content = Content("")

    def show(self, content: Content) -> None:
        """Say this."""
        if content.plain != self._content.plain:
            self._content = content
            self.refresh()

    def render(self) -> Content:
        """The line, where the page's text begins."""
        return Content("  ") + self._content


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
    virtual_size = Reactive(Size(0, 0), layout=False, repaint=False)

    def __init__(self, page: Layout, foot: Layout, *, id: str) -> None:
        super().__init__(self._both, id=id)
        self._page, self._foot = page, foot
        self._length = 0
        """Lines of the page; a blank one and the foot come after them."""
        self._wanted: tuple[str, ...] = ()
        self._tight = False
        self._painted: list[Line | None] = []
        """The line in each row of the screen; none when all has to be painted."""

    def update(self, *wanted: str, fresh: bool = False) -> None:
        """Draw page and foot; keep some items in view, the last one before all."""
        self._wanted = wanted
        self.show(self._both, keep=not fresh)
        self._reveal()

    def _both(self, width: int) -> Sequence[Line]:
        page, foot = self._page(width), self._foot(width)
        self._length = len(page)
        # Whatever a foot has to say, some of the page stays in view, and so does its last line.
        most = max(self.screen.size.height // 2, 3)
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
    def in_view(self) -> str:
        """What can be seen of both."""
        return plain_text([line for line in self._rows() if line])

    @property
    def _window(self) -> int:
        return max(self.size.height - (len(self._lines) - self._length), 1)

    def _rows_at(self, ys: range) -> list[int]:
        top, window = self.scroll_offset.y, self._window
        if not top and len(self._lines) <= self.size.height:
            return list(ys)
        return [y + top if y < window else self._length + y - window for y in ys]

    def _lay_out(self) -> None:
        super()._lay_out()
        # While all fits, the bar stays as it is: painting it is a tenth of a frame.
        bar, room = self.vertical_scrollbar, self.size.height
        bar.window_virtual_size, bar.window_size = max(len(self._lines), room), room
        if self.scroll_y > self.max_scroll_y:
            self.scroll_to(0, self.max_scroll_y, animate=False, immediate=True)
        if self._tight and self.styles.max_height is None:
            self.call_after_refresh(self.fit, True)

    def _repaint(self) -> None:
        """Paint the rows that hold another line than before."""
        before, self._painted = self._painted, self._rows()
        if len(before) != len(self._painted):
            self.refresh()
        else:
            now = self._painted
            self._refresh_rows([y for y, line in enumerate(now) if line is not before[y]])

    def _rows(self) -> list[Line | None]:
        rows = self._rows_at(range(self.size.height))
        return [self._lines[row] if row < len(self._lines) else None for row in rows]

    def watch_scroll_y(self, old: float, new: float) -> None:
        """All of it is painted."""
        super().watch_scroll_y(old, new)
        self._painted = self._rows()

    def fit(self, tight: bool) -> None:
        """As tall as what is on it, so that something else can follow; else all the room."""
        self._tight = tight
        limit = self.styles.max_height
        # Before the first layout there are no lines, and no height to fit to.
        tall = len(self._lines) if tight and self._lines else None
        if (limit.value if limit else None) != tall:
            self.styles.max_height = tall

    def _reveal(self) -> None:
        for item in self._wanted:
            self.reveal(item)

    def on_resize(self, event: events.Resize) -> None:
        """Other lines at another width; the same ones in view."""
        self._painted = []
        self.call_next(self._reveal)
