"""The places of the program: modes, tabs, keys and palette entries are all made from this table."""

from collections.abc import Callable
from importlib import import_module

from textual.screen import Screen

from nexus_tui.course.value import value


@value
class Place:
    """A place one can be in."""

    id: str
    key: str
    title: str
    screen: str
    """``module:Class`` under ``nexus_tui.ui.screens``, imported when first gone to."""
    summary: str

    def make(self) -> Callable[[], Screen[None]]:
        """A factory, so that going there costs only when one goes."""

        def factory() -> Screen[None]:
            module, _, name = self.screen.partition(":")
            made: Screen[None] = getattr(import_module(f"nexus_tui.ui.screens.{module}"), name)()
            return made

        return factory


PLACES = (
    Place("today", "1", "Today", "today:TodayScreen", "What is worth doing now"),
    Place("learn", "2", "Learn", "learn:LearnScreen", "The outline and the lessons"),
    Place("labs", "3", "Labs", "labs:LabsScreen", "Write code; the real engine judges it"),
    Place("review", "4", "Review", "review:ReviewScreen", "What is about to be forgotten"),
    Place("progress", "5", "Progress", "progress:ProgressScreen", "What you know, and will know"),
    Place("journal", "6", "Journal", "journal:JournalScreen", "What you wrote and marked"),
)
