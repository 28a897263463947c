"""Where to go next on the screen: first start, paths, a day, testing out, the recommendation."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from nexus_tui.learner import progress
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.goal import GoalScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.paths import PathsScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.testout import TestOutScreen
from nexus_tui.ui.screens.welcome import WelcomeScreen
from nexus_tui.ui.widgets.outline import OutlineTree
from tests.ui.conftest import SIZES, Clock
from tests.ui.course import FILES, LOOPS, NAMES, SIZE, answer, pane, settle, shown, write

EVIL = "[red]x[/red] \\x1b[31m \\u202e"
PATHS = f"""\
paths:
  - id: short
    title: "The short way {EVIL}"
    whom: "Someone {EVIL}"
    steps:
      - python/loops
      - sql/windows
      - id: which
        ask: "Which is it? [b]"
        branches:
          - {{id: cache, text: "A [i]cache", steps: [caching/whether]}}
          - {{id: join, text: A join, steps: [sql/joins]}}
to_come:
  sql/windows: "Window [u]functions"
"""


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    evil = PATHS.replace("\\x1b[31m ", "").replace(" \\u202e", "")
    return write(tmp_path / "course", {"lessons/course.yaml": FILES["lessons/course.yaml"] + evil})


def unseen(tutor: Tutor) -> None:
    """As on the very first start."""
    tutor.paths._set("welcomed", False)


async def up(pilot: Pilot[None], app: NexusApp) -> None:
    """The day is on the screen."""
    await settle(pilot, lambda: app.screen_stack[0].query_one("#greeting", Static).content)


# The first start


@pytest.mark.parametrize("presses", [0, 1, 2])
async def test_escape_skips_the_first_screens_from_each_and_for_good(
    tutor: Tutor, presses: int
) -> None:
    unseen(tutor)
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        assert "Welcome to nexus-tui" in shown(app)
        for _ in range(presses):
            await pilot.press("enter")
        assert f"{presses + 1} of 3" in shown(app)
        await pilot.press("escape")
        await settle(pilot, lambda: not isinstance(app.screen, WelcomeScreen))
        assert app.focused is app.screen.query_one("#card-lesson")
        assert tutor.paths.choices().welcomed
        await pilot.press("2", "1")
        await pilot.pause()
        assert not isinstance(app.screen, WelcomeScreen)
        app.action_welcome()
        await pilot.pause()
        assert isinstance(app.screen, WelcomeScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_screens_choose_a_path(tutor: Tutor, size: tuple[int, int]) -> None:
    unseen(tutor)
    app = NexusApp(tutor)
    async with app.run_test(size=size, notifications=True) as pilot:
        await settle(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("enter", "down")
        assert "[red]x[/red]" in shown(app)
        await pilot.press("enter")
        assert tutor.paths.choices().path == "short"
        assert "Keys" in shown(app)
        await pilot.press("enter")
        await settle(pilot, lambda: not isinstance(app.screen, WelcomeScreen))
        await settle(pilot, lambda: "Loops" in shown(app))


async def test_the_first_screens_lead_to_testing_out(tutor: Tutor) -> None:
    unseen(tutor)
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot, lambda: isinstance(app.screen, WelcomeScreen))
        await pilot.press("enter", "up", "enter")
        assert "Which module do you know?" in shown(app)
        await pilot.press("backspace")
        assert "Where do you stand?" in shown(app)
        await pilot.press("up", "enter", "enter")
        await settle(pilot, lambda: isinstance(app.screen, TestOutScreen))
        assert tutor.paths.choices().welcomed


async def test_who_has_done_something_is_not_welcomed(tutor: Tutor) -> None:
    unseen(tutor)
    answer(tutor, f"{NAMES}#copies")
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        await pilot.pause()
        assert not isinstance(app.screen, WelcomeScreen)


# Paths


@pytest.mark.parametrize("size", SIZES)
async def test_a_path_is_looked_at_followed_and_gone(
    app: NexusApp, tutor: Tutor, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await up(pilot, app)
        await pilot.press("p")
        await settle(pilot, lambda: isinstance(app.screen, PathsScreen))
        page = pane(app, "#paths-page")
        await settle(pilot, lambda: page.selected == "path:")
        await pilot.press("down", "enter")
        assert "Window [u]functions" in shown(app)
        assert "to come" in shown(app)
        assert page.selected == f"step:{LOOPS}"
        await pilot.press("f")
        assert tutor.paths.choices().path == "short"
        await pilot.press("down", "enter")
        assert tutor.paths.choices().turns == {"short": {"which": "cache"}}
        assert "step:caching/whether" in page.items
        await pilot.press("escape", "escape")
        await settle(pilot, lambda: not isinstance(app.screen, PathsScreen))
        assert tutor.today.next().id == LOOPS
        await settle(pilot, lambda: "Next on your path" in shown(app))
        await pilot.press("n")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))


async def test_a_step_opens_and_a_fork_is_recommended(app: NexusApp, tutor: Tutor) -> None:
    tutor.paths.choose("short")
    tutor.study.mark_known(LOOPS)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        await settle(pilot, lambda: "Which is it? [b]" in shown(app))
        await pilot.press("n")
        await settle(pilot, lambda: isinstance(app.screen, PathsScreen))
        page = pane(app, "#paths-page")
        await settle(pilot, lambda: page.items)
        assert "known" in shown(app)
        page.selected = f"step:{LOOPS}"
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))


async def test_the_settings_lead_to_the_paths(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        await pilot.pause()
        assert "Learning path: The whole course" in shown(app)
        await pilot.press("p")
        await settle(pilot, lambda: isinstance(app.screen, PathsScreen))


async def test_a_day_is_typed_and_wrong_ones_are_said_in_words(app: NexusApp, tutor: Tutor) -> None:
    tutor.paths.choose("short")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        await pilot.press("d")
        await settle(pilot, lambda: isinstance(app.screen, GoalScreen))
        field = app.screen.query_one("#goal-day", Input)
        field.value = "30 feb"
        await pilot.press("enter")
        assert "There is no such day." in shown(app)
        field.value = "12 March"
        await pilot.pause()
        assert "Thursday, 12 March: in 2 days." in shown(app)
        app.screen.query_one("#goal-what", Input).value = "interview [b]"
        await pilot.press("enter")
        await settle(pilot, lambda: not isinstance(app.screen, GoalScreen))
        goal = tutor.paths.choices().goal
        assert goal is not None
        assert (goal.day.isoformat(), goal.what) == ("2026-03-12", "interview [b]")
        await settle(pilot, lambda: "12 March" in shown(app))
        await pilot.press("p")
        await settle(pilot, lambda: "interview [b]: 12 March." in shown(app))
        await pilot.press("d")
        await settle(pilot, lambda: isinstance(app.screen, GoalScreen))
        app.screen.query_one("#goal-day", Input).value = ""
        await pilot.press("enter")
        await settle(pilot, lambda: not isinstance(app.screen, GoalScreen))
        assert tutor.paths.choices().goal is None


# Testing out


async def test_a_module_is_tested_out_of_from_the_map(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        await pilot.press("m", "t")
        await settle(pilot, lambda: isinstance(app.screen, TestOutScreen))
        assert "question 1, 10 at most" in shown(app)
        await pilot.press("d", "enter", "d")
        await settle(pilot, lambda: "Worth reading" not in shown(app))
        await pilot.press("enter", "d", "enter")
        await settle(pilot, lambda: "Worth reading" in shown(app))
        assert "0 of 3 right." in shown(app)
        await pilot.press("enter")
        await settle(pilot, lambda: not isinstance(app.screen, TestOutScreen))
        assert not tutor.study.known()
        assert len(progress.memories(tutor.record)) == 3


async def test_what_is_known_is_marked_and_can_be_unmarked(app: NexusApp, tutor: Tutor) -> None:
    tutor.study.mark_known(NAMES)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))
        await settle(pilot, lambda: "known · Python" in shown(app))
        tree = app.screen.query_one(OutlineTree)
        assert "known" in str(tree._leaves[NAMES].label)
        await pilot.press("u")
        await settle(pilot, lambda: "known · Python" not in shown(app))
        assert not tutor.study.known()


async def test_the_outline_tests_out_of_the_module_one_stands_on(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))
        await pilot.pause()
        await pilot.press("o", "t")
        await settle(pilot, lambda: isinstance(app.screen, TestOutScreen))
        assert "Test out of Python" in shown(app)


async def test_the_recommendation_refreshes_what_has_faded(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    from dataclasses import replace

    from tests.ui.course import read

    read(tutor, NAMES)
    answer(tutor, f"{NAMES}#one-list", right=False, confidence="")
    clock.days(40)
    tutor.choose(replace(tutor.settings, daily_cap=0))
    from nexus_tui.learner import events

    events.append(tutor.record, "lesson_done", "gone/gone", {})
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await up(pilot, app)
        await settle(pilot, lambda: "Before Loops" in shown(app))
        await pilot.press("n")
        await settle(pilot, lambda: isinstance(app.screen, QuizScreen))
        assert "Which object is `first`?".replace("`", "") in shown(app)
