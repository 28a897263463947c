"""The map: every module, by what the learner would still know of it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from nexus_tui.course.value import value
from nexus_tui.ui.glyphs import UNICODE, Glyphs
from nexus_tui.ui.plots.bars import recall_bar
from nexus_tui.ui.plots.signs import signs
from nexus_tui.ui.text import plain, words

if TYPE_CHECKING:
    from nexus_tui.course.model import Group, Module
    from nexus_tui.tutor.knowledge import Recall

GAP = 2
BAR = 5
MOST = "100% 100%"
SAID = ("not met", "beginning", "half known", "mostly known", "known well")
"""What the signs mean, in their order; as :data:`nexus_tui.tutor.knowledge.LEVELS` has it."""


@value
class _Cell:
    x: int
    y: int
    width: int
    module: str


class CourseMap(Widget, can_focus=True):
    """Groups side by side, four, two or one in a row; arrows move, enter opens, i looks behind.

    The line under it says what the signs mean; of the module one stands on, in words.
    """

    BINDINGS = [
        Binding("down,j", "move(0, 1)", show=False),
        Binding("up,k", "move(0, -1)", show=False),
        Binding("left,h", "move(-1, 0)", show=False),
        Binding("right,l", "move(1, 0)", show=False),
        Binding("enter", "open", "Open module"),
        Binding("t", "test_out", "Test out"),
        Binding("i", "inside", "What you know"),
    ]
    at: reactive[str] = reactive("")

    class Open(Message):
        """A module was chosen."""

        def __init__(self, module: str) -> None:
            super().__init__()
            self.module = module

    class TestOut(Open):
        """To test out of a module."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: Sequence[Group] = ()
        self._modules: Mapping[str, Module] = {}
        self._recall: Mapping[str, Recall] = {}
        self._glyphs: Glyphs = UNICODE
        self._cells: list[_Cell] = []
        self._drawn: tuple[object, list[Content]] = ((), [])
        """What the last drawing was made for, and it: a layout asks for it several times."""

    def show(
        self,
        groups: "Sequence[Group]",
        modules: "Mapping[str, Module]",
        recall: "Mapping[str, Recall]",
        glyphs: Glyphs,
    ) -> None:
        """Put a map up."""
        self._groups, self._modules, self._recall, self._glyphs = groups, modules, recall, glyphs
        self._drawn = ((), [])
        self.refresh(layout=True)

    def _across(self, width: int) -> int:
        return 4 if width >= 72 else 2 if width >= 44 else 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As tall as its rows of groups."""
        return len(self._draw(width))

    def render(self) -> Content:
        """The map."""
        return Content("\n").join(self._draw(self.size.width))

    def _draw(self, width: int) -> list[Content]:
        wanted = (width, self.at, self.has_focus)
        if self._drawn[0] != wanted:
            self._drawn = (wanted, self._lines(width))
        return self._drawn[1]

    def _lines(self, width: int) -> list[Content]:
        self._cells = []
        drawn: list[Content] = []
        groups = [group for group in self._groups if any(m in self._modules for m in group.modules)]
        across = self._across(width)
        for start in range(0, len(groups), across):
            if drawn:
                drawn.append(Content(""))
            drawn += self._rows(groups[start : start + across], width, len(drawn))
        return [*drawn, _fit(self._told(width), width)] if drawn else []

    def _told(self, width: int) -> Content:
        """The module one stands on in words; else the signs in words."""
        module = self._modules.get(self.at) if self.has_focus else None
        if module is None:
            pairs = zip(self._glyphs.levels, SAID, strict=True)
            told = "  ".join(f"{sign} {said}" for sign, said in pairs)
            numbers = "   numbers: now, in 30 days"
            return plain(told + numbers * (len(told + numbers) <= width), "$muted")
        recall = self._recall[module.id]
        if not recall.met:
            return words((module.title, "bold"), ": not met yet")
        numbers = f"{recall.now:.0%} now, {recall.later:.0%} in 30 days if nothing is done"
        return words((module.title, "bold"), f": {recall.words}. {numbers}")

    def _rows(self, groups: "Sequence[Group]", width: int, y: int) -> list[Content]:
        """Groups side by side, their first line at ``y``."""
        widths = self._widths(groups, width)
        columns: list[list[Content]] = []
        for group, size in zip(groups, widths, strict=True):
            columns.append(
                self._group(group, size, sum(widths[: len(columns)]) + GAP * len(columns), y)
            )
        return [
            Content(" " * GAP).join(
                column[row] if row < len(column) else Content(" " * size)
                for column, size in zip(columns, widths, strict=True)
            )
            for row in range(max(map(len, columns)))
        ]

    def _widths(self, groups: "Sequence[Group]", width: int) -> list[int]:
        """As wide as their titles need, the rest shared; all the same where that is too much."""
        natural = [
            max(
                len(group.title),
                *(len(self._modules[m].title) + 2 for m in group.modules if m in self._modules),
            )
            for group in groups
        ]
        room = width - GAP * (len(groups) - 1)
        if sum(natural) > room:
            return [max(room // len(groups), 8)] * len(groups)
        return [size + (room - sum(natural)) // len(groups) for size in natural]

    def _group(self, group: "Group", width: int, x: int, y: int) -> list[Content]:
        made = [_fit(plain(group.title, "bold"), width)]
        modules = [self._modules[id] for id in group.modules if id in self._modules]
        every = width - 3 - max(len(module.title) for module in modules)
        for module in modules:
            self._cells.append(_Cell(x, y + len(made), width, module.id))
            made.append(self._entry(module, width, every))
        return made

    def _entry(self, module: "Module", width: int, every: int) -> Content:
        """Sign, title and shares; ``every`` cells are left in every row of the group."""
        recall = self._recall[module.id]
        glyph, style = self._glyphs.recall(recall)
        here = self.has_focus and self.at == module.id
        title = plain(module.title, "reverse" if here else "$foreground")
        entry = words((glyph, style), " ", title)
        room = width - entry.cell_length - 1
        if recall.met and room >= len("99%"):
            entry = words(entry, " ", self._shares(recall, room, every))
        return _fit(entry, width)

    def _shares(self, recall: "Recall", room: int, every: int) -> Content:
        """At the right edge: now and in 30 days where every row has room, with a bar or not."""
        now, later = f"{recall.now:.0%}", f"{recall.later:.0%}"
        if every < len(MOST):
            return plain(f"{now:>{room}}", "$muted")
        if every < BAR + 1 + len(MOST):
            return plain(f"{f'{now:>4} {later:>4}':>{room}}", "$muted")
        bar = recall_bar(recall.now, recall.later, BAR, signs(self._glyphs))
        gap = room - BAR - 1 - len(MOST)
        return words(" " * gap, bar, (f" {now:>4} {later:>4}", "$muted"))

    def on_focus(self) -> None:
        """Stand somewhere."""
        self._place()
        if not self.at and self._cells:
            self.at = self._cells[0].module

    def _place(self) -> None:
        if not self._cells:
            self._draw(self.size.width or 80)

    def action_move(self, dx: int, dy: int) -> None:
        """To the nearest module that way."""
        self._place()
        here = next((cell for cell in self._cells if cell.module == self.at), None)
        if here is None:
            return
        ahead = [
            cell
            for cell in self._cells
            if (dx and (cell.x - here.x) * dx > 0)
            or (dy and cell.x == here.x and (cell.y - here.y) * dy > 0)
        ]
        if ahead:
            self.at = min(ahead, key=lambda c: (abs(c.x - here.x), abs(c.y - here.y))).module

    def action_open(self) -> None:
        """Open the module one stands on."""
        if self.at:
            self.post_message(self.Open(self.at))

    def action_inside(self) -> None:
        """The questions behind the number of the module one stands on."""
        if self.at:
            from nexus_tui.ui.screens.recall import RecallScreen

            self.app.push_screen(RecallScreen(self.at, place="today"))

    def action_test_out(self) -> None:
        """Test out of the module one stands on."""
        if self.at:
            self.post_message(self.TestOut(self.at))

    def on_click(self, event: events.Click) -> None:
        """Open the module under the mouse."""
        for cell in self._cells:
            if cell.y == event.y and cell.x <= event.x < cell.x + cell.width:
                self.at = cell.module
                self.action_open()


def _fit(content: Content, width: int) -> Content:
    if content.cell_length > width:
        return content.truncate(width, ellipsis=True)
    return content.pad_right(width - content.cell_length)
