"""A record in an empty folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_tui.learner.database import Record
from tests.unit.learner.support import BERLIN, Clock, Opener


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "nexus" / "progress.db"


@pytest.fixture
def open_record(clock: Clock) -> Iterator[Opener]:
    opened: list[Record] = []

    def open_one(path: Path) -> Record:
        opened.append(Record.open(path, now=clock, zone=BERLIN))
        return opened[-1]

    yield open_one
    for record in opened:
        record.close()


@pytest.fixture
def record(path: Path, open_record: Opener) -> Record:
    return open_record(path)
