"""The first day: the real program on a real terminal, from the first start through a crash."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("fcntl")

from tests.e2e.terminal import Terminal, program
from tests.ui.course import write

LESSON = "python/names-and-objects"


def run(home: Path, *args: str, stdin: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """The program without a terminal."""
    env = {
        key: value
        for key, value in os.environ.items()
        if key not in ("NO_COLOR", "COLUMNS", "LINES")
    }
    env |= {"HOME": str(home), "NEXUS_HOME": str(home / "nexus"), "PYTHONUTF8": "1", **more}
    return subprocess.run(
        program(*args),
        input=stdin,
        capture_output=True,
        text=True,
        env=env,
        timeout=60,
        check=False,
    )


def progress(home: Path, root: str) -> dict[str, object]:
    """What the record says."""
    done = run(home, "--course", root, "progress", "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_a_first_day_survives_a_crash(tmp_path: Path) -> None:
    root = str(write(tmp_path / "course"))
    with Terminal(program("--course", root), tmp_path) as terminal:
        terminal.wait("Welcome")
        terminal.press("escape")
        terminal.wait("enter begins")
        terminal.press("enter")
        terminal.wait("You will be able to")
        terminal.press("n")
        terminal.wait("2 of 5")
        terminal.press("n")
        terminal.wait("Hint")
        terminal.press("1", "3")
        terminal.wait("Comes back")
        terminal.press("enter")
        terminal.wait("3 of 5")
        terminal.press("t")
        terminal.wait("question 1 of 2")
        terminal.press("d")
        terminal.wait("Not known yet.")
        terminal.press("enter")
        terminal.wait("question 2 of 2")
        terminal.kill()

    assert progress(tmp_path, root)["answers"] == 2

    with Terminal(program("--course", root), tmp_path) as terminal:
        terminal.wait("worth doing now")
        terminal.press("enter")
        terminal.wait("3 of 5")
        terminal.press("1")
        terminal.wait("worth doing now")
        terminal.press("q")
        assert terminal.leave() == 0
    assert progress(tmp_path, root)["answers"] == 2


def test_leaving_gives_the_terminal_back(tmp_path: Path) -> None:
    with Terminal(program(), tmp_path) as terminal:
        heard = bytearray()
        feed = terminal._stream.feed

        def listen(data: bytes) -> None:
            heard.extend(data)
            feed(data)

        terminal._stream.feed = listen  # type: ignore[method-assign]
        terminal.wait("Welcome")
        assert b"\x1b[?1049h" in heard
        terminal.press("escape")
        terminal.wait("enter begins")
        terminal.press("q")
        assert terminal.leave() == 0
        terminal.read(0.2)
        for mode in (b"1049", b"1000", b"1003", b"1006", b"2004"):
            last = max(heard.rfind(b"\x1b[?" + mode + end) for end in (b"h", b"l"))
            assert last < 0 or heard[last:].startswith(b"\x1b[?" + mode + b"l"), mode
        assert heard.rfind(b"\x1b[?25h") > heard.rfind(b"\x1b[?25l")


@pytest.mark.parametrize("key", ["ctrl+q", "q"])
def test_it_can_be_left_from_within_a_lesson(tmp_path: Path, key: str) -> None:
    with Terminal(program(LESSON), tmp_path) as terminal:
        terminal.wait("You will be able to")
        terminal.press("n", key)
        assert terminal.leave() == 0
    with Terminal(program(LESSON), tmp_path) as terminal:
        terminal.wait("2 of ")
        terminal.press("ctrl+q")
        assert terminal.leave() == 0


def test_no_color_is_obeyed_and_signs_remain(tmp_path: Path) -> None:
    command = ["env", "NO_COLOR=1", *program()]
    with Terminal(command, tmp_path) as terminal:
        terminal.wait("Welcome")
        terminal.press("escape")
        terminal.wait("○")
        for row in range(24):
            for column in range(80):
                cell = terminal.screen.buffer[row][column]
                for colour in (cell.fg, cell.bg):
                    grey = colour == "default" or colour[:2] == colour[2:4] == colour[4:6]
                    assert grey, (row, column, cell)
        terminal.press("q")
        assert terminal.leave() == 0


def test_the_smallest_window_works(tmp_path: Path) -> None:
    with Terminal(program(), tmp_path, columns=60, lines=20) as terminal:
        terminal.wait("Welcome")
        terminal.press("escape")
        terminal.wait("enter begins")
        terminal.press("2")
        terminal.wait("1 of ")
        terminal.press("q")
        assert terminal.leave() == 0


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "nexus-tui quiz LESSON" in done.stderr
    assert not done.stdout
    assert not (tmp_path / "nexus").exists()


def test_an_unknown_id_names_what_there_is(tmp_path: Path) -> None:
    with Terminal(program("python/nothing"), tmp_path) as terminal:
        assert terminal.leave() == 2
        terminal.read(0.2)
        assert "There is no 'python/nothing'" in terminal.text
        assert LESSON in terminal.text
    with Terminal(program("nowhere"), tmp_path) as terminal:
        assert terminal.leave() == 2
        terminal.read(0.2)
        assert "django" in terminal.text


def test_a_folder_that_cannot_be_written_is_told_before_the_screen_is_taken(
    tmp_path: Path,
) -> None:
    (tmp_path / "nexus").write_text("a file where a folder should be", "utf-8")
    with Terminal(program(), tmp_path) as terminal:
        assert terminal.leave() == 2
        terminal.read(0.2)
        assert "nexus-tui:" in terminal.text
        assert "Traceback" not in terminal.text


def test_a_foreign_course_opens_and_its_code_waits(tmp_path: Path) -> None:
    root = write(tmp_path / "course")
    with Terminal(program("--course", str(root), "python/names"), tmp_path) as terminal:
        terminal.wait("You will be able to")
        terminal.press("n")
        terminal.wait("2 of ")
        terminal.press("x")
        terminal.wait("allowed to run")
        terminal.press("escape", "q")
        assert terminal.leave() == 0


def test_the_way_to_the_first_screen_loads_no_command_line() -> None:
    script = (
        "import sys; sys.argv = ['nexus-tui']\n"
        "import nexus_tui.cli, nexus_tui.launch\n"
        "from nexus_tui.ui import app\n"
        "heavy = {'click', 'sqlite_utils', 'fsrs', 'markdown_it', 'yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr
