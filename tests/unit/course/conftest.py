"""A small course without a fault, and ways to spoil it."""

from pathlib import Path

import pytest
from course_files import FILES, Make, certificates, write


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write the faultless course, with ``files`` instead of its own, and return its root."""

    def build(files: dict[str, str] | None = None, *, without: tuple[str, ...] = ()) -> Path:
        root = tmp_path / "course"
        kept = {name: text for name, text in FILES.items() if name not in without}
        write(root, {**kept, **(files or {})})
        write(root, certificates(root))
        return root

    return build


@pytest.fixture
def root(make: Make) -> Path:
    return make()
