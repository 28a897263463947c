"""The lab's editor: the line to mend, files, undo, places, other programs, one's own editor."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.app import App

from nexus_tui.errors import NexusError
from nexus_tui.labs.workspace import PLACE
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.lab import external
from nexus_tui.ui.screens.dialogs import ConfirmScreen, TellScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.widgets.editor import CodeEditor
from tests.ui.course import GOOD, SIZE, notices, settle, shown, trust, write
from tests.ui.lab_steps import SLOW, SPLIT, STARTER, WIDE, open_lab, payloads, run, write_code

LONG = "".join(f"# line {number}\n" for number in range(1, 101))


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def mine(tutor: Tutor) -> Path:
    """The learner's file."""
    trust(tutor)
    return tutor.places.labs / "python" / "double" / "double.py"


def row(app: NexusApp, text: str) -> str:
    """The row of the screen that holds a text."""
    return next((line for line in shown(app).split("\n") if text in line), "")


@pytest.mark.parametrize("size", [SIZE, WIDE])
async def test_the_failing_line_has_a_sign_and_its_message(
    app: NexusApp, mine: Path, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, "def double(n):\n    raise ValueError('no luck')\n")
        await run(pilot, screen)
        await pilot.press("f3")
        await pilot.pause()
        marked = row(app, "raise ValueError")
        assert "2✘" in marked
        assert "✘ ValueError: no luck" in marked
        assert ("double.py:2" in row(app, "^g goes there")) is (size == SIZE)
        assert "✘" not in row(app, "def double")


async def test_the_mark_stays_with_its_line(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, "def double(n):\n    raise ValueError('no luck')\n")
        await run(pilot, screen)
        editor = screen.query_one(CodeEditor)
        assert editor.marked == 2
        await pilot.press("f3")
        editor.move_cursor((0, 0))
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert editor.marked == 4
        await pilot.press("backspace")
        await pilot.pause()
        assert editor.marked == 3
        editor.move_cursor((editor.document.line_count - 1, 0))
        await pilot.press("enter")
        await pilot.pause()
        assert editor.marked == 3
        await run(pilot, screen)
        assert editor.marked == 3


async def test_the_mark_finds_its_line_after_other_edits(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        unlucky = "def double(n):\n    raise ValueError('no luck')\n"
        await write_code(pilot, screen, SLOW + unlucky)
        await pilot.press("ctrl+r")
        assert screen.bench.running
        await write_code(pilot, screen, f"# a\n# b\n{unlucky}")
        await run(pilot, screen, "f2")
        assert screen.bench.stale
        assert screen._editor.marked == 4
        await pilot.press("f8")
        await pilot.pause()
        assert screen._editor.marked == 0
        await pilot.press("f8")
        await pilot.pause()
        assert screen._editor.marked == 4
        await pilot.press("z", "y")
        await pilot.pause()
        await pilot.press("f8", "f8")
        await pilot.pause()
        assert screen._editor.marked == 0


async def test_a_key_goes_to_the_line_also_in_another_file(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("l")
        await pilot.pause()
        assert "Run the checks first" in notices(app)
        mine.with_name("other.py").write_text("# one\n# two\ndef twice(n):\n    return n.x\n")
        await write_code(pilot, screen, SPLIT)
        await run(pilot, screen)
        failed = screen.bench.failed
        assert failed
        assert (failed.file, failed.line) == ("other.py", 4)
        assert screen._file == "double.py"
        assert screen._editor.marked == 0
        await pilot.press("l")
        await pilot.pause()
        assert screen._file == "other.py"
        assert app.focused is screen._editor
        assert screen._editor.cursor_location == (3, 0)
        assert screen._editor.marked == 4
        assert "▸ other.py" in row(app, "double.py")


async def test_undo_works_again_in_the_file_one_comes_back_to(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("e", "x", "f8")
        await pilot.pause()
        assert screen._editor.text == "# nothing here\n"
        await pilot.press("ctrl+z")
        assert screen._editor.text == "# nothing here\n"
        await pilot.press("f8")
        await pilot.pause()
        assert screen._editor.text == "x" + STARTER
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen._editor.text == STARTER


async def test_one_comes_back_to_the_same_file_cursor_and_rows(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("f8", "f3")
        await write_code(pilot, screen, LONG)
        screen._editor.move_cursor((60, 3), center=True)
        await pilot.pause()
        top = screen._editor.scroll_offset.y
        assert top > 40
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert app.screen is not screen
        again = await open_lab(pilot)
        await pilot.press("f3")
        await pilot.pause()
        assert again is not screen
        assert again._file == "other.py"
        assert again._editor.spot == (60, 3, top)


async def test_a_kill_does_not_lose_the_place(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("e", "down", "right")
        await settle(pilot, lambda: (mine.parent / PLACE).is_file())
        kept = screen.opened.workspace.place()
        assert (kept.file, kept.spots["double.py"]) == ("double.py", (1, 1, 0))


async def test_a_change_from_outside_is_taken_when_nothing_is_unsaved(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        mine.write_text(GOOD, "utf-8")
        app.app_focus = False
        await pilot.pause()
        assert screen._editor.text == STARTER
        app.app_focus = True
        await pilot.pause()
        assert app.screen is screen
        assert screen._editor.text == GOOD
        assert payloads(app, "lab_save")[-1]["why"] == "outside"
        await pilot.press("f3")
        await pilot.pause()
        assert "another program changed it" in shown(app)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert screen._editor.text == STARTER


async def test_a_run_takes_what_was_written_outside(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        mine.write_text(GOOD, "utf-8")
        await run(pilot, screen)
        assert screen.bench.passed
        assert screen._editor.text == GOOD


async def test_a_file_deleted_outside_is_written_again(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, GOOD)
        mine.unlink()
        await run(pilot, screen)
        assert mine.read_text("utf-8") == GOOD
        assert screen.bench.passed


async def test_a_file_that_became_no_text_is_never_overwritten(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        mine.write_bytes(b"\xff\xfe")
        await pilot.press("ctrl+r")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        await pilot.press("escape", "e", "x", "ctrl+r")
        await pilot.pause()
        assert mine.read_bytes() == b"\xff\xfe"
        mine.write_text(GOOD, "utf-8")
        app.app_focus = False
        app.app_focus = True
        await pilot.pause()
        assert screen._editor.text == GOOD
        assert not screen._editor.read_only


async def test_a_file_that_cannot_be_read_never_gets_the_text_of_another(
    app: NexusApp, mine: Path
) -> None:
    mine.parent.mkdir(parents=True)
    other = mine.with_name("other.py")
    other.write_bytes(b"\xff")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("f8")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert screen._editor.read_only
        assert screen._editor.text == ""
        other.unlink()
        app.app_focus = False
        app.app_focus = True
        await pilot.pause()
        assert not screen._editor.read_only
        await pilot.press("e", "y", "f8")
        await pilot.pause()
        assert other.read_text("utf-8") == "y"
        assert screen._editor.text == STARTER
        assert mine.read_text("utf-8") == STARTER


async def test_leaving_goes_on_after_the_answer_whose_text_stands(
    app: NexusApp, mine: Path
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, "mine = 1\n")
        mine.write_text("theirs = 1\n", "utf-8")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("n")
        await pilot.pause()
        assert app.screen is not screen
        assert not isinstance(app.screen, ConfirmScreen)
        assert mine.read_text("utf-8") == "mine = 1\n"


async def test_quitting_while_both_changed_loses_neither(
    app: NexusApp, mine: Path, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        mine.write_text("theirs = 1\n", "utf-8")
        await write_code(pilot, screen, "typed = 'last'\n")
        await pilot.press("ctrl+q")
    assert mine.read_text("utf-8") == "theirs = 1\n"
    again = NexusApp(tutor)
    async with again.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.pause()
        assert screen._editor.text == "theirs = 1\n"
        assert "what you had not saved was kept" in notices(again)
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert screen._editor.text == "typed = 'last'\n"
        assert mine.read_text("utf-8") == "typed = 'last'\n"


async def test_merely_opening_a_file_never_changes_it(app: NexusApp, mine: Path) -> None:
    """Separators that an editor takes for ends of lines are left as they are."""
    odd = b"a = 'one\x0ctwo'\r\nb = 1\nc = '\xe2\x80\xa8'"
    mine.parent.mkdir(parents=True)
    mine.write_bytes(odd)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_lab(pilot)
        await pilot.press("f3", "down", "f8", "f8", "escape", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, LabScreen)
    assert mine.read_bytes() == odd


async def test_nothing_in_a_file_is_obeyed_by_the_terminal(app: NexusApp, mine: Path) -> None:
    mine.parent.mkdir(parents=True)
    mine.write_text("x = 'a\x1b[31mb\x07\u202ec\u200fd\x9b'\ty\n", "utf-8")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("f3")
        await pilot.pause()
        seen = shown(app)
        assert "x = 'a" in seen
        assert not set(seen) & set("\x1b\x07\u202e\u200f\x9b")
        await write_code(pilot, screen, "raise ValueError('\x1b[2J\u202e[/oops] [b]')\n")
        await run(pilot, screen)
        await pilot.press("f3")
        await pilot.pause()
        seen = shown(app)
        assert not set(seen) & set("\x1b\u202e")
        assert "[/oops] [b]" in row(app, "^g goes there")


@pytest.mark.parametrize(
    ("name", "language"),
    [
        *(("a.py", "python"), ("a.sql", "sql"), ("a.yml", "yaml"), ("a.md", "markdown")),
        *(("pyproject.toml", "toml"), ("Dockerfile", None)),
    ],
)
async def test_a_language_is_spoken_once_the_editor_is_seen(
    name: str, language: str | None
) -> None:
    class Holder(App[None]):
        def compose(self) -> Iterator[CodeEditor]:
            yield CodeEditor()

    holder = Holder()
    async with holder.run_test(size=SIZE) as pilot:
        editor = holder.query_one(CodeEditor)
        editor.display = False
        await pilot.pause()
        editor.open(name, "x: [1, 2]\n# y\n", (1, 2, 0))
        await pilot.pause()
        assert editor.language is None
        editor.display = True
        await pilot.pause()
        await pilot.pause()
        assert editor.language == language
        assert editor.cursor_location == (1, 2)
        assert editor.text == "x: [1, 2]\n# y\n"


# One's own editor


@pytest.fixture
def lent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A terminal that can be lent; what was run in it."""
    seen: list[str] = []

    @contextlib.contextmanager
    def suspend(_: object) -> Iterator[None]:
        seen.append("lent")
        yield
        seen.append("back")

    monkeypatch.setattr(NexusApp, "suspend", suspend)
    return seen


def script(path: Path, text: str) -> str:
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.skipif(os.name == "nt", reason="the editor of this test is a shell script")
async def test_ones_own_editor_opens_what_was_typed_and_is_read_after(
    app: NexusApp, mine: Path, tmp_path: Path, lent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = script(tmp_path / "my editor", 'cp "$2" "$2.seen"; echo "# edited" >> "$2"')
    monkeypatch.setenv("VISUAL", f"'{editor}' --wait")
    monkeypatch.setenv("EDITOR", "not this one")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, GOOD)
        await pilot.press("o")
        await pilot.pause()
        assert lent == ["lent", "back"]
        assert mine.with_name("double.py.seen").read_text("utf-8") == GOOD
        assert screen._editor.text == GOOD + "# edited\n"
        assert payloads(app, "lab_save")[-1]["text"] == GOOD + "# edited\n"


async def test_an_editor_that_is_not_there_is_told(
    app: NexusApp, mine: Path, lent: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VISUAL", "")
    monkeypatch.setenv("EDITOR", "no-such-editor -x")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_lab(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "no-such-editor" in shown(app)
        assert lent == []


async def test_a_terminal_that_cannot_be_lent_is_told_with_the_path(
    app: NexusApp, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(external, "command", lambda _: ["true"])
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await open_lab(pilot)
        await pilot.press("o")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "double.py" in shown(app)


def test_which_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"vim", "emacs", "nano"}
    monkeypatch.setattr("shutil.which", lambda name: name if name in there else None)
    monkeypatch.setattr(external, "FALLBACKS", ("vi", "nano"))
    assert external.command({"VISUAL": "vim -f", "EDITOR": "emacs"}) == ["vim", "-f"]
    assert external.command({"VISUAL": " ", "EDITOR": "emacs"}) == ["emacs"]
    assert external.command({}) == ["nano"]
    there.clear()
    for environment in ({}, {"EDITOR": "vim"}, {"EDITOR": "'"}):
        with pytest.raises(NexusError) as caught:
            external.command(environment)
        assert "EDITOR" in caught.value.hint


def test_an_editor_that_cannot_be_started_says_why(tmp_path: Path) -> None:
    assert "cannot be started" in external.edit([str(tmp_path)], tmp_path / "x")


async def test_enter_keeps_the_indentation_and_adds_a_step_after_a_colon(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("e")
        await write_code(pilot, screen, "")
        screen._editor.move_cursor((0, 0))
        for line in ("if x:", "y = 1", "z"):
            await pilot.press(*line, "enter")
        await pilot.pause()
        assert screen._editor.text == "if x:\n    y = 1\n    z\n    "
        await pilot.press("ctrl+z")
        assert screen._editor.text != "if x:\n    y = 1\n    z\n    "
