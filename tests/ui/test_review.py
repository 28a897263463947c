"""The place Review: what waits, how long it takes, when to come back."""

from textual.pilot import Pilot

from nexus_tui.course.model import Response
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.review import ReviewScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.conftest import LESSON, Clock


def miss(tutor: Tutor, *names: str) -> None:
    session = tutor.quiz.session("x", tuple(f"{LESSON}#{name}" for name in names), "lesson", 1)
    while question := tutor.quiz.question(session):
        tutor.quiz.answer(session, question, Response(unknown=True))
        session.index += 1


def said(app: NexusApp) -> str:
    assert isinstance(app.screen, ReviewScreen)
    return " ".join(app.screen.query_one("#review-page", Pane).plain.split())


async def go(pilot: "Pilot[None]") -> None:
    assert isinstance(pilot.app, NexusApp)
    pilot.app.go("review")
    await pilot.pause()
    await pilot.pause()


async def test_nothing_yet(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        assert "Nothing to review yet." in said(app)
        await pilot.press("enter")
        assert isinstance(app.screen, ReviewScreen)


async def test_nothing_due_says_when_to_come_back(app: NexusApp, tutor: Tutor) -> None:
    miss(tutor, "name", "terms")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        assert "Nothing is due." in said(app)
        assert "Come back tomorrow: 2 questions." in said(app)


async def test_what_waits_and_the_way_through_it(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    miss(tutor, "name", "counts-list", "terms")
    clock.days(1)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        assert "3 questions for today, about 1 minute." in said(app)
        assert "Queries ■■■ 3" in said(app)
        assert app.due_count == 3
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        assert screen.run.session.context == "review"
        await pilot.press("f3", "enter", "f3")
        assert app.due_count == 1
        await pilot.press("escape")
        await pilot.pause()
        assert "0 of 2 right. Saved." in said(app)
        assert "1 question left for today" in said(app)
        assert "2" in said(app).partition("The next days")[2]


async def test_after_a_break_a_short_session_comes_first(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    names = [q.id.partition("#")[2] for q in tutor.course.quiz(LESSON)]
    miss(tutor, *names)
    clock.days(30)
    async with app.run_test(size=(80, 24)) as pilot:
        app.tutor.quiz.due = lambda: tuple(f"{LESSON}#{name}" for name in names * 2)  # type: ignore[method-assign]
        await go(pilot)
        assert "Welcome back." in said(app)
        assert "asks the first 10. a asks all 16." in said(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert len(app.screen.run.session.questions) == 10
        await pilot.press("escape", "escape")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert len(app.screen.run.session.questions) == 16
