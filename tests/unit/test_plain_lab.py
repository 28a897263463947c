"""A lab line by line: what it prints, what it means to a shell, what is recorded."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands, paths
from nexus_tui.errors import NexusError
from nexus_tui.labs.engines import Variant
from nexus_tui.plain import lab as plain
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.bench import Bench
from tests.ui.course import FILES, GOOD, LAB, trust, write

Run = Callable[..., Result]
NAME = "labs/python/double/lab.yaml"
EXTRA = """\
mistakes:
  - {name: same, fails: doubles, says: "double(2)", explanation: "It gives `n` back."}
equivalent: []
steps:
  - {at: "def double(n):", why: "It takes *one* number.", gaps: ["(n)"]}
  - {at: "return n * 2", why: "Twice.", gaps: ["n * 2"]}
"""
FEW = {NAME: FILES[NAME].replace("mistakes: []\nequivalent: []\n", EXTRA)}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = write(tmp_path / "course", FEW)
    tutor = Tutor.open(root=root)
    trust(tutor)
    tutor.close()
    return root


@pytest.fixture
def mine(root: Path) -> Path:
    """The learner's file, which is there once the lab was opened."""
    return paths.places().labs / "python" / "double" / "double.py"


@pytest.fixture
def lab(root: Path) -> Run:
    def made(*args: str, id: str = LAB) -> Result:
        return CliRunner().invoke(commands.group, ["--course", str(root), "lab", id, *args])

    return made


def recorded(root: Path) -> list[dict[str, Any]]:
    tutor = Tutor.open(root=root)
    rows = tutor.record.rows("SELECT payload FROM event WHERE kind = 'lab_run' ORDER BY id")
    tutor.close()
    return [json.loads(row[0]) for row in rows]


def test_a_run_that_fails(lab: Run, mine: Path, root: Path) -> None:
    done = lab()
    assert done.exit_code == 1, done.output
    assert str(mine) in done.output.splitlines()[2]
    assert "1 of 2 FAILS: `double(2)` is 4" in done.output
    assert "   expected: 4\n   got: 2\n" in done.output
    assert "2 of 2 not run: It says what it does" in done.output
    assert "It gives n back." in done.output
    assert "0 of 2 checks pass." in done.output
    (made,) = recorded(root)
    assert (made["passed"], made["form"], made["checks"]["doubles"]) == (False, "blank", "fail")


def test_a_run_that_passes(lab: Run, mine: Path, root: Path) -> None:
    lab()
    mine.write_text(GOOD, "utf-8")
    done = lab()
    assert done.exit_code == 0
    assert "1 of 2 passes: `double(2)` is 4" in done.output
    assert "   measured: 1 call  (calls)" in done.output
    assert "Your code printed:\n   doubling 2" in done.output
    assert "All 2 checks pass. The lab has passed." in done.output
    made = recorded(root)[-1]
    tutor = Tutor.open(root=root)
    assert tutor.bench.states()[LAB].passed
    opened = tutor.bench.open(LAB)
    last = tutor.bench.history.standing(opened).last
    assert last is not None
    assert tutor.bench.history.texts(opened, last)["double.py"] == GOOD
    tutor.close()
    assert made["first"] != ""


def test_a_line_of_the_file_is_named(lab: Run, mine: Path) -> None:
    lab()
    mine.write_text("def double(n):\n    return n * None\n", "utf-8")
    assert "   double.py:2: return n * None" in lab().output


def test_hints_open_one_by_one_and_stay_open(lab: Run, root: Path) -> None:
    assert "Hint" not in lab().output
    first = lab("--hint").output
    assert "Hint 1 of 2: What is two and two?" in first
    assert "Hint 2" not in first
    assert "Hint 2 of 2: Return n * 2." in lab("--hint").output
    assert "Hint 2 of 2: Return n * 2." in lab("--hint").output
    assert recorded(root)[-1]["hinted"] == {"doubles": 2}
    assert "Hint 1 of 2" in lab().output


def test_the_solution_before_a_pass_is_giving_up(lab: Run, root: Path) -> None:
    done = lab("--solution")
    assert done.exit_code == 0
    assert "   |     return n * 2\n" in done.output
    assert "Twice is enough." in done.output
    assert "The lab has not passed." in done.output
    assert "has not passed" not in lab("--solution").output
    (made,) = recorded(root)
    assert made["gave_up"] is True


def test_starting_over_keeps_what_was_there(lab: Run, mine: Path) -> None:
    lab()
    mine.write_text(GOOD, "utf-8")
    done = lab("--reset")
    assert done.exit_code == 0
    assert "is kept in your record" in done.output
    assert "checks pass" not in done.output
    assert mine.read_text("utf-8") == FILES["labs/python/double/starter/double.py"]


def test_an_easier_form_is_practice(lab: Run, mine: Path, root: Path) -> None:
    assert "--form worked" in lab().output
    assert lab("--form", "gaps").exit_code == 0
    assert mine.read_text("utf-8") == "def double____:\n    return ____\n"
    mine.write_text(GOOD, "utf-8")
    done = lab()
    assert done.exit_code == 0
    assert "Form: gaps." in done.output
    assert "That was practice" in done.output
    assert recorded(root)[-1]["form"] == "gaps"
    tutor = Tutor.open(root=root)
    assert not tutor.bench.states()[LAB].passed
    tutor.close()


def test_the_worked_example_is_told_part_by_part(lab: Run) -> None:
    told = lab("--form", "worked").output
    assert "1. double.py\n   | def double(n):\nIt takes one number.\n" in told
    assert "2. double.py\n   |     return n * 2\nTwice.\n" in told


def test_what_cannot_run_is_an_error_of_its_own(
    lab: Run, mine: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(lab(id="python/none").exception, NexusError)
    nowhere = lab("--engine", "redis").exception
    assert isinstance(nowhere, NexusError)
    assert "its own engine only" in nowhere.hint
    gone = (Variant("redis", "Redis", available=False, hint="Start it."),)
    monkeypatch.setattr(Bench, "engines", lambda *_: gone)
    missing = lab("--engine", "redis").exception
    assert isinstance(missing, NexusError)
    assert missing.hint == "Start it."
    lab()
    mine.write_bytes(b"\xff")
    assert "UTF-8" in str(lab().exception)
    path = root / "labs/python/double/checks.py"
    path.write_text("1 / 0\n", "utf-8")
    mine.write_text(GOOD, "utf-8")
    assert lab().exit_code == 2


def test_a_course_from_elsewhere_asks_first(lab: Run, root: Path) -> None:
    from dataclasses import replace

    tutor = Tutor.open(root=root)
    tutor.choose(replace(tutor.settings, trusted=()))
    tutor.close()
    done = lab()
    assert isinstance(done.exception, NexusError)
    assert "trust" in done.exception.hint


def test_watching_runs_again_at_every_save(
    lab: Run, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A save runs again, an unreadable file ends nothing, ctrl+c ends it and says so."""
    lab()
    steps = iter(
        [
            lambda: mine.write_bytes(b"\xff"),
            lambda: mine.unlink(),
            lambda: None,
            lambda: mine.write_text(GOOD, "utf-8"),
        ]
    )

    def rest() -> None:
        step = next(steps, None)
        if step is None:
            raise KeyboardInterrupt
        step()

    monkeypatch.setattr(plain, "rest", rest)
    done = lab("--watch")
    assert done.exit_code == 0, done.output
    assert done.output.count("Watching your files") == 4
    assert "is not text in UTF-8" in " ".join(done.output.split())
    assert "All 2 checks pass" in done.output
    assert done.output.endswith("Stopped watching.\n")


def test_ctrl_c_stops_a_run_and_records_nothing(
    lab: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Bench, "run", stopped)
    done = lab()
    assert done.exit_code == 130
    assert "Nothing of this run is recorded." in done.output
    assert lab("--watch").exit_code == 2
    assert recorded(root) == []


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_watching_in_a_pipe_tells_at_once_and_ends_by_ctrl_c(root: Path, mine: Path) -> None:
    command = [sys.executable, "-m", "nexus_tui", "--course", str(root), "lab", LAB, "--watch"]
    child = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=dict(os.environ), start_new_session=True
    )
    assert child.stdout is not None
    try:
        lines = iter(child.stdout.readline, "")
        assert any("0 of 2 checks pass" in line for line in lines)
        assert any("Watching" in line for line in lines)
        mine.write_text(GOOD, "utf-8")
        assert any("All 2 checks pass" in line for line in lines)
        assert any("Watching" in line for line in lines)
        time.sleep(0.1)
        child.send_signal(signal.SIGINT)
        assert "Stopped watching." in child.stdout.read()
        assert child.wait(10) == 0
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
