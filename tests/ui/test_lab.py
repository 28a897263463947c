"""A lab: typing, saving, running in a real child, hints, the solution, starting over, leaving."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.errors import NexusError
from nexus_tui.labs.workspace import HISTORY
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import ConfirmScreen, TellScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.widgets.editor import CodeEditor
from tests.ui.course import GOOD, LAB, SIZE, notices, settle, shown, text_of, trust, write

WIDE = (132, 40)


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def mine(tutor: Tutor) -> Path:
    """The learner's file."""
    trust(tutor)
    return tutor.places.labs / "python" / "double" / "double.py"


async def lab(pilot: Pilot[None]) -> LabScreen:
    """Open the lab."""
    app = pilot.app
    assert isinstance(app, NexusApp)
    app.open_id(LAB)
    await pilot.pause()
    assert isinstance(app.screen, LabScreen)
    return app.screen


async def write_code(pilot: Pilot[None], screen: LabScreen, text: str) -> None:
    """Put text in the editor as if it had been pasted."""
    editor = screen.query_one(CodeEditor)
    editor.select_all()
    editor.replace(text, *editor.selection)
    await pilot.pause()


async def run(pilot: Pilot[None], screen: LabScreen, key: str = "ctrl+r") -> None:
    """Run the checks to their end."""
    await pilot.press(key)
    await settle(pilot, lambda: screen.bench.result or screen.bench.error)


async def test_the_brief_comes_first_and_the_files_are_made(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        seen = text_of(app, "#brief")
        assert "Write double(n) in double.py." in seen
        assert "double(2) is 4" in seen
        assert app.focused is screen.query_one("#brief")
        assert mine.read_text("utf-8") == "def double(n):\n    return n\n"


async def test_what_is_typed_is_saved_when_the_fingers_rest(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await pilot.press("e")
        editor = screen.query_one(CodeEditor)
        assert app.focused is editor
        await pilot.press("#", "q", "1")
        assert editor.text.startswith("#q1def")
        assert "typing" in shown(app)
        await settle(pilot, lambda: mine.read_text("utf-8").startswith("#q1def"))
        assert "saved" in shown(app)
        kinds = tutor.record.rows("SELECT count(*) FROM event WHERE kind = 'lab_save'")
        assert kinds[0][0] == 1
        assert app.current_mode == "today"


async def test_letters_and_digits_typed_do_nothing_else(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await pilot.press("e", "q", "2", "s", "z", "h", "question_mark", "r")
        assert app.screen is screen
        assert screen.query_one(CodeEditor).text.startswith("q2szh?r")
        assert not screen.bench.running


async def test_a_run_that_fails_says_what_to_mend(app: NexusApp, mine: Path, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await run(pilot, screen)
        seen = text_of(app, "#result")
        assert "✘" in seen
        assert "double(2)" in seen
        heads, values = seen.split("double(2)\n\n")[1].splitlines()[:2]
        assert heads.split() == ["expected", "│", "got"]
        assert values.split() == ["4", "│", "2"]
        assert not tutor.bench.states()[LAB].passed
        assert tutor.bench.states()[LAB].runs == 1
        assert app.focused is not None


async def test_a_run_that_passes_opens_the_solution(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        seen = text_of(app, "#result")
        assert "All 2 checks pass" in seen
        assert "doubling 2" in seen
        assert "calls" in seen
        assert tutor.bench.states()[LAB].passed
        assert mine.read_text("utf-8") == GOOD
        await pilot.press("s")
        await pilot.pause()
        solution = text_of(app, "#result")
        assert "A model solution" in solution
        assert "return n * 2" in solution
        assert "More would be too much." in solution
        assert app.focused is not None


async def test_f5_runs_from_within_the_editor(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, GOOD)
        await pilot.press("f3")
        await run(pilot, screen, "f5")
        assert screen.bench.passed
        assert app.focused is screen.query_one(CodeEditor)


async def test_code_that_does_not_compile_is_a_result_like_any_other(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, "def double(n):\n    return (\n")
        await run(pilot, screen)
        assert screen.bench.result is not None
        assert not screen.bench.passed
        assert "double.py:" in text_of(app, "#result")


async def test_hints_open_one_after_another_and_only_after_a_run(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await pilot.press("h")
        await pilot.pause()
        assert "Run it first" in notices(app)
        await run(pilot, screen)
        await pilot.press("h")
        await pilot.press("f2")
        assert "Hint 1 of 2: What is two and two?" in text_of(app, "#brief")
        await pilot.press("h")
        assert "Hint 2 of 2: Return n * 2." in text_of(app, "#brief")
        await pilot.press("h")
        await pilot.pause()
        assert "no further hint" in notices(app)


async def test_starting_over_asks_and_keeps_what_was_there(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, GOOD)
        await pilot.press("z")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("n")
        await pilot.pause()
        assert app.screen is screen
        assert screen.query_one(CodeEditor).text == GOOD
        assert app.focused is not None
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert screen.query_one(CodeEditor).text == "def double(n):\n    return n\n"
        assert mine.read_text("utf-8") == "def double(n):\n    return n\n"
        kept = list((mine.parent / HISTORY).rglob("double.py"))
        assert [path.read_text("utf-8") for path in kept] == [GOOD]
        assert app.focused is not None


async def test_another_program_wrote_the_file_and_one_keeps_ones_own(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        mine.write_text("theirs = 1\n", "utf-8")
        await write_code(pilot, screen, "mine = 1\n")
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        assert mine.read_text("utf-8") == "theirs = 1\n"
        await pilot.press("n")
        await pilot.pause()
        assert mine.read_text("utf-8") == "mine = 1\n"
        assert screen.query_one(CodeEditor).text == "mine = 1\n"
        assert app.focused is not None


async def test_another_program_wrote_the_file_and_one_takes_that(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        mine.write_text("theirs = 1\n", "utf-8")
        await write_code(pilot, screen, "mine = 1\n")
        await settle(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("y")
        await pilot.pause()
        assert mine.read_text("utf-8") == "theirs = 1\n"
        assert screen.query_one(CodeEditor).text == "theirs = 1\n"


async def test_the_question_of_a_changed_file_is_asked_once(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        mine.write_text("theirs = 1\n", "utf-8")
        await write_code(pilot, screen, "mine = 1\n")
        await pilot.press("ctrl+r")
        await pilot.pause(1.0)
        asked = [one for one in app.screen_stack if isinstance(one, ConfirmScreen)]
        assert len(asked) == 1
        await pilot.press("n")
        await pilot.pause()
        assert app.screen is screen


async def test_escape_leaves_the_editor_then_the_lab_and_all_is_saved(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await pilot.press("e", "x")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert app.focused is screen.query_one("#brief")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not screen
        assert app.focused is not None
        assert mine.read_text("utf-8").startswith("xdef")


async def test_going_to_another_place_saves_and_keeps_the_lab_open(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.go("labs")
        await pilot.pause()
        screen = await lab(pilot)
        await write_code(pilot, screen, GOOD)
        await pilot.press("2")
        await pilot.pause()
        assert app.current_mode == "learn"
        assert mine.read_text("utf-8") == GOOD
        await pilot.press("3")
        await pilot.pause()
        assert app.screen is screen
        assert app.focused is not None


async def test_quitting_at_once_saves(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await lab(pilot)
        await pilot.press("e", "x")
        await pilot.press("ctrl+q")
    assert mine.read_text("utf-8").startswith("xdef")


async def test_escape_stops_a_loop_and_the_lab_stays(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, "print('on', flush=True)\nwhile True:\n    pass\n")
        await pilot.press("ctrl+r")
        assert screen.bench.running
        assert "Running" in shown(app)
        await pilot.press("escape")
        await settle(pilot, lambda: not screen.bench.running)
        assert app.screen is screen
        assert "You stopped the run." in text_of(app, "#result")
        assert LAB not in tutor.bench.states()
        assert app.focused is not None
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        assert screen.bench.passed


async def test_leaving_the_program_stops_what_runs(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, "while True:\n    pass\n")
        await pilot.press("ctrl+r")
        assert screen.bench.running
        await pilot.press("ctrl+q")
    assert screen._cancel.is_set()


async def test_the_other_file_has_its_own_text(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        editor = screen.query_one(CodeEditor)
        await write_code(pilot, screen, GOOD)
        await pilot.press("f8")
        await pilot.pause()
        assert editor.text == "# nothing here\n"
        await pilot.press("f8")
        await pilot.pause()
        assert editor.text == GOOD
        assert mine.read_text("utf-8") == GOOD
        assert mine.with_name("other.py").read_text("utf-8") == "# nothing here\n"


async def test_one_part_at_a_time_where_there_is_no_room(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        for key, part in (("f3", "code"), ("f4", "result"), ("f2", "brief")):
            await pilot.press(key)
            await pilot.pause()
            assert app.focused is screen.query_one(f"#{part}")
            open_ones = [n for n in ("brief", "code", "result") if screen.query_one(f"#{n}").region]
            assert open_ones == [part]


async def test_all_parts_where_there_is_room(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await lab(pilot)
        await pilot.press("f3")
        await pilot.pause()
        for size in ((80, 24), (60, 20), (59, 19), (132, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert all(screen.query_one(f"#{name}").region for name in ("brief", "code", "result"))
        assert app.focused is screen.query_one(CodeEditor)


async def test_a_disk_that_is_full_is_told_and_the_text_stays(
    app: NexusApp, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nexus_tui.labs import workspace

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await write_code(pilot, screen, GOOD)
        monkeypatch.setattr(workspace, "write_atomically", full)
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "No space left on device" in " ".join(text_of(app, "#dialog").split())
        monkeypatch.undo()
        await pilot.press("escape")
        await pilot.pause()
        assert screen.query_one(CodeEditor).text == GOOD
        await settle(pilot, lambda: mine.read_text("utf-8") == GOOD)


async def test_code_from_elsewhere_does_not_run_without_consent(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await lab(pilot)
        await run(pilot, screen)
        assert isinstance(screen.bench.error, NexusError)
        assert "has not been allowed to run" in text_of(app, "#result")
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not screen


async def test_a_file_that_is_not_text_is_told_and_never_overwritten(
    app: NexusApp, mine: Path
) -> None:
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"\xff\xfe\x00binary")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LAB)
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "not text in UTF-8" in " ".join(text_of(app, "#dialog").split())
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("e", "x", "ctrl+r", "escape", "escape")
        await pilot.pause()
        assert mine.read_bytes() == b"\xff\xfe\x00binary"
        assert not isinstance(app.screen, LabScreen)


async def test_starting_over_mends_a_file_that_is_not_text(app: NexusApp, mine: Path) -> None:
    mine.parent.mkdir(parents=True)
    mine.write_bytes(b"\xff\xfe")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LAB)
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert mine.read_text("utf-8") == "def double(n):\n    return n\n"
        await pilot.press("e", "x", "escape")
        assert app.screen.query_one(CodeEditor).text.startswith("xdef")
