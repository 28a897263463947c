"""``nexus-tui progress``: the pictures in words, the same as data, and what is behind a number."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from tests.ui.course import LAB, NAMES, answer, write

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


def answered(root: Path, *names: str) -> None:
    """Answer questions of the first lesson, one right and the next wrong."""
    tutor = Tutor.open(root=root)
    for n, name in enumerate(names):
        answer(tutor, f"{NAMES}#{name}", right=not n)
    tutor.close()


@pytest.fixture
def run(root: Path) -> Run:
    """The command line over the small course."""

    def made(*args: str, stdin: str = "") -> Result:
        return CliRunner().invoke(commands.group, ["--course", str(root), *args], input=stdin)

    return made


def test_every_picture_is_told(run: Run, root: Path) -> None:
    answered(root, "one-list", "copies")
    told = " ".join(run("progress").output.split())
    for part in (
        "Of the 1 module you met",
        "Python",
        "2 answers on 1 day of the last four weeks",
        "come back in the next 30 days",
        "spent answering in all",
        "A week counts when something was done on 2 days of it.",
        "Something was done on 1 day of the last",
    ):
        assert part in told, part


def test_the_data_has_the_keys_that_the_help_names(run: Run, root: Path) -> None:
    answered(root, "one-list", "copies")
    data = json.loads(run("progress", "--json").output)
    told = run("progress", "--help").output
    for key in data:
        assert key in told, key
    assert len(data["weeks"]) == 53
    assert len(data["reviews"]) == 30
    assert [one["said"] for one in data["calibration"]] == ["guess", "think", "sure"]
    assert data["days"][-1]["answers"] == 2
    assert {*data["sentences"]} == {
        *("recall", "answers", "reviews", "calibration", "time", "streak", "year")
    }
    for key in (*data["weeks"][0], *data["days"][0], *data["modules"]["python"]):
        assert key in told, key


def test_before_the_first_answer_the_data_has_no_sentences(run: Run) -> None:
    data = json.loads(run("progress", "--json").output)
    assert data["sentences"] == {}
    assert data["brier"] is None
    assert data["days"] == []


def test_a_module_is_told_down_to_the_questions_met(run: Run, root: Path) -> None:
    answered(root, "one-list")
    told = run("progress", "python").output
    assert "Names and objects:" in told
    assert "Say which object a name is tied to" in told
    assert "Which object is first?" in told
    assert "Which of these copies?" not in told
    assert "Loops: not met yet" in told
    assert "Lab Double it: not begun" in told


def test_a_module_as_data(run: Run, root: Path) -> None:
    answered(root, "one-list")
    data = json.loads(run("progress", "python", "--json").output)
    assert [lesson["title"] for lesson in data["lessons"]] == ["Names and objects", "Loops"]
    assert data["labs"] == [{"id": LAB, "title": "Double it", "passed": False, "runs": 0}]
    questions = [q for o in data["lessons"][0]["objectives"] for q in o["questions"]]
    met = [q for q in questions if q["met"]]
    assert (len(met), len(questions)) == (1, 2)
    assert next(q for q in questions if not q["met"]).keys() == {"id", "met"}
    told = run("progress", "--help").output
    for key in (*met[0], *data, *data["lessons"][0], *data["lessons"][0]["objectives"][0]):
        assert key in told, key


def test_a_lesson_alone(run: Run) -> None:
    data = json.loads(run("progress", NAMES, "--json").output)
    assert [lesson["id"] for lesson in data["lessons"]] == [NAMES]


def test_a_broken_lesson_does_not_hide_the_others(run: Run) -> None:
    data = json.loads(run("progress", "sql", "--json").output)
    assert [("problem" in lesson) for lesson in data["lessons"]] == [False, True]
    assert "sql/torn cannot be read." in run("progress", "sql").output


def test_what_is_not_there_is_said(run: Run) -> None:
    done = run("progress", "nix")
    assert isinstance(done.exception, NexusError)
    assert "There is no 'nix'" in done.exception.message
