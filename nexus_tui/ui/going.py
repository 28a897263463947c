"""From a recommendation, a path or a module to the screen that follows it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexus_tui.tutor.next import Next
    from nexus_tui.ui.app import NexusApp


def follow(app: "NexusApp", wanted: "Next") -> None:
    """Do what is recommended."""
    if wanted.kind == "review":
        app.go("review")
    elif wanted.kind == "refresh":
        refresh(app, wanted.id)
    elif wanted.kind == "test-out":
        test_out(app, wanted.id)
    elif wanted.kind == "fork":
        paths(app, app.tutor.paths.choices().path)
    elif wanted.id:
        app.open_id(wanted.id)
    else:
        app.go("learn")


def refresh(app: "NexusApp", lesson: str) -> None:
    """Ask what a lesson builds on."""
    from nexus_tui.tutor.next import refresh as session
    from nexus_tui.ui.screens.quiz import QuizScreen

    made = app.attempt(lambda: session(app.tutor, lesson))
    if made and made.questions:
        app.push_screen(QuizScreen(made))
    else:
        app.open_id(lesson)


def test_out(app: "NexusApp", module: str) -> None:
    """Begin to test out of a module."""
    from nexus_tui.ui.screens.testout import TestOutScreen

    session = app.attempt(lambda: app.tutor.testout.start(module))
    if session and not isinstance(app.screen, TestOutScreen):
        app.push_screen(TestOutScreen(session))


def paths(app: "NexusApp", open: str | None = None) -> None:
    """The learning paths; one of them open."""
    from nexus_tui.ui.screens.paths import PathsScreen

    if not isinstance(app.screen, PathsScreen):
        app.push_screen(PathsScreen(open))


def goal(app: "NexusApp") -> None:
    """The day to be through by."""
    from nexus_tui.ui.screens.goal import GoalScreen

    if not isinstance(app.screen, GoalScreen):
        app.push_screen(GoalScreen())


def welcome(app: "NexusApp") -> None:
    """The first screens."""
    from nexus_tui.ui.screens.welcome import WelcomeScreen

    if not isinstance(app.screen, WelcomeScreen):
        app.push_screen(WelcomeScreen())
