"""A run through questions: keys, focus, what is saved and when."""

from dataclasses import replace

import pytest
from textual.widgets import Input, TextArea

from nexus_tui.course.model import Evidence
from nexus_tui.settings import Settings
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Session
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.questions.field import Field
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.asking import answers, ask, digit, foot, full, full_disk, page, put, shown
from tests.ui.conftest import LESSON, SIZES, Clock


async def test_chosen_then_sure_then_told_then_saved(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await ask(pilot, "cause", "counts-list")
        await pilot.press(digit(screen.run, "created"))
        assert screen.run.phase == "sure"
        assert answers(tutor, "cause") == []
        assert "How sure are you?" in foot(screen)
        await pilot.press("s")
        told = answers(tutor, "cause")
        assert [(a["chosen"], a["right"], a["confidence"]) for a in told] == [
            (["created"], False, "sure")
        ]
        assert "Not yet." in foot(screen)
        assert "Comes back tomorrow." in foot(screen)
        assert "You chose this." in page(screen)
        for option in screen.run.question.options:  # type: ignore[union-attr]
            assert option.why.text[:30] in page(screen)
        await pilot.press("enter")
        assert screen.run.question is not None
        assert screen.run.question.id == f"{LESSON}#counts-list"


async def test_without_confidence_a_digit_answers(app: NexusApp, tutor: Tutor) -> None:
    tutor.choose(Settings(confidence=False))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")
        await pilot.press(digit(screen.run, "eleven"))
        assert screen.run.phase == "told"
        assert answers(tutor, "counts-list")[0]["confidence"] == ""
        assert "Right." in foot(screen)


async def test_a_choice_can_be_changed_before_it_is_judged(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")
        await pilot.press("down", "enter")
        assert "How sure" in foot(screen)
        await pilot.press("down")
        assert "Choose one" in foot(screen)
        await pilot.press("enter")
        assert screen.run.sheet is not None
        chosen = screen.run.sheet.hand
        await pilot.press("escape")
        assert "Choose one" in foot(screen)
        assert answers(tutor, "counts-list") == []
        await pilot.press("enter", "2")
        assert answers(tutor, "counts-list")[0]["chosen"] == [chosen]
        assert answers(tutor, "counts-list")[0]["confidence"] == "think"


async def test_digits_do_not_lead_to_other_places(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "culprit", "cause")
        await pilot.press("5", "4", "1")
        assert app.screen is screen
        await pilot.press("down", "enter", "4", "9")
        assert app.screen is screen
        assert screen.run.phase == "sure"


async def test_not_knowing_is_no_shame(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "relations")
        await pilot.press("d")
        assert answers(tutor, "relations")[0]["unknown"] is True
        assert "Not known yet." in foot(screen)
        assert "Not yet" not in foot(screen)
        assert "You left this out" not in page(screen)


async def test_a_hint_is_shown_and_counted(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "how-many")
        assert "What does" not in page(screen)
        await pilot.press("i")
        assert "Hint. What does book.author do" in page(screen)
        await pilot.press(digit(screen.run, "eleven"), "t")
        assert answers(tutor, "counts-list")[0]["hint"] is True
        assert "You opened the hint." in foot(screen)
        await pilot.press("enter", "f2")
        assert "There is no hint" in foot(screen)


async def test_what_cannot_be_saved_is_not_shown_as_saved(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")
        key = digit(screen.run, "eleven")
        with full_disk(tutor):
            await pilot.press(key, "s")
            assert screen.run.graded is None
            assert "Not saved. The disk is full." in foot(screen)
            assert "Make room" in foot(screen)
            assert "Right." not in foot(screen)
            await pilot.press("enter")
            assert "Not saved." in foot(screen)
        await pilot.press("enter")
        assert "Right." in foot(screen)
        assert [a["confidence"] for a in answers(tutor, "counts-list")] == ["sure"]


async def test_undo_takes_back_and_asks_again(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "cause")
        await pilot.press(digit(screen.run, "one"), "g", "u")
        assert answers(tutor, "counts-list") == []
        assert screen.run.phase == "ask"
        assert "Taken back." in foot(screen)
        await pilot.press(digit(screen.run, "eleven"), "g", "enter")
        await pilot.press("u")
        assert screen.run.question.id == f"{LESSON}#counts-list"  # type: ignore[union-attr]
        assert answers(tutor, "counts-list") == []
        await pilot.press("u")
        assert screen.run.session.results == {}


async def test_undo_that_cannot_be_saved_leaves_the_answer(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")
        await pilot.press(digit(screen.run, "one"), "g")
        with full_disk(tutor):
            await pilot.press("u")
        assert len(answers(tutor, "counts-list")) == 1
        assert "disk is full" in foot(screen)
        await pilot.press("enter")
        assert not isinstance(app.screen, QuizScreen)


async def test_leaving_calls_back_and_keeps_answers(app: NexusApp, tutor: Tutor) -> None:
    done: list[Session] = []
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "cause", on_done=done.append)
        await pilot.press(digit(screen.run, "one"), "g", "enter", "backspace")
        assert app.screen is not screen
        assert [session.right for session in done] == [0]
        assert len(answers(tutor, "counts-list")) == 1


async def test_one_question_goes_back_without_a_summary(app: NexusApp) -> None:
    done: list[Session] = []
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", on_done=done.append)
        await pilot.press(digit(screen.run, "eleven"), "s")
        assert "enter goes back" in foot(screen)
        await pilot.press("enter")
        assert app.screen is not screen
        assert len(done) == 1


async def test_time_is_counted_only_while_in_front(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")
        seconds = [100.0]
        screen.run._clock = lambda: seconds[0]
        screen.run.bring()
        seconds[0] += 3
        await pilot.press("question_mark")
        seconds[0] += 60
        await pilot.press("escape")
        seconds[0] += 2
        await pilot.press(digit(screen.run, "eleven"))
        seconds[0] += 1
        await pilot.press("g")
        assert answers(tutor, "counts-list")[0]["ms"] == 6000


async def test_a_quiz_left_in_the_middle_goes_on(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(QuizScreen(tutor.quiz.of_lesson(LESSON)))
        await pilot.pause()
        await pilot.press("d", "enter", "f3", "escape")
        again = tutor.quiz.of_lesson(LESSON)
        screen = QuizScreen(again)
        await app.push_screen(screen)
        await pilot.pause()
        assert again.index == 2
        assert len(again.results) == 2


async def test_the_summary_names_what_to_read_and_asks_the_missed(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "cause")
        await pilot.press(digit(screen.run, "eleven"), "s", "enter")
        await pilot.press(digit(screen.run, "vacuum"), "s")
        assert "You were sure; 1 of your 2 sure answers so far were right." in foot(screen)
        await pilot.press("enter")
        told = page(screen)
        assert "1 of 2 right." in told
        assert "Right when you were sure, 1 of 2." in told
        assert "Count the queries a view makes" in told
        assert "Choose an index for a filter and an order" in told
        assert told.index("Worth reading again") < told.index("Choose an index")
        await pilot.press("o")
        assert screen.run.session.questions == ("queries/indexes#cause",)


async def test_broken_questions_are_passed_over_and_named(app: NexusApp, tutor: Tutor) -> None:
    path = tutor.course.root / "quizzes" / "queries" / "indexes.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: choice", "kind: riddle"), "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "cause", "counts-list")
        assert screen.run.question.id == f"{LESSON}#counts-list"  # type: ignore[union-attr]
        await pilot.press("d", "enter")
        assert "Could not be read" in page(screen)
        assert "queries/indexes#cause" in page(screen)
        assert "riddle" in page(screen)


async def test_reviews_count_down(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await ask(pilot, "counts-list", "cause", context="review")
        app.due_count = 2
        await pilot.press("d")
        assert app.due_count == 1
        await pilot.press("u")
        assert app.due_count == 2


async def test_the_lesson_is_one_key_away(app: NexusApp, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(app, "open_id", opened.append)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "cause", "counts-list")
        await pilot.press("l")
        await pilot.press("d")
        assert "l reads Composite indexes" in foot(screen)
        await pilot.press("l", "enter", "d", "enter", "down", "down", "l")
        assert opened == ["queries/indexes#cause", "queries/indexes#cause", LESSON]


@pytest.mark.parametrize(
    ("question", "section"),
    [("counts-list", 1), ("culprit", 1), ("relations", 3), ("lock", 0)],
    ids=["where it is asked", "where its objective is asked", "where it says", "nowhere"],
)
async def test_the_lesson_opens_at_the_section(app: NexusApp, question: str, section: int) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(pilot, question)
        await pilot.press("d", "l")
        await pilot.pause()
        assert isinstance(app.screen, LearnScreen)
        assert (app.screen.lesson.head.id, app.screen.section) == (LESSON, section)  # type: ignore[union-attr]


@pytest.mark.parametrize("size", SIZES)
async def test_verdict_and_choice_are_in_view(app: NexusApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        for option in ("orm", "created", "both", "vacuum"):
            screen = await ask(pilot, "cause")
            await pilot.press(digit(screen.run, option), "t")
            await pilot.pause()
            assert " ".join(foot(screen).split()) in shown(screen)
            assert "You chose this." in shown(screen)
            await pilot.press("escape")


async def test_focus_is_never_lost(app: NexusApp) -> None:
    names = ["counts-list", "name", "printed", "lock", "how-many", "culprit"]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, *names)
        for _ in names:
            assert screen.focused is not None
            typed = screen.run.sheet.typed  # type: ignore[union-attr]
            assert isinstance(screen.focused, Input | TextArea) is typed
            await pilot.press("f3")
            assert isinstance(screen.focused, Pane)
            await pilot.press("enter")
        assert "0 of 6 right." in page(screen)
        assert isinstance(screen.focused, Pane)


async def test_no_widget_is_made_for_another_question(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "name", "printed")
        kept = [screen.query_one(f"#{id}") for id in ("where", "page", "field", "word", "lines")]
        await pilot.press("d", "enter", "f3", "enter")
        now = [screen.query_one(f"#{id}") for id in ("where", "page", "field", "word", "lines")]
        assert all(a is b for a, b in zip(kept, now, strict=True))
        assert screen.query_one(Field).shown


async def test_escape_leads_from_the_field_to_the_keys(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "name")
        put(screen, "prefetch")
        await pilot.press("escape")
        assert app.screen is screen
        await pilot.press("i")
        assert "Hint." in page(screen)
        assert screen.query_one(Input).value == "prefetch"
        await pilot.press("enter", "_", "x", "enter", "s")
        assert answers(tutor, "name")[0]["text"] == "prefetch_x"
        assert answers(tutor, "name")[0]["hint"] is True


async def test_a_click_into_the_field_changes_the_answer(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "name")
        put(screen, "prefetch")
        await pilot.press("enter")
        assert "How sure" in foot(screen)
        await pilot.click("#word")
        assert "Type the answer" in foot(screen)
        await pilot.press("end", "_", "s", "enter", "s")
        assert answers(tutor, "name")[0]["text"] == "prefetch_s"


async def test_a_draft_survives_the_question_how_sure(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "printed")
        screen.query_one(TextArea).text = "[]\n[0, 1, 2]"
        await pilot.press("ctrl+r")
        assert screen.run.phase == "sure"
        await pilot.press("escape")
        assert isinstance(screen.focused, TextArea)
        assert screen.query_one(TextArea).text == "[]\n[0, 1, 2]"
        await pilot.press("f5", "g")
        assert "You wrote" in page(screen)


async def test_nothing_blinks(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "name")
        assert not screen.query_one(Input).cursor_blink
        assert not screen.query_one(TextArea).cursor_blink
        assert pilot is not None


async def test_keys_tell_what_works_now(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list")

        def says() -> set[str]:
            return {active.binding.description for active in screen.active_bindings.values()}

        assert {"Choose", "Hint", "I don't know", "Leave"} <= says()
        assert not {"Next", "A guess", "Tick", "Level", "Undo"} & says()
        await pilot.press("1")
        assert {"A guess", "I think so", "I am sure"} <= says()
        await pilot.press("g")
        assert {"Next", "Undo", "Lesson"} <= says()
        assert "Hint" not in says()


async def test_clock_moves_reviews(tutor: Tutor, clock: Clock) -> None:
    session = tutor.quiz.session("x", (f"{LESSON}#counts-list",), "lesson")
    question = tutor.quiz.question(session)
    assert question is not None
    from nexus_tui.course.model import Response

    tutor.quiz.answer(session, question, Response(unknown=True))
    assert tutor.quiz.due() == ()
    clock.days(1)
    assert tutor.quiz.due() == (question.id,)


async def test_a_page_that_does_not_fit_says_so_and_scrolls(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("counts-list", "name", "printed"):
        question = tutor.course.question(full(name))
        long = replace(question, evidence=(Evidence("text", "a line\n" * 40 + "the end"),))
        monkeypatch.setattr(tutor.course, "question", lambda id, q=long: q)
        async with NexusApp(tutor).run_test(size=(80, 24)) as pilot:
            screen = await ask(pilot, name)
            monkeypatch.undo()
            assert "pgdn shows the rest." in foot(screen)
            assert "the end" not in shown(screen)
            await pilot.press("pagedown", "pagedown", "pagedown", "pagedown")
            assert "the end" in shown(screen)
            await pilot.press("pageup")
            assert "the end" not in shown(screen)
            await pilot.press("f3")
            assert "enter goes back" in foot(screen)


async def test_another_size_keeps_verdict_and_choice_in_view(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40)) as pilot:
        screen = await ask(pilot, "cause")
        await pilot.press(digit(screen.run, "vacuum"), "s")
        for size in (*SIZES, (100, 30), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "You chose this." in shown(screen), size
            assert " ".join(foot(screen).split()) in shown(screen), size


async def test_too_small_and_back(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "name")
        put(screen, "half a wo")
        await pilot.resize_terminal(40, 10)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert screen.query_one(Input).value == "half a wo"
        assert screen.focused is not None
