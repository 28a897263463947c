"""What is behind a number, on the screen: down to the questions met, and back."""

import json
from pathlib import Path

import pytest

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.recall import RecallScreen
from nexus_tui.ui.screens.today import TodayScreen
from nexus_tui.ui.widgets.coursemap import CourseMap
from nexus_tui.ui.widgets.outline import OutlineTree
from tests.ui.conftest import SIZES, Clock
from tests.ui.course import (
    FILES,
    LAB,
    NAMES,
    SIZE,
    TORN,
    answer,
    pane,
    settle,
    shown,
    text_of,
    write,
)

PAGE = "#recall-page"


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture(autouse=True)
def _history(tutor: Tutor, clock: Clock) -> None:
    """One question of the first lesson was met: right as a guess, then wrong."""
    answer(tutor, f"{NAMES}#one-list", confidence="guess")
    clock.days(3)
    answer(tutor, f"{NAMES}#one-list", right=False, confidence="sure")
    clock.days(1)


@pytest.mark.parametrize("size", SIZES)
async def test_from_module_to_questions_and_back(app: NexusApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = RecallScreen("python")
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected == NAMES)
        assert "1 of 4 questions and labs met." in " ".join(text_of(app, PAGE).split())
        assert "Double it  not begun" in text_of(app, PAGE)
        await pilot.press("enter")
        await settle(pilot, lambda: screen.selected == f"{NAMES}@bind")
        page = " ".join(text_of(app, PAGE).split())
        assert "Which object is first?" in page
        assert "right 1 of 2" in page
        assert "wrong yesterday, said sure · due today" in page
        assert "Tell a copy from a second name not met yet" in page
        assert "copies?" not in page  # never met, never shown
        await pilot.press("down", "down", "down")
        assert screen.selected == LAB
        await pilot.press("up", "up")
        assert screen.selected == f"{NAMES}#one-list"
        assert max(line.content.cell_length for line in pane(app, PAGE)._lines) <= size[0] - 3
        await pilot.press("escape")
        await settle(pilot, lambda: screen.selected == NAMES)
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, TodayScreen))


async def test_a_question_opens_its_lesson_at_the_section(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen(NAMES)
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        await pilot.press("down", "enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert isinstance(app.screen, LearnScreen)
        assert app.screen.section == 1


async def test_these_questions_are_asked_now(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen(NAMES)
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        await pilot.press("a")
        await settle(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.session.questions == (f"{NAMES}#one-list",)
        await pilot.press("d")
        await settle(pilot, lambda: tutor.today.view().totals.answers == 3)
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, RecallScreen))
        await settle(pilot, lambda: "not known today" in text_of(app, PAGE))


async def test_what_was_never_met_cannot_be_asked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen(NAMES)
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        await pilot.press("down", "down")
        assert screen.selected == f"{NAMES}@copy"
        await pilot.press("a")
        await pilot.pause()
        assert app.screen is screen


async def test_a_lesson_that_cannot_be_read_is_told(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen("sql")
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        await pilot.press("down")
        assert screen.selected == TORN
        await pilot.press("enter")
        await settle(pilot, lambda: "cannot be read" in shown(app))
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is screen)
        assert screen.selected == TORN


async def test_opened_at_a_broken_lesson_its_module_is_shown(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen(TORN)
        app.push_screen(screen)
        await settle(pilot, lambda: "cannot be read" in shown(app))
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is screen and screen.selected == TORN)
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, TodayScreen))


async def test_a_row_is_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen("python")
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        rows = [line.item for line in pane(app, PAGE)._lines]
        await pilot.click(PAGE, offset=(6, rows.index(NAMES)))
        await settle(pilot, lambda: screen.selected == f"{NAMES}@bind")


async def test_the_map_says_it_in_words_and_opens_it(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot, lambda: "known well" in shown(app))
        await pilot.press("m")
        await settle(pilot, lambda: "in 30 days if nothing is done" in shown(app))
        assert app.screen.query_one(CourseMap).at == "python"
        await pilot.press("i")
        await settle(pilot, lambda: isinstance(app.screen, RecallScreen))
        assert "Python" in text_of(app, PAGE)


async def test_the_outline_says_it_and_opens_it(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("2")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("o")
        tree = app.screen.query_one(OutlineTree)
        tree.stand_on(NAMES)
        await settle(pilot, lambda: tree.cursor_node and tree.cursor_node.data == NAMES)
        assert "in 30 days, beginning" in shown(app)
        await pilot.press("i")
        await settle(pilot, lambda: isinstance(app.screen, RecallScreen))
        await settle(pilot, lambda: "Which object is" in text_of(app, PAGE))


async def test_hostile_text_is_shown_and_obeyed_by_nothing(tutor: Tutor, course_root: Path) -> None:
    hostile = "[/oops] [@click=app.quit]x[/] d[key] [b"
    for name in ("lessons/python/names.md", "quizzes/python/names.yaml"):
        text = FILES[name].replace("Which object is `first`?", hostile)
        text = text.replace("Say which object a name is tied to", json.dumps(hostile))
        (course_root / name).write_text(text, "utf-8")
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = RecallScreen(NAMES)
        app.push_screen(screen)
        await settle(pilot, lambda: screen.is_mounted and screen.selected)
        seen = shown(app)
        assert seen.count("[/oops] [@click=app.quit]x[/] d[key] [b") == 2
