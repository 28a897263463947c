"""The time machine of a lab, and what a run leaves in it."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.lab.history import HistoryScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.conftest import Clock
from tests.ui.course import GOOD, SIZE, notices, shown, text_of, trust, write
from tests.ui.lab_steps import SLOW, STARTER, WIDE, open_lab, payloads, run, write_code

WORSE = "def double(n):\n    return n + 1\n"


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def mine(tutor: Tutor) -> Path:
    """The learner's file."""
    trust(tutor)
    return tutor.places.labs / "python" / "double" / "double.py"


async def two_runs(pilot: Pilot[None], clock: Clock) -> LabScreen:
    """A run that fails, and one that passes an hour later."""
    screen = await open_lab(pilot)
    await run(pilot, screen)
    clock.days(1 / 24)
    await write_code(pilot, screen, GOOD)
    await run(pilot, screen)
    assert screen.bench.passed
    return screen


@pytest.mark.parametrize("size", [(60, 20), SIZE, WIDE])
async def test_every_run_is_listed_and_compared(
    app: NexusApp, mine: Path, clock: Clock, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        await two_runs(pilot, clock)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        newest, oldest = text_of(app, "#moments").splitlines()
        assert "✔" in newest
        assert "2 of 2 · 1 call" in newest
        assert "✘" in oldest
        assert "0 of 2" in oldest
        assert "The same as what you have." in text_of(app, "#then")
        await pilot.press("down")
        await pilot.pause()
        then = text_of(app, "#then")
        assert "- then   + what you have" in then
        assert "-     return n" in then
        assert "+     return n * 2" in then
        assert "other.py  the same" in then
        assert "- then   + what you have" in shown(app)
        await pilot.press("d")
        assert "return n * 2" not in text_of(app, "#then")
        assert "def double(n):" in text_of(app, "#then")
        assert app.focused is not None


async def test_going_back_and_forth_loses_nothing(app: NexusApp, mine: Path, clock: Clock) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await two_runs(pilot, clock)
        await write_code(pilot, screen, WORSE)
        await pilot.press("t", "down", "enter")
        await pilot.pause()
        assert app.screen is screen
        assert screen._editor.text == STARTER
        assert mine.read_text("utf-8") == STARTER
        assert "t finds what was here" in notices(app)
        assert "changed since this run" in text_of(app, "#result")
        await pilot.press("t")
        await pilot.pause()
        assert "before going back" in text_of(app, "#moments").splitlines()[0]
        await pilot.press("enter")
        await pilot.pause()
        assert screen._editor.text == WORSE
        assert mine.read_text("utf-8") == WORSE
        assert [one.get("why") for one in payloads(app, "lab_save")][-2:] == ["restore", "restore"]
        assert app.focused is not None


async def test_starting_over_is_undone_by_the_same_means(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, WORSE)
        await pilot.press("z", "y")
        await pilot.pause()
        assert mine.read_text("utf-8") == STARTER
        await pilot.press("t")
        await pilot.pause()
        assert "before starting over" in text_of(app, "#moments")
        await pilot.press("enter")
        await pilot.pause()
        assert mine.read_text("utf-8") == WORSE
        assert screen._editor.text == WORSE


async def test_closing_it_changes_nothing_and_nothing_is_behind_it(
    app: NexusApp, mine: Path, clock: Clock
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await two_runs(pilot, clock)
        events = app.tutor.record.rows("SELECT count(*) FROM event")
        await pilot.press("t", "down", "up", "end", "home", "d", "space", "escape")
        await pilot.pause()
        assert app.screen is screen
        assert app.tutor.record.rows("SELECT count(*) FROM event") == events
        assert screen._editor.text == GOOD


async def test_it_is_empty_at_first(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert "Nothing has run yet" in text_of(app, "#moments")
        await pilot.press("down", "d", "enter")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        await pilot.press("q")
        await pilot.pause()
        assert app.screen is screen


async def test_it_opens_from_the_editor_with_all_saved(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_lab(pilot)
        await pilot.press("e", "x", "ctrl+t")
        await pilot.pause()
        assert isinstance(app.screen, HistoryScreen)
        assert mine.read_text("utf-8") == "x" + STARTER


async def test_a_run_keeps_what_ran_not_what_was_typed_meanwhile(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, SLOW + GOOD)
        await pilot.press("ctrl+r")
        assert screen.bench.running
        await write_code(pilot, screen, WORSE)
        await run(pilot, screen, "f2")
        assert screen.bench.passed
        assert screen.bench.stale
        opened, history = screen.opened, app.tutor.bench.history
        (moment,) = history.moments(opened)
        assert history.texts(opened, moment)["double.py"] == SLOW + GOOD


async def test_scrubbing_through_many_runs_keeps_the_one_in_view(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await run(pilot, screen)
        result = screen.bench.result
        assert result
        history = tutor.bench.history
        for number in range(40):
            tutor.bench.save(screen.opened, "double.py", f"# {number}\n")
            history.record(screen.opened, result, pinned=history.pin(screen.opened))
        await pilot.press("t", "end")
        await pilot.pause()
        pane = app.screen.query_one("#moments", Pane)
        assert len(pane.items) == 41
        assert pane.at_end
        assert "+ # 39" in text_of(app, "#then")
