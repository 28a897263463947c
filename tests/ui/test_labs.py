"""Labs: the list, how each stands, and opening one."""

from pathlib import Path

import pytest

from nexus_tui.learner import events
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.lab import LabScreen
from tests.ui.course import FILES, LAB, SIZE, pane, shown, text_of, write

SECOND = {
    name.replace("python/double", "python/second"): text.replace("Double it", "Second lab")
    for name, text in FILES.items()
    if name.startswith("labs/python/double")
}
MODULE = {
    "lessons/python/module.yaml": FILES["lessons/python/module.yaml"].replace(
        "labs: [double]", "labs: [double, second, lost]"
    )
}


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course", SECOND | MODULE)


async def test_the_list_tells_how_each_stands(app: NexusApp, tutor: Tutor) -> None:
    run = {"checks": {"doubles": "pass", "prints": "fail"}, "passed": False, "hints": 0, "ms": 5}
    events.append(tutor.record, "lab_run", LAB, run)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        seen = text_of(app, "#labs-page")
        assert "3 labs, 0 passed." in seen
        assert "1 of 2 checks pass, 1 run\n" in seen
        assert "not begun" in seen
        assert app.focused is not None
        events.append(tutor.record, "lab_run", LAB, run | {"passed": True})
        await pilot.press("1", "3")
        await pilot.pause()
        assert "3 labs, 1 passed." in text_of(app, "#labs-page")
        assert "passed, 2 runs" in text_of(app, "#labs-page")


async def test_arrows_choose_and_stop_at_the_ends(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        page = pane(app, "#labs-page")
        assert page.selected == LAB
        await pilot.press("up")
        assert page.selected == LAB
        await pilot.press("down")
        assert page.selected == "python/second"
        await pilot.press("j", "j", "j")
        assert page.selected == "python/lost"
        await pilot.press("k")
        assert page.selected == "python/second"


async def test_enter_opens_and_escape_comes_back_to_the_same_line(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        await pilot.press("down", "enter")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert app.screen.opened.lab.head.id == "python/second"
        await pilot.press("escape")
        await pilot.pause()
        assert pane(app, "#labs-page").selected == "python/second"
        assert app.focused is pane(app, "#labs-page")


async def test_a_lab_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        page = pane(app, "#labs-page")
        row = next(y for y, line in enumerate(page._lines) if line.item == "python/second")
        await pilot.click("#labs-page", offset=(8, row))
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert app.screen.opened.lab.head.id == "python/second"


async def test_a_broken_lab_says_why_and_does_not_open(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("3")
        await pilot.pause()
        assert "cannot be opened" in text_of(app, "#labs-page")
        pane(app, "#labs-page").selected = "python/lost"
        await pilot.press("enter")
        await pilot.pause()
        assert not isinstance(app.screen, LabScreen)
        assert "lab.yaml" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is pane(app, "#labs-page")
