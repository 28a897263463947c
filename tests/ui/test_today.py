"""Today: the cards, the map, the first start, and that keys and mouse do the same."""

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.settings import SettingsScreen
from nexus_tui.ui.widgets.cards import Card
from nexus_tui.ui.widgets.coursemap import CourseMap
from nexus_tui.ui.widgets.topbar import TopBar
from tests.ui.conftest import Clock
from tests.ui.course import LAB, LOOPS, NAMES, SIZE, answer, read, settle, shown, write


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


def learning(app: NexusApp, lesson: str) -> bool:
    """Whether a lesson is open in front."""
    screen = app.screen
    return (
        isinstance(screen, LearnScreen)
        and screen.lesson is not None
        and screen.lesson.head.id == lesson
    )


def told(app: NexusApp, card: str) -> str:
    """What a card says, in one line."""
    lines = app.screen.query_one(f"#card-{card}", Card)._lines
    return " ".join(line.plain for line in lines)


async def up(pilot: Pilot[None], app: NexusApp) -> None:
    """The day is on the screen: it comes right after the first frame."""
    await settle(pilot, lambda: app.screen.query_one("#greeting", Static).content)


async def test_a_first_start_says_how_to_begin(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        seen = shown(app)
        assert "Welcome." in seen
        assert "Begin" in seen
        assert "A good place to begin." in told(app, "lesson")
        assert "Names and objects" in told(app, "lesson")
        assert "All quiet" in told(app, "review")
        assert "Labs run your code" in told(app, "lab")
        assert "answer ·" not in seen
        assert app.focused is app.screen.query_one("#card-lesson")


@pytest.mark.parametrize("key", ["enter", "c"])
async def test_enter_and_c_open_the_lesson(app: NexusApp, key: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press(key)
        await settle(pilot, lambda: learning(app, NAMES))
        assert app.current_mode == "learn"
        assert app.focused is app.screen.query_one("#reader")


async def test_a_card_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await pilot.click("#card-lesson")
        await settle(pilot, lambda: learning(app, NAMES))


async def test_r_goes_to_review_and_back(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("r")
        await pilot.pause()
        assert app.current_mode == "review"
        assert app.focused is not None
        await pilot.press("1")
        await pilot.pause()
        assert app.current_mode == "today"
        assert app.focused is not None


async def test_l_goes_to_the_labs_while_none_is_worth_it(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("l")
        await pilot.pause()
        assert app.current_mode == "labs"


async def test_l_opens_the_lab_of_a_lesson_that_was_read(app: NexusApp, tutor: Tutor) -> None:
    read(tutor, NAMES)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        assert "Double it" in shown(app)
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert app.screen.opened.lab.head.id == LAB
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "today"
        assert app.focused is not None


async def test_the_cards_tell_what_was_left_and_what_is_due(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    read(tutor, NAMES)
    tutor.study.read(tutor.study.open(LOOPS), 0)
    answer(tutor, f"{NAMES}#one-list")
    answer(tutor, f"{NAMES}#copies", right=False)
    clock.days(3)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        seen = shown(app)
        assert "Three things are worth doing now." in seen
        assert "You stopped here." in told(app, "lesson")
        assert "2 questions are due" in told(app, "review")
        assert "Review 2" in seen
        assert "2 answers · 50% right" in seen
        assert app.due_count == 2


async def test_a_lesson_done_makes_room_for_the_next(app: NexusApp, tutor: Tutor) -> None:
    read(tutor, NAMES)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("c")
        await settle(pilot, lambda: learning(app, LOOPS))


async def test_the_map_moves_and_opens(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("m")
        on_map = app.screen.query_one(CourseMap)
        assert app.focused is on_map
        assert on_map.at == "python"
        await pilot.press("down")
        assert on_map.at == "sql"
        await pilot.press("right")
        assert on_map.at == "caching"
        await pilot.press("left", "k", "up")
        assert on_map.at == "python"
        await pilot.press("l", "enter")
        await settle(pilot, lambda: learning(app, "caching/whether"))


async def test_a_module_on_the_map_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await pilot.click(CourseMap, offset=(4, 2))
        await settle(pilot, lambda: learning(app, "sql/joins"))


async def test_arrows_and_tab_walk_over_the_cards(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("right")
        assert app.focused is not None
        assert app.focused.id == "card-review"
        await pilot.press("left")
        assert app.focused.id == "card-lesson"
        await pilot.press("tab", "tab", "tab")
        assert app.focused.id == "map"


@pytest.mark.parametrize(("key", "place"), [("2", "learn"), ("3", "labs"), ("5", "progress")])
async def test_digits_go_to_places_and_keep_the_keyboard(
    app: NexusApp, key: str, place: str
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert app.current_mode == place
        assert app.focused is not None
        await pilot.press("1")
        await pilot.pause()
        assert app.current_mode == "today"
        assert app.focused is not None


async def test_a_place_in_the_first_line_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        column = shown(app).split("\n")[0].index("Progress")
        await pilot.click(TopBar, offset=(column + 2, 0))
        await pilot.pause()
        assert app.current_mode == "progress"
        column = shown(app).split("\n")[0].index("Today")
        await pilot.click(app.screen.query_one(TopBar), offset=(column, 0))
        await pilot.pause()
        assert app.current_mode == "today"


async def test_s_opens_the_settings(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)


async def test_when_all_is_read_it_says_so_and_c_still_goes_somewhere(
    app: NexusApp, tutor: Tutor
) -> None:
    for head in tutor.study.lessons():
        if not head.problem:
            read(tutor, head.id)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        assert "Every lesson is read." in told(app, "lesson")
        await pilot.press("c")
        await pilot.pause()
        assert app.current_mode == "learn"
        assert app.focused is not None


async def test_what_changed_elsewhere_is_there_on_coming_back(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("2")
        await pilot.pause()
        answer(tutor, f"{NAMES}#one-list")
        await pilot.press("1")
        await settle(pilot, lambda: "1 answer ·" in shown(app))


async def test_too_small_a_window_says_so_and_comes_back(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("right")
        await pilot.pause()
        for size in ((59, 24), (80, 19), (59, 19)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "needs a window" in shown(app)
            assert "Begin" not in shown(app)
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        assert "needs a window" not in shown(app)
        assert "Begin" in shown(app)
        assert isinstance(app.focused, Card)


async def test_q_leaves_even_when_there_is_no_room(app: NexusApp) -> None:
    async with app.run_test(size=(40, 10), notifications=True) as pilot:
        await pilot.pause()
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running


async def test_no_timer_runs_once_the_screen_is_up(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause()
        await asyncio.sleep(0.1)
        nodes = [app, *app.screen.walk_children(with_self=True)]
        timers = [timer for node in nodes for timer in node._timers]
        assert not [t for t in timers if t._repeat is None and t._active.is_set()]
