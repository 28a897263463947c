"""Review and challenges line by line."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from tests.ui.conftest import CHALLENGE, LESSON, TINY
from tests.ui.course import NAMES, answer, write

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


def command(root: Path, *args: str, stdin: str = "") -> Result:
    return CliRunner().invoke(commands.group, ["--course", str(root), *args], input=stdin)


def met(root: Path, *questions: str, days: int = 10) -> None:
    """Answers of some days ago: due today."""
    past = datetime.now(UTC) - timedelta(days=days)
    tutor = Tutor.open(root=root, now=lambda: past)
    for question in questions:
        answer(tutor, question)
    tutor.close()


def test_before_anything_was_met(root: Path) -> None:
    assert "Nothing to review yet" in command(root, "review").output


def test_todays_questions_are_asked_and_done_with(root: Path) -> None:
    met(root, f"{NAMES}#one-list", f"{NAMES}#copies")
    told = command(root, "review", stdin="a wrong one\n\nthe right\n\n").output
    assert "Review: 2 questions today." in told
    assert "1 of 2 right. Saved." in told
    assert "will still be there in a week; without today, " in told
    after = command(root, "review").output
    assert "Nothing more to review today." in after


def test_a_few_of_them(root: Path) -> None:
    met(root, f"{NAMES}#one-list", f"{NAMES}#copies")
    assert "Review: 1 question today." in command(root, "review", "--limit", "1").output


def test_later_leaves_one_for_tomorrow(root: Path) -> None:
    met(root, f"{NAMES}#one-list", f"{NAMES}#copies")
    told = command(root, "review", stdin="later\n\n").output
    assert "Not today." in told
    assert "0 of 1 right. Saved." in told
    assert "2 come back tomorrow." in command(root, "review").output


def test_after_a_break_one_is_welcomed(root: Path) -> None:
    met(root, f"{NAMES}#one-list", days=90)
    assert "Welcome back." in command(root, "review").output


def test_a_lab_that_comes_back_names_its_command(root: Path) -> None:
    from nexus_tui.learner import events
    from tests.ui.course import LAB

    past = datetime.now(UTC) - timedelta(days=60)
    tutor = Tutor.open(root=root, now=lambda: past)
    events.append(tutor.record, "lab_run", LAB, {"passed": True, "checks": {"doubles": "pass"}})
    tutor.close()
    told = command(root, "review").output
    assert "Labs worth doing again:\n  - Double it, about" in told
    assert f"lab {LAB} --form blank" in told


# Challenges


def test_a_challenge_from_its_story_to_its_post_mortem() -> None:
    typed = "The machine\nsure\n(host_id)\n\n2\n\n"
    told = command(TINY, "challenge", CHALLENGE, stdin=typed).output
    order = [
        "Nexus Stays has grown.",
        "  Note. The database has 1.9 million bookings.",
        "Step 1 of 3",
        "Slow queries (1 of 3):",
        "Plan (2 of 3):",
        "      └─ USE TEMP B-TREE FOR ORDER BY",
        "Metrics (3 of 3):",
        "That is ",
        "Not yet.",
        "What followed. You order a machine twice the size.",
        "Step 2 of 3",
        "SQL:",
        "What followed. The page takes 200 ms",
        "Step 3 of 3",
        "Right.",
        "Post-mortem\nSymptom: My bookings took four seconds",
        "Earlier: An alert",
        "1 of 3 right. Saved.",
    ]
    places = [told.index(part) for part in order]
    assert places == sorted(places)
    assert "Comes back" not in told


def test_a_challenge_left_in_the_middle_keeps_its_answers_and_its_end_to_itself() -> None:
    told = command(TINY, "challenge", CHALLENGE, stdin="\nstop\n").output
    assert "What followed. You look at the indexes" in told
    assert "Post-mortem" not in told
    assert "0 of 1 right. Saved." in told


def test_undo_goes_back_a_step() -> None:
    told = command(TINY, "challenge", CHALLENGE, stdin="\nundo\nall rows\n\nstop\n").output
    assert told.count("Step 1 of 3") == 2
    assert "1 of 1 right. Saved." in told


def test_without_an_id_challenges_are_listed() -> None:
    told = command(TINY, "challenge").output
    assert "queries/four-seconds: My bookings takes four seconds, about 6 minutes\n" in told
    command(TINY, "challenge", CHALLENGE, stdin="\n\n\n\n")
    assert "6 minutes, done" in command(TINY, "challenge").output


@pytest.mark.parametrize("id", ["queries/none", LESSON, "nowhere"])
def test_what_is_no_challenge_is_said(id: str) -> None:
    done = command(TINY, "challenge", id)
    assert isinstance(done.exception, NexusError)
