"""What every screen has: the places above, the keys below, and a word when there is no room."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from nexus_tui.tutor import Tutor
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.widgets.keybar import KeyBar
from nexus_tui.ui.widgets.topbar import TopBar

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

NOTICE = """nexus-tui needs a window
of 60 by 20 characters.

Make it larger, or press q
to quit. Nothing is lost."""


class NexusScreen(Screen[None]):
    """A screen of the program. Subclasses give ``PLACE`` and ``body``."""

    PLACE = ""
    HELP_TITLE = ""
    HORIZONTAL_BREAKPOINTS = [
        (0, "-slim"),
        (60, "-narrow"),
        (80, "-normal"),
        (112, "-wide"),
        (140, "-vast"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-flat"), (20, "-short"), (30, "-tall")]

    _hand: Widget | None = None
    _signs: Glyphs | None = None

    def compose(self) -> ComposeResult:
        """Places, body, keys."""
        self._measure()
        yield TopBar(self.PLACE)
        yield from self.body()
        yield KeyBar()
        yield Static(NOTICE, id="no-room", markup=False)

    def _measure(self) -> None:
        """Take the classes of the size there is.

        Textual does it after the first layout, and then styles every widget a second time.
        """
        width, height = self.app.size
        for extent, steps in (
            (width, self.HORIZONTAL_BREAKPOINTS),
            (height, self.VERTICAL_BREAKPOINTS),
        ):
            self.add_class([name for least, name in steps if extent >= least][-1])

    def on_screen_resume(self) -> None:
        """Draw all of it again when other signs were chosen."""
        if self._signs is not self.glyphs:
            self._signs = self.glyphs
            for widget in self.walk_children(with_self=True):
                widget.refresh()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember where the keys go."""
        self._hand = event.widget

    def on_resize(self, event: events.Resize) -> None:
        """What is hidden loses the keys; once there is room again it gets them back."""
        self.call_after_refresh(self._take_up)

    def _take_up(self) -> None:
        if self.focused is None and self._hand is not None and self._hand.focusable:
            self._hand.focus()

    def body(self) -> Iterable[Widget]:
        """What is between the places and the keys."""
        return ()

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    @property
    def tutor(self) -> Tutor:
        """The one object to talk to."""
        return self.nexus.tutor

    @property
    def glyphs(self) -> Glyphs:
        """The signs this terminal can show."""
        return self.nexus.glyphs

    def on_top_bar_go(self, message: TopBar.Go) -> None:
        """A place was clicked."""
        self.nexus.go(message.place)
