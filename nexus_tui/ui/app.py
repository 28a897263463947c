"""The program on the screen: its places, its keys, and what they share."""

import asyncio
import gc
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from textual.app import App, SystemCommand
from textual.binding import Binding
from textual.filter import LineFilter
from textual.screen import Screen

from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.ui import themes
from nexus_tui.ui.glyphs import ASCII, UNICODE, Glyphs
from nexus_tui.ui.places import PLACES
from nexus_tui.ui.plainsigns import PlainSigns
from nexus_tui.ui.rules import Rules

if TYPE_CHECKING:
    from textual.command import Provider

T = TypeVar("T")


def _course_provider() -> "type[Provider]":
    """Imported when the palette is first opened."""
    from nexus_tui.ui.palette import CourseProvider

    return CourseProvider


class NexusApp(App[None]):
    """Places as modes; each keeps what was open in it."""

    TITLE = "nexus-tui"
    CSS_PATH = "nexus.tcss"
    MODES = {place.id: place.make() for place in PLACES}
    DEFAULT_MODE = "today"
    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS = {*App.COMMANDS, _course_provider}
    BINDINGS = [
        *(
            Binding(place.key, f"go('{place.id}')", place.title, show=False, id=f"go.{place.id}")
            for place in PLACES
        ),
        Binding("question_mark,f1", "help", "Keys", key_display="?", id="help"),
        Binding("slash", "search", "Search", key_display="/", show=False, id="search"),
        Binding("q", "quit", "Quit", id="quit"),
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("ctrl+p", "command_palette", "Palette", show=False, id="palette"),
    ]

    def __init__(self, tutor: Tutor, start: str = "") -> None:
        self._names = {place.id for place in PLACES}
        if start:
            # The place to begin in: none is made that is not shown.
            self.DEFAULT_MODE = start if start in self._names else "learn"  # type: ignore[misc]
        self._variables: dict[str, dict[str, str]] = {}
        super().__init__()
        self.tutor = tutor
        self.start = start
        self.due_count = 0
        self.streak = 0
        self.animation_level = "full" if tutor.settings.animation else "none"
        for theme in themes.OURS:
            self.register_theme(theme)
        self.theme = (
            tutor.settings.theme if tutor.settings.theme in self.available_themes else "nexus-dark"
        )
        self.stylesheet = Rules(variables=self.get_css_variables())

    @property
    def glyphs(self) -> Glyphs:
        """Signs this terminal can show."""
        return ASCII if self.tutor.settings.ascii else UNICODE

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the glyphs, every line goes through a filter."""
        filters = super().get_line_filters()
        return [*filters, PlainSigns()] if self.tutor.settings.ascii else filters

    def get_css_variables(self) -> dict[str, str]:
        """Colours of the theme, with those of meaning."""
        if self.theme not in self._variables:
            self._variables[self.theme] = themes.meanings(super().get_css_variables())
        self.theme_variables = self._variables[self.theme]
        return self.theme_variables

    def on_mount(self) -> None:
        """Go where one was sent."""
        self.set_timer(3, self._tidy)
        if self.start and self.start not in self._names:
            self.call_after_refresh(self.open_id, self.start)

    async def _tidy(self) -> None:
        """Once a start, when the screen has long been up."""
        if not gc.isenabled():
            gc.freeze()  # what the start made stays: looking at it again would be lost time
            gc.enable()
        try:
            await asyncio.to_thread(self.tutor.tidy, self.tutor.today.date)
        except NexusError as error:
            self.tell(error)

    def go(self, place: str) -> None:
        """Go to a place; what was open there is still open."""
        if self.current_mode != place:
            self.switch_mode(place)

    def action_go(self, place: str) -> None:
        """A place's key."""
        self.go(place)

    def open_id(self, id: str) -> None:
        """Open whatever an id names: a module, lesson, lab, challenge, or question."""
        from nexus_tui.ui.opening import open_id

        self.attempt(lambda: open_id(self, id))

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Do it; an error that a person can do something about is told, and None comes back."""
        try:
            return work()
        except NexusError as error:
            self.tell(error)
            return None

    def tell(self, error: NexusError) -> None:
        """Say what went wrong and what to do, until a key is pressed."""
        from nexus_tui.ui.screens.dialogs import TellScreen

        if not isinstance(self.screen, TellScreen):
            self.push_screen(TellScreen(error.message, error.hint))

    def action_help(self) -> None:
        """The keys that work here."""
        from nexus_tui.ui.screens.dialogs import KeysScreen

        if not isinstance(self.screen, KeysScreen):
            self.push_screen(KeysScreen(self.screen))

    def get_system_commands(self, screen: Screen) -> "object":  # type: ignore[override, type-arg]
        """What the palette offers besides Textual's own themes."""
        for place in PLACES:
            yield SystemCommand(place.title, place.summary, lambda id=place.id: self.go(id))
        yield SystemCommand("Search", "Lessons, terms, labs, notes", self.action_search)
        yield SystemCommand("Settings", "Colours, confidence, reviews a day", self.action_settings)
        yield SystemCommand("What next", "The one thing to do now", self.action_next)
        yield SystemCommand("Learning paths", "Choose one, see its steps", self.action_paths)
        yield SystemCommand("Day to be through by", "Plan backwards from it", self.action_goal)
        yield SystemCommand("First steps", "What this is, where you stand", self.action_welcome)
        yield SystemCommand("Glossary", "The words of the course", self.action_glossary)
        yield SystemCommand("Handbook", "Every lesson in one breath", self.action_handbook)
        yield SystemCommand("Keys", "The keys that work here", self.action_help)
        yield SystemCommand("Theme", "Choose the colours", self.action_change_theme)
        yield SystemCommand("Quit", "Everything is saved", self.action_quit)

    def action_next(self) -> None:
        """Do what is recommended."""
        from nexus_tui.ui.going import follow

        if wanted := self.attempt(self.tutor.today.next):
            follow(self, wanted)

    def action_paths(self) -> None:
        """The learning paths, the one followed open."""
        from nexus_tui.ui.going import paths

        paths(self, self.tutor.paths.choices().path or None)

    def action_goal(self) -> None:
        """The day to be through by."""
        from nexus_tui.ui.going import goal

        goal(self)

    def action_welcome(self) -> None:
        """The first screens."""
        from nexus_tui.ui.going import welcome

        welcome(self)

    def action_test_out(self, module: str) -> None:
        """Test out of a module."""
        from nexus_tui.ui.going import test_out

        test_out(self, module)

    def action_search(self) -> None:
        """Search everything."""
        from nexus_tui.ui.screens.search import SearchScreen

        self._show_one(SearchScreen)

    def action_glossary(self) -> None:
        """The words of the course."""
        from nexus_tui.ui.screens.terms import GlossaryScreen

        self._show_one(GlossaryScreen)

    def action_handbook(self) -> None:
        """Every lesson in one breath."""
        from nexus_tui.ui.screens.handbook import HandbookScreen

        self._show_one(HandbookScreen)

    def _show_one(self, kind: type[Screen[None]]) -> None:
        """Push a screen, unless one of its kind is there: then go back to it."""
        if any(isinstance(screen, kind) for screen in self.screen_stack):
            while not isinstance(self.screen, kind):
                self.pop_screen()
        else:
            self.push_screen(kind())

    def action_settings(self) -> None:
        """The learner's choices."""
        from nexus_tui.ui.screens.settings import SettingsScreen

        if not isinstance(self.screen, SettingsScreen):
            self.push_screen(SettingsScreen())

    def copy_to_clipboard(self, text: str) -> None:
        """By the terminal; and by the system's own tool where the terminal may not."""
        super().copy_to_clipboard(text)
        from nexus_tui.ui.clipboard import copy

        copy(text)
