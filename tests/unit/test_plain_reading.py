"""Lessons line by line: printed into a pipe, read section by section, the place kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.errors import NexusError
from nexus_tui.learner import progress
from nexus_tui.learner.progress import LessonState
from nexus_tui.plain import page
from nexus_tui.tutor import Tutor
from tests.ui.course import NAMES, trust, write

Read = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def read(root: Path) -> Read:
    def made(*args: str, stdin: str = "") -> Result:
        return CliRunner().invoke(
            commands.group, ["--course", str(root), "read", *args], input=stdin
        )

    return made


def state(root: Path) -> LessonState | None:
    tutor = Tutor.open(root=root)
    found = progress.lesson_state(tutor.record, NAMES)
    tutor.close()
    return found


def kinds(root: Path) -> list[str]:
    tutor = Tutor.open(root=root)
    rows = tutor.record.rows("SELECT kind FROM event ORDER BY id")
    tutor.close()
    return [row[0] for row in rows]


def test_into_a_pipe_a_lesson_is_printed_whole_and_nothing_is_recorded(
    read: Read, root: Path
) -> None:
    told = read(NAMES).output
    order = [
        "Names and objects\nPython, lesson 1 of 2, 8 minutes, 5 sections.\n",
        "You will be able to:\n  - Say which object a name is tied to\n",
        "Two names can be tied to one object.",
        "Section 2 of 5: Assignment binds",
        "a = b copies nothing.",
        "Sample that runs (python):\n    first = [1]\n    second = first\n",
        "It prints:\n    [1, 2]\n",
        "Question: Which object is first?",
        "Section 5 of 5: In one breath",
        "Terms\n  binding: Tying a name to an object.",
        "Read more\n  Python: Naming and binding\n    https://docs.python.org/3/\n",
        f"From here\n  nexus-tui --course {root} quiz python/names\n",
        f"nexus-tui --course {root} lab python/double\n",
    ]
    places = [told.index(part) for part in order]
    assert places == sorted(places)
    assert "The right one" not in told
    assert "\x1b" not in told
    assert kinds(root) == []


def test_one_section_into_a_pipe_keeps_the_place(read: Read, root: Path) -> None:
    told = read(NAMES, "--section", "2").output
    assert told.startswith("Section 2 of 5")
    assert "Section 3" not in told
    found = state(root)
    assert found is not None
    assert (found.section, found.sections_read) == (1, frozenset())


def test_without_an_id_the_lesson_left_last(read: Read) -> None:
    assert isinstance(read().exception, NexusError)
    read(NAMES, "--section", "2")
    assert read().output.startswith("Names and objects\n")


@pytest.mark.parametrize("args", [(NAMES, "--section", "6"), ("python/none",), ("sql/torn",)])
def test_what_cannot_be_read_is_said(read: Read, args: tuple[str, ...]) -> None:
    assert isinstance(read(*args).exception, NexusError)


def test_read_to_its_end_with_its_questions(read: Read, root: Path) -> None:
    """Enter goes on; the two questions are asked where they stand."""
    told = read(NAMES, "--questions", stdin="\n1\nsure\n\n\n\n\n\n").output
    assert told.index("1) ") < told.index("Section 3 of 5")
    assert told.count("? undo:") <= 1
    assert "undo takes its answer back" not in told
    found = state(root)
    assert found is not None
    assert found.done
    assert found.sections_read == frozenset(range(5))
    assert kinds(root).count("answer") == 2


def test_left_in_the_middle_it_goes_on_there(read: Read, root: Path) -> None:
    read(NAMES, "--questions", stdin="\n\n\nstop\n")
    found = state(root)
    assert found is not None
    assert (found.section, found.done) == (2, False)
    assert found.sections_read == frozenset({0, 1})
    told = read("--questions", stdin="").output
    assert "Where you left it. From the start: --section 1" in told
    assert "Section 3 of 5" in told
    assert "Section 2" not in told


def test_back_and_undo(read: Read, root: Path) -> None:
    told = read(NAMES, "--questions", stdin="\n\nundo\n1\n\nback\nstop\n").output
    assert "Taken back." in told
    assert told.count("Names and objects\nPython") == 2
    assert kinds(root).count("undo") == 1


def test_no_questions_when_they_are_not_wanted(
    read: Read, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "interactive", lambda: True)
    told = read(NAMES, "--no-questions", stdin="\n\n\n\n\n").output
    assert "1) " not in told
    assert "Question: Which object is first?" in told
    assert kinds(root).count("section_read") == 5


def test_samples_run_where_one_reads(read: Read, root: Path) -> None:
    refused = read(NAMES, "--questions", "--section", "2", stdin="\nrun\nstop\n").output
    assert "has not been allowed to run" in refused
    tutor = Tutor.open(root=root)
    trust(tutor)
    tutor.close()
    told = read(NAMES, "--questions", "--section", "2", stdin="\nrun\nstop\n").output
    assert told.count("It prints:\n    [1, 2]\n") == 2
    none = read(NAMES, "--questions", "--section", "1", stdin="run\nstop\n").output
    assert "Nothing here runs." in none


def test_a_broken_question_does_not_stop_the_reading(read: Read, root: Path) -> None:
    (root / "quizzes/python/names.yaml").write_text("questions: 3\n", "utf-8")
    assert "A question cannot be read:" in read(NAMES).output
    told = read(NAMES, "--questions", stdin="\n\n").output
    assert "Section 3 of 5" in told
    assert "python/names#one-list cannot be read: " in told
