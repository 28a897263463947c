"""The first start: what this is, where one stands, the keys. Escape leaves from any of them."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.screens.dialogs import FittingPane
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

PAGES = 3
WHAT = (
    ("Lessons", "a section at a time; their code really runs."),
    ("Quizzes", "explain every option, and come back before you forget."),
    ("Labs", "your code, judged by the real engine, with what is wrong."),
)
KEYS = (
    ("1 to 5", "the places: Today, Learn, Labs, Review, Progress"),
    ("n", "on Today: the one thing to do now, with its reason"),
    ("n p x t", "in a lesson: go on, back, run its code, take its quiz"),
    ("ctrl+p", "finds any lesson, lab or command"),
    ("?", "the keys that work where you are"),
    ("q", "leaves; everything is saved as you go"),
)
TEST = "test"


class WelcomeScreen(ModalScreen[None]):
    """Three pages. On the second a path is chosen, or a module to test out of."""

    DEFAULT_CSS = """
    WelcomeScreen { align: center middle; background: $background; }
    WelcomeScreen > Pane { width: 76; max-width: 96%; height: auto; max-height: 96%;
                           background: $surface; border: round $primary; padding: 1 1 0 1; }
    """
    BINDINGS = [
        Binding("escape,q", "leave", "Skip"),
        Binding("enter,n,right", "on", "Go on"),
        Binding("backspace,p,left", "back", "Back"),
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page = 0
        self._testing = False
        """Choosing a module to test out of."""

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    def compose(self) -> ComposeResult:
        """The page; the keys are the screen's."""
        page = FittingPane(self.lay_out, id="welcome")
        page.can_focus = False
        yield page

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """One of the three."""
        page = (self._what, self._where, self._keys)[self._page]
        foot = words(
            ("enter", "bold $accent"), " goes on · ",
            ("esc", "bold $accent"), " skips", (f"   {self._page + 1} of {PAGES}", "$muted"),
        )  # fmt: skip
        return [*page(width), BLANK, *flow(foot, width)]

    def _what(self, width: int) -> Iterator[Line]:
        yield Line(plain("Welcome to nexus-tui", "bold $accent"))
        yield BLANK
        course = self.nexus.tutor.course.outline()
        many = len(course.modules)
        yield from flow(
            plain(f"{course.title}, in {many} modules: learn it here, and still know it later."),
            width,
        )
        yield BLANK
        for title, text in WHAT:
            lead = words((f"{title:<10}", "bold"))
            yield from flow(plain(text), width, first=lead, rest=" " * 10)
        yield BLANK
        yield from flow(
            plain("Nothing is locked, and nothing leaves your machine. The program recommends "
                  "one thing at a time and says why.", "$muted"), width,
        )  # fmt: skip

    def _where(self, width: int) -> Iterator[Line]:
        if self._testing:
            yield Line(plain("Which module do you know?", "bold $accent"))
            yield from flow(plain("Ten questions at most; then it is skipped.", "$muted"), width)
            for module in self.nexus.tutor.course.outline().modules.values():
                yield from flow(plain(module.title), width, item=f"module:{module.id}")
            return
        yield Line(plain("Where do you stand?", "bold $accent"))
        yield from flow(plain("Choose a path. You can change it any time.", "$muted"), width)
        paths = self.nexus.tutor.paths
        for path in (paths.whole, *paths.all):
            told = words(path.title, (f"  {path.whom}", "$muted"))
            yield Line(told.truncate(width, ellipsis=True), item=f"path:{path.id}")
        yield BLANK
        yield from flow(plain("I know a module already: test out of it"), width, item=TEST)

    def _keys(self, width: int) -> Iterator[Line]:
        yield Line(plain("Keys", "bold $accent"))
        yield BLANK
        for key, text in KEYS:
            yield from flow(
                plain(text), width, first=words((f"{key:<10}", "$accent")), rest=" " * 10
            )

    def _turn(self, page: int) -> None:
        self._page, self._testing = page, False
        self._show()

    def _show(self) -> None:
        pane = self.query_one(Pane)
        pane.show(self.lay_out)
        pane.selected = self._first(pane.items)
        pane.refresh(layout=True)

    def _first(self, items: Sequence[str]) -> str:
        chosen = f"path:{self.nexus.tutor.paths.choices().path}"
        return chosen if chosen in items else next(iter(items), "")

    # Keys

    def action_move(self, by: int) -> None:
        """Another row."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else 0
            pane.selected = items[at % len(items)]
            pane.reveal(pane.selected)
        else:
            pane.action_line(by)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was clicked."""
        message.pane.selected = message.item
        self.action_on()

    def action_on(self) -> None:
        """The next page; what stands under the hand is chosen."""
        kind, _, id = self.query_one(Pane).selected.partition(":")
        paths = self.nexus.tutor.paths
        if kind == TEST:
            self._testing = True
            self._show()
        elif kind == "module":
            self._end()
            self._test_out(id)
        elif self._page + 1 == PAGES:
            self._end()
        else:
            if kind == "path" and id != paths.choices().path:
                self.nexus.attempt(lambda: paths.choose(id))
            self._turn(self._page + 1)

    def _test_out(self, module: str) -> None:
        from nexus_tui.ui.going import test_out

        self.nexus.call_after_refresh(test_out, self.nexus, module)

    def action_back(self) -> None:
        """The page before."""
        self._turn(self._page if self._testing else max(self._page - 1, 0))

    def action_leave(self) -> None:
        """Skip the rest; it never comes back by itself."""
        self._end()

    def _end(self) -> None:
        app = self.nexus
        self.dismiss(None)
        app.attempt(app.tutor.paths.welcomed)
