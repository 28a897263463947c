"""A tiny course with every kind of question, a learner of its own, a clock that stands."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp

TINY = Path(__file__).parent / "tiny"
LESSON = "queries/lazy"
CHALLENGE = "queries/four-seconds"
SIZES = [(60, 20), (80, 24), (132, 40)]


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def days(self, n: float) -> None:
        """Let days pass."""
        self.now += timedelta(days=n)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    """A copy of the tiny course, that a test may change."""
    root = tmp_path / "course"
    shutil.copytree(TINY, root)
    return root


@pytest.fixture
def tutor(course_root: Path, tmp_path: Path, clock: Clock) -> Iterator[Tutor]:
    home = tmp_path / "home"
    made = Tutor.open(root=course_root, places=Places(home, home / "cache"), now=clock)
    made.paths.welcomed()
    yield made
    made.close()


@pytest.fixture
def app(tutor: Tutor) -> NexusApp:
    return NexusApp(tutor)
