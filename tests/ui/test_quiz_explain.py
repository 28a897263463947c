"""A line of one's own before the options, and a flag with a line: typed, kept, never graded."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.questions.field import Field
from nexus_tui.ui.questions.remark import RemarkScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from tests.ui.asking import answers, ask, foot, full, page, put, shown
from tests.ui.conftest import LESSON


def phase(screen: QuizScreen) -> str:
    return screen.run.phase


def explain(tutor: Tutor) -> None:
    tutor.choose(replace(tutor.settings, explain=True, confidence=False))


async def test_every_shape_is_explained_first(app: NexusApp, tutor: Tutor) -> None:
    explain(tutor)
    names = [question.id for question in tutor.course.quiz(LESSON)]
    assert len({tutor.course.question(name).shape for name in names}) >= 5
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, *names)
        for number, name in enumerate(names):
            assert phase(screen) == "explain"
            assert screen.typing
            assert "In your words" in foot(screen)
            put(screen, f"own [b] line {number}")
            await pilot.press("enter")
            assert phase(screen) == "ask"
            typed = screen.run.sheet is not None and screen.run.sheet.typed
            assert screen.query_one(Field).shown is screen.typing is typed
            await pilot.press("f3")
            assert f"own [b] line {number}" in page(screen) + foot(screen)
            [payload] = answers(tutor, name)
            assert payload["explained"] == f"own [b] line {number}"
            assert payload["right"] is False
            await pilot.press("enter")
        assert phase(screen) == "end"


async def test_options_are_hidden_until_then_and_enter_skips(app: NexusApp, tutor: Tutor) -> None:
    explain(tutor)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "name")
        sheet = screen.run.sheet
        assert sheet
        texts = [option.text.text for option in sheet.options]
        assert not any(f" {text}\n" in page(screen) for text in texts)
        await pilot.press("escape", "1")
        assert phase(screen) == "explain"
        await pilot.press("enter")
        assert screen.typing
        await pilot.press("enter")
        assert all(text in page(screen) for text in texts)
        await pilot.press("1")
        assert phase(screen) == "told"
        [payload] = answers(tutor, "counts-list")
        assert "explained" not in payload


async def test_a_key_turns_it_on_and_off(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "name")
        assert phase(screen) == "ask"
        await pilot.press("w")
        assert phase(screen) == "explain"
        await pilot.press("escape", "w")
        assert phase(screen) == "ask"
        assert not screen.typing
        await pilot.press("w")
        put(screen, "because")
        await pilot.press("enter", "f3", "enter")
        assert phase(screen) == "explain"
        assert screen.query_one(Input).value == ""


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (132, 40)])
async def test_the_line_stands_beside_the_explanation(
    app: NexusApp, tutor: Tutor, size: tuple[int, int]
) -> None:
    explain(tutor)
    async with app.run_test(size=size) as pilot:
        screen = await ask(pilot, "counts-list")
        put(screen, "one query a book")
        await pilot.press("enter", "f3")
        assert "In your words. one query a book" in shown(screen)
        assert "The idea." in shown(screen)


async def test_a_flag_with_a_line(app: NexusApp, tutor: Tutor) -> None:
    reviews = tutor.quiz.reviews
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "counts-list", "name")
        await pilot.press("f")
        await pilot.pause()
        assert isinstance(app.screen, RemarkScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert reviews.flags() == []
        await pilot.press("f")
        await pilot.pause()
        app.screen.query_one(Input).value = " odd [/] "
        await pilot.press("enter")
        await pilot.pause()
        assert [(f.question, f.text) for f in reviews.flags()] == [(full("counts-list"), "odd [/]")]
        assert "Flagged." in foot(screen)
        await pilot.press("f8")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "odd [/]"
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("b")  # only a review can be put off
        assert screen.run.question is not None
        assert reviews.buried() == []


async def test_a_typed_question_is_put_off_and_flagged_from_its_field(
    app: NexusApp, tutor: Tutor
) -> None:
    names = [q.id for q in tutor.course.quiz(LESSON) if q.shape == "text"]
    assert "predict" in {tutor.course.question(name).kind for name in names}
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, *names, "counts-list", context="review")
        for name in names:
            assert screen.typing
            await pilot.press("f8")
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("f9")
            assert tutor.quiz.reviews.buried()[-1] == name
        assert len(tutor.quiz.reviews.flags()) == len(names)
        assert not screen.typing
