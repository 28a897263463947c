"""Choosing how much of a lab is given, reading the worked example, moving parts."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.lab.forms import FormScreen
from nexus_tui.ui.lab.ordering import OrderScreen
from nexus_tui.ui.lab.worked import WorkedScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.labs import _state
from nexus_tui.ui.widgets.editor import CodeEditor
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.course import FILES, GOOD, LAB, SIZE, shown, text_of, trust, write
from tests.ui.lab_steps import STARTER, WIDE, open_lab, payloads, run, write_code

NAME = "labs/python/double/lab.yaml"
MODEL = FILES["labs/python/double/solution/double.py"]
STEPS = """
steps:
  - {at: "def double(n):", why: "It takes *one* number. [bold]Not bold[/]", gaps: ["(n)"]}
  - {at: "return n * 2", why: "Twice.", gaps: ["n * 2"]}
"""


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course", {NAME: FILES[NAME] + STEPS})


@pytest.fixture
def mine(tutor: Tutor) -> Path:
    """The learner's file."""
    trust(tutor)
    return tutor.places.labs / "python" / "double" / "double.py"


async def choose(pilot: Pilot[None], downs: int, key: str = "f") -> None:
    """Take a form, so many below the one that is recommended."""
    await pilot.press(key)
    assert isinstance(pilot.app.screen, FormScreen)
    for _ in range(downs):
        await pilot.press("down")
    await pilot.press("enter")
    await pilot.pause()


@pytest.mark.parametrize("size", [(60, 20), SIZE, WIDE])
async def test_the_forms_and_which_is_recommended(
    app: NexusApp, mine: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("f")
        assert isinstance(app.screen, FormScreen)
        pane = app.screen.query_one(Pane)
        assert pane.items == ["worked", "gaps", "order", "blank"]
        assert pane.selected == "worked"
        seen = " ".join(pane.plain.split())
        assert "Recommended: worked example. You have not tried it" in seen
        assert "Worked example recommended" in seen
        assert "From the starter now" in seen
        await pilot.press("down", "down", "down", "down")
        assert pane.selected == "blank"
        assert "From the starter" in shown(app)
        await pilot.press("escape")
        assert app.screen is screen
        assert mine.read_text("utf-8") == STARTER


async def test_gaps_are_laid_out_filled_in_and_practice(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        await choose(pilot, 1)
        assert mine.read_text("utf-8") == "def double____:\n    return ____\n"
        editor = screen.query_one(CodeEditor)
        assert editor.text == mine.read_text("utf-8")
        assert app.focused is editor
        assert "with gaps" in shown(app)
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        await pilot.press("f4")
        assert "That was practice." in text_of(app, "#result")
        assert payloads(app, "lab_run")[-1]["form"] == "gaps"
        state = tutor.bench.states()[LAB]
        assert not state.passed
        assert _state(state) == "passed with help, 1 run: now from the starter"
        await pilot.press("t")
        assert "2 of 2 checks pass" in text_of(app, "#then")
        assert "· with gaps" in text_of(app, "#then")
        await pilot.press("escape")
        await choose(pilot, 1, "ctrl+n")  # below the order that is recommended now
        assert mine.read_text("utf-8") == STARTER
        assert "with gaps" not in shown(app)
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        await pilot.press("f4")
        assert "model solution" in text_of(app, "#result")
        assert tutor.bench.states()[LAB].passed


async def test_the_worked_example_is_read_part_by_part(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        await choose(pilot, 0)
        assert isinstance(app.screen, WorkedScreen)
        assert "def double(n):" in text_of(app, "#worked")
        assert "It takes one number. [bold]Not bold[/]" in text_of(app, "#worked")
        assert "return n * 2" not in text_of(app, "#worked")
        await pilot.press("enter")
        assert "return n * 2" in text_of(app, "#worked")
        await pilot.press("left")
        assert "return n * 2" not in text_of(app, "#worked")
        await pilot.press("space", "right")
        assert "That is all of it." in text_of(app, "#worked")
        await pilot.press("enter")
        await pilot.pause()
        assert app.screen is screen
        assert app.focused is screen.query_one(CodeEditor)
        assert mine.read_text("utf-8") == STARTER
        assert "after the example" in shown(app)


async def test_a_long_example_follows_its_newest_part(
    app: NexusApp, mine: Path, course_root: Path
) -> None:
    rows = [f"x{number} = {number}" for number in range(8)]
    steps = "".join(
        f'  - {{at: "{row}", why: "{"Because. " * 30}", gaps: ["="]}}\n' for row in rows
    )
    write(
        course_root,
        {
            NAME: FILES[NAME] + "steps:\n" + steps,
            "labs/python/double/solution/double.py": "\n".join(rows) + "\n",
        },
    )
    async with app.run_test(size=SIZE) as pilot:
        await open_lab(pilot)
        await choose(pilot, 0)
        for number in range(1, 8):
            await pilot.press("enter")
            await pilot.pause()
            assert f"x{number} = {number}" in shown(app)


async def test_parts_are_moved_by_keys(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        await choose(pilot, 2)
        assert isinstance(app.screen, OrderScreen)
        await pilot.press("escape")
        assert mine.read_text("utf-8") == "    return n * 2\ndef double(n):\n"
        await pilot.press("escape")
        await pilot.press("f")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.query_one(Pane).selected == "move"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, OrderScreen)
        await pilot.press("J", "J", "K", "J", "enter")
        await pilot.pause()
        assert screen.query_one(CodeEditor).text == MODEL
        assert mine.read_text("utf-8") == MODEL
        await run(pilot, screen)
        assert screen.bench.passed
        assert payloads(app, "lab_run")[-1]["form"] == "order"


async def test_an_edited_file_is_ordered_in_the_editor(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        await choose(pilot, 2)
        await pilot.press("escape")
        await write_code(pilot, screen, GOOD)
        await pilot.press("escape", "f")
        assert isinstance(app.screen, FormScreen)
        assert "move" not in app.screen.query_one(Pane).items


async def test_starting_over_and_going_back_change_the_form(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=WIDE) as pilot:
        screen = await open_lab(pilot)
        await choose(pilot, 1)
        await pilot.press("#", "escape", "z", "y")
        await pilot.pause()
        assert screen.bench.form == "blank"
        assert mine.read_text("utf-8") == STARTER
        await pilot.press("t", "enter")
        await pilot.pause()
        assert screen.bench.form == "gaps"
        assert "with gaps" in shown(app)
        assert "____" in mine.read_text("utf-8")


async def test_typing_f_is_typing(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("e", "f")
        assert app.screen is screen
        assert screen.query_one(CodeEditor).text.startswith("fdef")
        await pilot.press("ctrl+n")
        assert isinstance(app.screen, FormScreen)
        assert mine.read_text("utf-8").startswith("fdef")


async def test_a_lab_without_steps_has_its_starter(
    app: NexusApp, mine: Path, course_root: Path
) -> None:
    write(course_root, {NAME: FILES[NAME]})
    async with app.run_test(size=SIZE) as pilot:
        screen = await open_lab(pilot)
        assert isinstance(screen, LabScreen)
        await pilot.press("f")
        assert isinstance(app.screen, FormScreen)
        assert app.screen.query_one(Pane).items == ["blank"]
        assert "no easier form" in app.screen.query_one(Pane).plain
