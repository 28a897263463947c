"""Helpers for tests of screens that ask."""

from collections.abc import Iterator
from contextlib import contextmanager

from textual.pilot import Pilot
from textual.widgets import Input

from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.questions.run import Run
from nexus_tui.ui.questions.widgets import SheetPane
from nexus_tui.ui.screens.asking import AskingScreen
from nexus_tui.ui.screens.quiz import Done, QuizScreen

RIGHT = {"counts-list": "eleven", "cause": "both", "diagnose": "scan", "remedy": "both"}


def full(name: str) -> str:
    """Full id of a question of the tiny course."""
    if "/" in name:
        return name
    return f"queries/{'indexes' if name == 'cause' else 'lazy'}#{name}"


async def ask(pilot: "Pilot[None]", *names: str, on_done: Done | None = None, seed: int = 5,
              context: str = "lesson") -> QuizScreen:  # fmt: skip
    """Put a quiz of some questions on the screen."""
    app = pilot.app
    assert isinstance(app, NexusApp)
    session = app.tutor.quiz.session("Tiny", tuple(map(full, names)), context, seed)  # type: ignore[arg-type]
    screen = QuizScreen(session, on_done=on_done)
    await app.push_screen(screen)
    await pilot.pause()
    return screen


def page(screen: AskingScreen) -> str:
    """All the page says."""
    return screen.query_one(SheetPane).page_text


def foot(screen: AskingScreen) -> str:
    """What stands under it."""
    return screen.query_one(SheetPane).foot_text


def digit(run: Run, option: str) -> str:
    """The key that chooses an option where it is shown."""
    assert run.sheet is not None
    return str(run.sheet.items.index(option) + 1)


def shown(screen: AskingScreen) -> str:
    """What is on the screen, as running text."""
    return " ".join(screen.query_one(SheetPane).in_view.split())


def put(screen: AskingScreen, text: str) -> None:
    """Type into the field for one line."""
    screen.query_one(Input).value = text


def answers(tutor: Tutor, name: str) -> list[dict[str, object]]:
    """Payloads of the answers to a question that stand."""
    return [event.payload for event in events.history(tutor.record, full(name))]


@contextmanager
def full_disk(tutor: Tutor) -> Iterator[None]:
    """Nothing can be written."""
    write = tutor.record.write

    def fails() -> None:
        raise NexusError("The disk is full.", "Make room, then try again.")

    tutor.record.write = fails  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        tutor.record.write = write  # type: ignore[method-assign]
