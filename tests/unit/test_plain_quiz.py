"""Quizzes line by line: every kind, confidence, hints, undo, stopping, what is said at the end."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.course.model import Option, Question
from nexus_tui.plain import telling
from nexus_tui.tutor import Tutor
from tests.ui.conftest import LESSON, TINY
from tests.ui.course import NAMES, write

Run = Callable[..., Result]
RIGHT: dict[str, Callable[[Any, Any], str]] = {
    "choice": lambda q, o: str(1 + next(i for i, x in enumerate(o) if x.right)),
    "several": lambda q, o: " ".join("abcdef"[i] for i, x in enumerate(o) if x.right),
    "order": lambda q, o: " ".join(
        f"{[x.id for x in o].index(line.id) + 1}:{line.indent}" for line in q.options
    ),
    "type": lambda q, o: q.accept.answers[0],
    "number": lambda q, o: "41",
    "predict": lambda q, o: q.accept.answers[0] + "\n.",
    "point": lambda q, o: "4",
    "match": lambda q, o: " ".join(
        f"{i}{'abc'[sorted(y.pair for y in o).index(x.pair)]}" for i, x in enumerate(o, 1)
    ),
}
"""What a person types for the right answer of each kind."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def run(root: Path) -> Run:
    def made(*args: str, stdin: str = "", course: Path = root) -> Result:
        return CliRunner().invoke(commands.group, ["--course", str(course), *args], input=stdin)

    return made


def answers(root: Path, *, also_undone: bool = False) -> list[dict[str, Any]]:
    tutor = Tutor.open(root=root)
    sql = "SELECT payload FROM event WHERE kind = 'answer'"
    if not also_undone:
        sql += " AND id NOT IN (SELECT event FROM undone)"
    rows = tutor.record.rows(f"{sql} ORDER BY id")
    tutor.close()
    return [json.loads(row[0]) for row in rows]


def test_every_kind_can_be_answered_right(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Question] = []
    show = telling.show

    def typing(question: Question, options: tuple[Option, ...], number: str = "") -> None:
        asked.append(question)
        typed = RIGHT[question.kind](question, options)
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\nsure\n"))
        show(question, options, number)

    monkeypatch.setattr(telling, "show", typing)
    done = run("quiz", LESSON, course=TINY)
    assert done.exception is None, done.output
    assert {question.kind for question in asked} == {*RIGHT}
    count = len(asked)
    assert f"{count} of {count} right. Saved." in done.output
    assert f"Right when you were sure, {count} of {count}." in done.output
    assert "You can:\n  - Count the queries a view makes\n" in done.output
    assert {given["confidence"] for given in answers(TINY)} == {"sure"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("guess", "guess"), ("t", "think"), ("S", "sure"), ("", ""), ("very\nsure", "sure")],
)
def test_confidence_in_one_word(run: Run, root: Path, typed: str, kept: str) -> None:
    run("quiz", NAMES, stdin=f"1\n{typed}\n")
    assert [given["confidence"] for given in answers(root)] == [kept]


def test_confidence_is_not_asked_when_switched_off(run: Run, root: Path) -> None:
    from dataclasses import replace

    tutor = Tutor.open(root=root)
    tutor.choose(replace(tutor.settings, confidence=False))
    tutor.close()
    told = run("quiz", NAMES, stdin="1\n1\n").output
    assert "How sure" not in told
    assert len(answers(root)) == 2


def test_an_answer_at_the_end_of_the_input_counts(run: Run, root: Path) -> None:
    assert "Stopped." in run("quiz", NAMES, stdin="1\n").output
    assert len(answers(root)) == 1


def test_a_hint_is_shown_and_recorded(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="?\n1\n\nstop\n").output
    assert "Hint: Think of names." in told
    assert [given["hint"] for given in answers(root)] == [True]


def test_undo_asks_again_and_takes_nothing_with_it(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="undo\n1\n\nundo\n\nstop\n").output
    assert "There is no answer to take back yet." in told
    assert "Taken back. Answer again." in told
    assert len(answers(root)) == 1
    assert answers(root)[0]["unknown"] is True
    assert len(answers(root, also_undone=True)) == 2


def test_the_last_answer_can_be_taken_back_too(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="\n\nundo\n1\n\n\n").output
    assert told.count("undo takes its answer back") == 2
    assert [given["unknown"] for given in answers(root)] == [True, False]


def test_undo_instead_of_confidence_hands_nothing_in(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="1\nundo\n2\nguess\nstop\n").output
    assert "Not handed in." in told
    assert len(answers(root, also_undone=True)) == 1


def test_words_are_said_back_as_what_was_chosen(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, "--seed", "1", stdin="wrong one\n\nstop\n").output
    assert "That is 1) A wrong one" in told or "That is 2) A wrong one" in told
    assert answers(root)[0]["chosen"] == ["no-it"]


def test_again_and_flag_answer_nothing(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="again\nflag\nunclear\nlater\nstop\n").output
    assert told.count("Which object is first?") + told.count("Which of these copies?") == 2
    assert "Only a review's questions can wait." in told
    assert answers(root) == []
    tutor = Tutor.open(root=root)
    assert [flag.text for flag in tutor.quiz.reviews.flags()] == ["unclear"]
    tutor.close()


def test_what_was_missed_names_the_section_to_read(run: Run, root: Path) -> None:
    told = run("quiz", NAMES, stdin="\n\n").output
    assert "Worth reading again:\n  - Say which object a name is tied to\n" in told
    assert f"nexus-tui --course {root} read python/names --section " in told


def test_nothing_moves_the_cursor_and_nothing_is_colored_in_a_pipe(run: Run) -> None:
    assert "\x1b" not in run("quiz", LESSON, stdin="1\n\n" * 8, course=TINY).output


def test_a_test_out_marks_what_is_known(run: Run) -> None:
    told = run("quiz", "--test-out", "queries", stdin="\n\n\n\n", course=TINY).output
    assert "10 questions at most" in told
    assert "0 of 3 right. Saved." in told
    assert "Worth reading:\n  - QuerySets are lazy (queries/lazy)" in told


def test_undo_in_a_test_out_chooses_again(run: Run) -> None:
    told = run("quiz", "--test-out", "queries", stdin="\nundo\n\nstop\n", course=TINY).output
    assert "Taken back." in told
    assert "0 of 1 right. Saved." in told


def test_a_byte_that_is_no_text_ends_nothing(root: Path) -> None:
    done = CliRunner().invoke(
        commands.group, ["--course", str(root), "quiz", NAMES], input=b"\xff\xfe\n1\n\nstop\n"
    )
    assert done.exception is None
    assert "That is not one of them." in done.output
    assert len(answers(root)) == 1


def test_a_line_of_ones_own_before_the_options_when_it_is_wanted(run: Run, root: Path) -> None:
    from dataclasses import replace

    tutor = Tutor.open(root=root)
    tutor.choose(replace(tutor.settings, explain=True))
    tutor.close()
    told = run("quiz", NAMES, stdin="because\n1\n\nstop\n").output
    assert told.index("In your words, before") < told.index("1) ")
    assert "In your words: because" in told
    assert answers(root)[0]["explained"] == "because"
