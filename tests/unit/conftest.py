"""A tutor over the small course, with a clock that stands until it is moved."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from tests.ui.conftest import Clock
from tests.ui.course import write


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def tutor(course_root: Path, tmp_path: Path, clock: Clock) -> Iterator[Tutor]:
    home = tmp_path / "home"
    made = Tutor.open(root=course_root, places=Places(home, home / "cache"), now=clock)
    yield made
    made.close()
