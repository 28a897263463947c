"""Learn: the outline, a lesson one section at a time, and what stands beside it."""

from collections.abc import Iterable

from textual import events
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from nexus_tui.course.model import Inline, Lesson
from nexus_tui.errors import NexusError
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.tutor.study import Position
from nexus_tui.ui import reading
from nexus_tui.ui.learn.things import PageScreen
from nexus_tui.ui.lines import flow
from nexus_tui.ui.text import plain
from nexus_tui.ui.widgets.outline import OutlineTree
from nexus_tui.ui.widgets.pane import Pane
from nexus_tui.ui.writing import MARK, NOTE

SETTLED = 0.6
"""Seconds after the last scroll until the place is kept."""


ON_THE_PAGE = {"forward", "back", "run", "quiz", "outline", "item", "terms", "note", "mark"}
"""Keys of the page, which do nothing while the outline lies over it."""


class Reader(Pane):
    """The page of a lesson; at its end, a page further is the next section."""

    BINDINGS = [
        Binding("space", "page(1)", "Read on", key_display="space"),
        Binding("k", "screen.terms", "Terms"),
    ]


class LearnScreen(PageScreen):
    """One lesson open, or none yet."""

    PLACE = "learn"
    CSS_PATH = "learn.tcss"
    BINDINGS = [
        Binding("n,right", "forward", "Go on", key_display="n"),
        Binding("p,left", "back", "Back", key_display="p"),
        Binding("x", "run", "Run"),
        Binding("t", "quiz", "Quiz"),
        Binding("o", "outline", "Outline"),
        Binding("u", "not_known", "Not known"),
        NOTE,
        MARK,
        Binding("enter", "enter", "Open", show=False),
        Binding("right_square_bracket,tab", "item(1)", "Next thing", show=False),
        Binding("left_square_bracket,shift+tab", "item(-1)", "Previous thing", show=False),
        Binding("escape,backspace", "reader", "Page", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._settle: Timer | None = None
        self._offered: set[str] = set()
        """Where going on has led: one who comes back from a lab goes past it."""
        # Held, not asked for: when the program ends the page is gone before this screen is.
        self._reader: Pane | None = None

    def body(self) -> Iterable[Widget]:
        """Outline, reader, side."""
        with Horizontal(id="learn"):
            yield OutlineTree(id="outline")
            with Vertical(id="reader-column"):
                yield Static(id="trail", markup=False)
                yield Reader(id="reader")
            yield Pane(id="side")

    def on_mount(self) -> None:
        """Show the course, and the lesson left open."""
        self.query_one("#side").can_focus = False
        self._reader = self.query_one("#reader", Pane)
        self._fill()
        if self.lesson is None:
            last = self.tutor.study.last()
            card = None if last else self.tutor.today.lesson()
            id = last or (card.head.id if card else "")
            if id:
                self.nexus.attempt(lambda: self.open(id))
        self.query_one("#reader").focus()

    def _fill(self) -> None:
        outline = self.tutor.course.outline()
        self.query_one(OutlineTree).known = self.tutor.study.known()
        self.query_one(OutlineTree).fill(outline, self.tutor.knowledge.map(), self.glyphs)

    def on_screen_resume(self) -> None:
        """Answers may have changed what is known."""
        if self.lesson is not None:
            self.query_one(OutlineTree).known = self.tutor.study.known()
            self.query_one(OutlineTree).update_recall(self.tutor.knowledge.map())
            self._draw(keep=True)

    def on_screen_suspend(self) -> None:
        """Keep the place."""
        self._keep()

    def on_unmount(self) -> None:
        """Keep the place."""
        self._keep()

    def open(self, id: str, section: int | None = None) -> None:
        """Open a lesson where it was left, or at a section."""
        self._keep()
        lesson = self.tutor.study.open(id)
        position = self.tutor.study.position(id)
        if self.lesson is None or self.lesson.head.id != id:
            self._asked, self._asking = set(), None
        self.lesson = lesson
        self.section = min(
            position.section if section is None else section, len(lesson.sections) - 1
        )
        self._draw()
        if section is None and position.scroll:
            self.call_after_refresh(
                self.query_one("#reader", Pane).scroll_to_share, position.scroll
            )
        self.query_one(OutlineTree).stand_on(id)
        self.action_reader()
        self._keep()

    def open_failed(self, error: NexusError) -> None:
        """A broken lesson says what is wrong in its own place."""
        self.lesson = self._page = None
        message = f"{error.message}\n\n{error.hint}"
        self.query_one("#trail", Static).update("")
        self.query_one("#reader", Pane).show(lambda width: list(flow(plain(message), width)))
        self.action_reader()

    def redraw(self) -> None:
        """Draw the page again, from where it is."""
        self._draw(keep=True)

    def _draw(self, *, keep: bool = False) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        self._page = self._make_page(lesson)
        pane = self.query_one("#reader", Pane)
        pane.show(self._page.lay_out, keep=keep)
        if not keep:
            pane.selected = ""
        self._draw_around(lesson)

    def _make_page(self, lesson: Lesson) -> reading.Page:
        asks = lesson.sections[self.section].asks
        return reading.Page(
            lesson,
            self.tutor.study.module_of(lesson.head.id),
            self.section,
            self._prompts(asks),
            frozenset(self._asked & set(asks)),
            lesson.head.id in self.tutor.study.done(),
            self._following_title(lesson),
            self.glyphs,
            self.size.width >= 140,
        )

    def _prompts(self, asks: tuple[str, ...]) -> dict[str, Inline]:
        found: dict[str, Inline] = {}
        for id in asks:
            try:
                found[id] = self.tutor.course.question(id).prompt
            except NexusError as error:
                found[id] = Inline(f"This question cannot be read: {error.message}")
        return found

    def _draw_around(self, lesson: Lesson) -> None:
        module = self.tutor.study.module_of(lesson.head.id)
        trail = self.query_one("#trail", Static)
        width = (self.query_one("#reader", Pane).size.width or self.size.width) - 6
        trail.update(
            reading.trail(module, lesson, self.section, max(min(width, 88), 10), known=self._known)
        )
        if self.size.width >= 140:
            recall = self.tutor.knowledge.map().get(lesson.head.id, Recall())
            read = self.tutor.study.sections_read(lesson.head.id)
            able = self.tutor.study.objectives_met(lesson.head)
            self.query_one("#side", Pane).show(
                reading.side(lesson, self.section, read, recall, able, module, self.glyphs)
            )

    def on_resize(self, event: events.Resize) -> None:
        """The side may have come or gone."""
        self.call_after_refresh(self._draw, keep=True)

    def _following_title(self, lesson: Lesson) -> str:
        following = self.tutor.study.after(lesson.head.id, self._offered)
        return following.title if following else ""

    # Moving

    def action_forward(self) -> None:
        """Ask what stands here, then go on."""
        lesson = self.lesson
        if lesson is None:
            return
        if self._asking:
            self._asked |= set(self._asking.results)
        asks = [id for id in lesson.sections[self.section].asks if id not in self._asked]
        if asks:
            self.ask(asks, then=self._forward)
        else:
            self._forward()

    def _forward(self) -> None:
        lesson = self.lesson
        if lesson is None:
            return
        self.nexus.attempt(lambda: self.tutor.study.read(lesson, self.section))
        if self.section + 1 < len(lesson.sections):
            self.turn(self.section + 1)
        elif following := self.tutor.study.after(lesson.head.id, self._offered):
            self._offered.add(following.id)
            self.nexus.open_id(following.id)

    def action_back(self) -> None:
        """The section before."""
        if self.lesson and self.section:
            self.turn(self.section - 1)

    def turn(self, section: int) -> None:
        """Go to another section."""
        self.section = section
        self._draw()
        self._keep()

    def on_pane_edge(self, message: Pane.Edge) -> None:
        """A page down at the end goes on; up at the top goes back."""
        if message.pane.id == "reader":
            (self.action_forward if message.below else self.action_back)()

    def on_pane_moved(self, message: Pane.Moved) -> None:
        """Keep the place when the scrolling rests."""
        if message.pane.id == "reader":
            if self._settle:
                self._settle.stop()
            self._settle = self.set_timer(SETTLED, self._keep)

    def _keep(self) -> None:
        if self.lesson is None or self._reader is None:
            return
        lesson, share = self.lesson, self._reader.share
        self.nexus.attempt(
            lambda: self.tutor.study.keep_position(lesson.head.id, Position(self.section, share))
        )

    # The outline

    @property
    def _covered(self) -> bool:
        """Whether the outline lies over the page: then keys for the page mean nothing."""
        narrow = bool(self.classes & {"-narrow", "-normal"})
        return narrow and self.query_one("#learn").has_class("-outline")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now."""
        if action == "not_known":
            return self._known and not self._covered
        return action not in ON_THE_PAGE or not self._covered

    @property
    def _known(self) -> bool:
        """Whether the lesson is one that need not be read: a test-out found it known."""
        return self.lesson is not None and self.lesson.head.id in self.query_one(OutlineTree).known

    def action_not_known(self) -> None:
        """Take the mark back: it is recommended again."""
        if self.lesson is None:
            return
        id = self.lesson.head.id
        self.nexus.attempt(lambda: self.tutor.study.mark_known(id, on=False))
        tree = self.query_one(OutlineTree)
        tree.known = self.tutor.study.known()
        tree.update_recall(self.tutor.knowledge.map())
        self.redraw()
        self.refresh_bindings()

    def on_outline_tree_test_out(self, message: OutlineTree.TestOut) -> None:
        """Test out of a module."""
        self.nexus.action_test_out(message.module)

    def action_outline(self) -> None:
        """To the outline, which covers the page where there is no room for both."""
        self.query_one("#learn").add_class("-outline")
        self.query_one(OutlineTree).focus()
        self.refresh_bindings()

    def action_reader(self) -> None:
        """Back to the page."""
        self.query_one("#learn").remove_class("-outline")
        self.query_one("#reader").focus()
        self.refresh_bindings()

    def on_outline_tree_open(self, message: OutlineTree.Open) -> None:
        """Something was chosen in the outline."""
        self.nexus.open_id(message.target)
