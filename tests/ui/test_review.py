"""The place Review: what waits, how long it takes, when to come back."""

from pathlib import Path

from textual.pilot import Pilot

from nexus_tui.course.model import Response
from nexus_tui.learner import events, queue
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.today import ReviewCard
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.questions.widgets import SheetPane
from nexus_tui.ui.screens.aside import AsideScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.review import ReviewScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.asking import RIGHT, digit
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
        app.tutor.quiz.due = lambda: tuple(f"{LESSON}#{name}" for name in names * 3)  # type: ignore[method-assign]
        card = ReviewCard(24, 0.5, ())
        app.tutor.today.review = lambda: card  # type: ignore[method-assign]
        await go(pilot)
        assert "Welcome back." in said(app)
        assert "asks the first 10. a asks all 24." in said(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert len(app.screen.run.session.questions) == 10
        await pilot.press("escape", "escape")
        await pilot.pause()
        await pilot.press("a")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert len(app.screen.run.session.questions) == 24


async def test_the_last_answer_is_taken_back_after_a_restart(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    miss(tutor, "name", "counts-list")
    clock.days(1)
    review = tutor.quiz.review()
    question = tutor.quiz.question(review)
    assert question
    tutor.quiz.answer(review, question, Response(unknown=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        assert app.due_count == 1
        await pilot.press("u")
        assert "Taken back" in said(app)
        assert question.prompt.text[:20] in said(app)
        assert app.due_count == 2
        assert queue.reviewed(tutor.record) == 0
        await pilot.press("u")  # yesterday's stand
        assert "No answer of today is left" in said(app)
        assert app.due_count == 2


async def test_undo_in_a_review_counts_up_again(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    miss(tutor, "name", "counts-list")
    clock.days(1)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("f3")
        assert app.due_count == 1
        await pilot.press("f4")
        assert app.due_count == 2
        assert queue.reviewed(tutor.record) == 0


async def test_what_is_buried_comes_back_tomorrow(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    miss(tutor, "name", "counts-list", "terms")
    clock.days(1)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        first = screen.run.session.current
        await pilot.press("f9")
        assert app.due_count == 2
        assert screen.run.session.current != first
        assert "of 2" in screen.where().plain
        screen.action_finish()
        await pilot.pause()
        assert "1 not today" in said(app)
        assert "2 questions for today" in said(app)
        assert tutor.quiz.reviews.buried() == [first]
        assert tutor.quiz.reviews.ahead()[1] == 1
    clock.days(1)
    assert tutor.quiz.reviews.buried() == []
    assert first in tutor.quiz.due()


async def test_everything_buried_ends_the_review(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    miss(tutor, "counts-list")
    clock.days(1)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("b")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert app.due_count == 0


async def test_set_aside_is_listed_and_put_back(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    miss(tutor, "counts-list", "name")
    clock.days(1)
    tutor.quiz.reviews.bury(f"{LESSON}#name")
    tutor.quiz.reviews.flag(f"{LESSON}#counts-list", "wrong [/b] number?")
    tutor.quiz.reviews.flag("gone/away#q[b]")
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        assert "1 not today, 2 flagged" in said(app)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, AsideScreen)
        told = app.screen.query_one("#aside-page", Pane).plain
        assert "wrong [/b] number?" in told
        assert "gone/away#q[b]" in told
        await pilot.press("x")
        assert tutor.quiz.reviews.buried() == []
        await pilot.press("x")
        assert [flag.question for flag in tutor.quiz.reviews.flags()] == [f"{LESSON}#counts-list"]
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("x")
        assert "Nothing is set aside." in app.screen.query_one("#aside-page", Pane).plain
        await pilot.press("x", "enter", "escape")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)


async def test_the_end_of_a_review_says_what_it_was_good_for(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    miss(tutor, "counts-list", "name")
    clock.days(3)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(pilot)
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, QuizScreen)
        for _ in range(2):
            if screen.run.session.current.endswith("counts-list"):
                await pilot.press(digit(screen.run, RIGHT["counts-list"]), "s", "enter")
            else:
                await pilot.press("f3", "enter")
        assert screen.run.phase == "end"
        told = " ".join(screen.query_one(SheetPane).page_text.split())
        assert "Of what you got right," in told
        assert "Done for today. Come back tomorrow: 1 question." in told
        without, now = tutor.quiz.gain(screen.run.session) or (1.0, 0.0)
        assert 0 < without < now < 1


def test_once_more_takes_nothing_of_the_day(tutor: Tutor, clock: Clock) -> None:
    miss(tutor, "counts-list", "name")
    clock.days(1)
    review = tutor.quiz.review()
    while question := tutor.quiz.question(review):
        tutor.quiz.answer(review, question, Response(unknown=True))
        review.index += 1
    again = tutor.quiz.again(review)
    assert again.questions == review.missed
    question = tutor.quiz.question(again)
    assert question
    tutor.quiz.answer(again, question, Response(unknown=True))
    assert queue.reviewed(tutor.record) == 2


def test_what_is_confused_is_said_to_stand_beside(
    course_root: Path, tutor: Tutor, clock: Clock
) -> None:
    file = course_root / "lessons/queries/module.yaml"
    pair = f'confusable:\n  - ["{LESSON}#name", "{LESSON}#terms"]'
    file.write_text(file.read_text().replace("confusable: []", pair))
    for days in (0, 3):
        clock.days(days)
        for name in ("name", "counts-list", "terms"):
            events.answer(tutor.record, events.Answer(f"{LESSON}#{name}", True))
    clock.days(60)
    review = tutor.quiz.review()
    [second] = review.contrasts
    at = review.questions.index(second)
    beside = {second, review.questions[at - 1]}
    assert beside == {f"{LESSON}#name", f"{LESSON}#terms"}
