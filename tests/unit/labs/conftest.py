"""A lab in an empty folder."""

from pathlib import Path

import pytest
from labs_support import Bench


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "labs" / "python" / "pages")
