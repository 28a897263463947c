"""A lab's feedback beside a bare child that does the same work."""

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.clock import in_turn
from benchmarks.table import Row
from nexus_tui.labs.protocol import CheckSpec, RunRequest
from nexus_tui.labs.runner import run

SOLUTION = """\
def page(items, number, size):
    start = (number - 1) * size
    return items[start:start + size]
"""
CHECKS = """\
from labkit import check

@check("first")
def _(lab):
    lab.m = lab.load()
    lab.equal(lab.m.page([1, 2, 3], 1, 2), [1, 2], "page([1, 2, 3], 1, 2)", at="page")

@check("last")
def _(lab):
    lab.equal(lab.m.page([1, 2, 3], 2, 2), [3], "page([1, 2, 3], 2, 2)", at="page")
"""
BARE = f"{SOLUTION}\nassert page([1, 2, 3], 1, 2) == [1, 2]\nassert page([1, 2, 3], 2, 2) == [3]\n"


def rows(home: Path, runs: int) -> list[Row]:
    """Two checks of a small function."""
    lab = home / "lab"
    lab.mkdir()
    (lab / "checks.py").write_text(CHECKS, "utf-8")
    specs = (CheckSpec("first", "the first page"), CheckSpec("last", "the last page", "first"))
    request = RunRequest(lab, {"pages.py": SOLUTION}, specs)
    found = in_turn({"lab": lambda: _lab(request), "bare": _child}, runs * 2)
    return [
        Row("lab feedback above the bare child", found["lab.ms"], found["bare.ms"], 150,
            "difference")
    ]  # fmt: skip


def _lab(request: RunRequest) -> dict[str, float]:
    began = time.perf_counter()
    assert run(request).passed
    return {"ms": (time.perf_counter() - began) * 1000}


def _child() -> dict[str, float]:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-I", "-c", BARE], check=True)
    return {"ms": (time.perf_counter() - began) * 1000}
