"""A lab in an empty folder, and a way to attack it."""

import sys
import time
from pathlib import Path

import pytest
from labs_support import Attack, Bench, before_return, processes

from nexus_tui.labs.protocol import RunResult


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path / "labs" / "python" / "pages")


@pytest.fixture
def attack(bench: Bench) -> Attack:
    """Run code before the return of the solution (``whole``: instead of it); nothing is left."""

    def go(code: str, *, whole: bool = False, hangs: bool = False) -> RunResult:
        if hangs:
            bench.limits["check_s"] = 0.4
        began = time.perf_counter()
        result = bench.run(code if whole else before_return(code))
        assert time.perf_counter() - began < 10
        if sys.platform == "linux":
            assert processes() == []
        return result

    return go
