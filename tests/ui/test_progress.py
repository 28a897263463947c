"""Progress: bars with a sentence each, before and after there is something to show."""

from pathlib import Path

import pytest

from nexus_tui.learner import weeks
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.progress import ProgressScreen
from nexus_tui.ui.screens.recall import RecallScreen
from tests.ui.conftest import Clock
from tests.ui.course import LOOPS, NAMES, SIZE, answer, pane, settle, shown, text_of, write


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def history(tutor: Tutor, clock: Clock) -> None:
    """A few days of answers."""
    for day in range(6):
        answer(tutor, f"{NAMES}#one-list", right=day > 1, confidence="sure")
        answer(tutor, f"{NAMES}#copies", right=day % 2 == 0, confidence="guess")
        clock.days(1)
    answer(tutor, f"{LOOPS}#last", confidence="think")


async def test_with_nothing_answered_it_says_what_will_be_here(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert "Nothing answered yet." in text_of(app, "#progress")
        assert app.focused is not None
        await pilot.press("enter", "tab", "down")
        assert app.current_mode == "progress"


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (132, 40)])
async def test_each_picture_has_its_sentence(app: NexusApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        page = pane(app, "#progress")
        seen = " ".join(page.plain.split())
        for part in (
            "What you would still know",
            "in 30 days if nothing is done",
            "13 answers on 7 days of the last four weeks, 62% right; the most on a day was 2.",
            "Are you right when you are sure?",
            "sure 67% right of 6",
            "a guess 50% right of 6",
            "think so 100% right of 1",
            "You are right 67% of the time when you say sure; the word claims 95%. Brier score",
            "3 questions come back in the next 30 days",
            "Week by week",
            "Minutes a week",
            "The last year",
        ):
            assert part in seen or page.size.width >= 100, part
        assert max(line.content.cell_length for line in page._lines) <= size[0] - 3


@pytest.mark.usefixtures("history")
async def test_tab_walks_over_modules_and_l_opens_one(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        page = pane(app, "#progress")
        await pilot.press("tab")
        assert page.selected == "python"
        await pilot.press("tab")
        assert page.selected == "sql"
        await pilot.press("shift+tab", "shift+tab")
        assert page.selected == "caching"
        await pilot.press("tab", "l")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert isinstance(app.screen, LearnScreen)
        assert app.screen.lesson is not None
        assert app.screen.lesson.head.id == NAMES


@pytest.mark.usefixtures("history")
async def test_a_module_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        rows = [line.item for line in pane(app, "#progress")._lines]
        await pilot.click("#progress", offset=(8, rows.index("caching")))
        await settle(pilot, lambda: isinstance(app.screen, RecallScreen))
        assert "Whether to cache" in text_of(app, "#recall-page")


@pytest.mark.usefixtures("history")
async def test_enter_shows_what_is_behind_a_number(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        await pilot.press("enter")
        assert pane(app, "#progress").selected == "python"  # the first time it only stands there
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, RecallScreen))
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, ProgressScreen))


async def test_a_missed_week_is_forgiven_with_a_reason(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    for days in (1, 13, 1, 0):
        answer(tutor, f"{NAMES}#one-list")
        clock.days(days)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        assert "The week of 16 Mar was missed." in " ".join(text_of(app, "#progress").split())
        await pilot.press("w")
        await pilot.pause()
        assert "1  ill" in shown(app)
        await pilot.press("escape", "w", "9", "2")
        await settle(pilot, lambda: isinstance(app.screen, ProgressScreen))
        assert "2 weeks in a row." in text_of(app, "#progress")
        assert "~" in text_of(app, "#progress")
        await pilot.press("w")  # nothing left to forgive
        await pilot.pause()
        assert isinstance(app.screen, ProgressScreen)
    assert [*weeks.excuses(tutor.record).values()] == ["traveling"]


@pytest.mark.usefixtures("history")
async def test_ascii_draws_with_ascii_only_everywhere(tutor: Tutor) -> None:
    from dataclasses import replace

    tutor.choose(replace(tutor.settings, ascii=True))
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("5")
        await pilot.pause()
        for size in ((80, 24), (132, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            for key in "12345":
                await pilot.press(key)
                await pilot.pause(0.1)
                seen = shown(app)
                assert seen.isascii(), sorted({sign for sign in seen if not sign.isascii()})
