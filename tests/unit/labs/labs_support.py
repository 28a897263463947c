"""A small lab, made in a temporary folder, and ways to run code against it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nexus_tui.labs.protocol import CheckSpec, RunRequest, RunResult
from nexus_tui.labs.runner import run

Attack = Callable[..., RunResult]
CHECKS = """
from labkit import check, Fail

@check("loads")
def _(lab):
    lab.m = lab.load()
    lab.ok(hasattr(lab.m, "page"), "define a function called page")

@check("first")
def _(lab):
    lab.equal(lab.m.page([1, 2, 3], 1, 2), [1, 2], "page([1, 2, 3], 1, 2)", at="page")

@check("last")
def _(lab):
    lab.equal(lab.m.page([1, 2, 3], 2, 2), [3], "page([1, 2, 3], 2, 2)", at="page")
    lab.measure("items", 1, "rows")
"""
SPECS = (
    CheckSpec("loads", "pages.py can be imported"),
    CheckSpec("first", "the first page", "loads"),
    CheckSpec("last", "the last page may be short", "loads"),
)
SOLUTION = """\
def page(items, number, size):
    start = (number - 1) * size
    return items[start:start + size]
"""


def before_return(code: str) -> str:
    """The solution with other code run first, in every call."""
    lines = "".join(f"    {line}\n" for line in code.splitlines())
    return SOLUTION.replace("    return", f"{lines}    return")


class Bench:
    """A lab folder whose parts a test may replace."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True)
        self.checks(CHECKS)
        self.specs: tuple[CheckSpec, ...] = SPECS
        self.limits: dict[str, float] = {"check_s": 2, "total_s": 10, "fsize_mb": 1}

    def checks(self, code: str, *names: str) -> None:
        """Other checks."""
        (self.folder / "checks.py").write_text(code, "utf-8")
        if names:
            self.specs = tuple(CheckSpec(name, f"the {name}") for name in names)

    def request(self, *texts: str, names: tuple[str, ...] = ("pages.py",)) -> RunRequest:
        """A run of these texts."""
        files = dict(zip(names, texts, strict=True))
        return RunRequest(self.folder, files, self.specs, limits=self.limits)

    def run(self, text: str) -> RunResult:
        """Run one text as pages.py."""
        return run(self.request(text))


def statuses(result: RunResult) -> list[str]:
    return [check.status for check in result.checks]


def processes(owner: int | None = None) -> list[str]:
    """Processes that live in a scratch folder of this process (or of ``owner``). Linux only."""
    mark = f"nexus-lab-{owner or os.getpid()}-".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (folder / "environ").read_bytes():
                found.append(folder.name)
        except OSError:
            continue
    return found


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait for something to become true, and fail when it does not."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def parent(folder: Path, code: str) -> "subprocess.Popen[bytes]":
    """Another program with a lab ``b`` in that folder, which is about to be killed."""
    script = folder / "parent.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from pathlib import Path\nfrom labs_support import *\n"
        f"b = Bench(Path({str(folder / 'other')!r}))\n"
        f"b.limits.update(check_s=60, total_s=60, fsize_mb=32)\n{code}\n",
        "utf-8",
    )
    return subprocess.Popen([sys.executable, str(script)])
