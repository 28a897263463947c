"""Runs tests and examples: a learner's unittest against other implementations, and doctests.

An implementation may loop, print or end Python, so each has a process of its own, in a folder of
its own, with nothing in it but the tests and the module.
"""

from __future__ import annotations

import doctest
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import ModuleType

AT_ONCE = 2
LAST_LINES = 400
"""Characters of an error that are kept."""
RUNNER = """\
import json, sys, unittest
sys.path.insert(0, ".")
suite = unittest.defaultTestLoader.loadTestsFromName(sys.argv[1])
result = unittest.TestResult()
suite.run(result)
bad = [(str(test), text) for test, text in result.failures + result.errors]
bad += [(str(test), "was expected to fail") for test in result.unexpectedSuccesses]
with open("outcome.json", "w", encoding="utf-8") as file:
    json.dump({"ran": result.testsRun, "bad": bad}, file)
"""


@dataclass(frozen=True)
class Outcome:
    """What a run of tests came to: how many ran, (test, error) of those that failed.

    ``ended`` says in words why there is no result, and is "" when there is one.
    """

    ran: int
    bad: tuple[tuple[str, str], ...] = ()
    ended: str = ""

    @property
    def green(self) -> bool:
        """Whether there were tests, and all of them passed."""
        return bool(self.ran) and not self.bad and not self.ended


def run_tests(tests: Path, files: Mapping[str, str], seconds: float = 5.0) -> Outcome:
    """Run the unittest file ``tests`` beside other files, given as names and texts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, text in files.items():
            (folder / file).write_text(text, "utf-8")
        shutil.copy(tests, folder)
        return _run(folder, tests.stem, seconds)


def _run(folder: Path, tests: str, seconds: float) -> Outcome:
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-X", "utf8", "-c", RUNNER, tests],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Outcome(0, ended=f"still running after {seconds:g} s")
    try:
        found = json.loads((folder / "outcome.json").read_text("utf-8"))
    except (OSError, ValueError):
        said = done.stderr.decode("utf-8", "replace").strip()
        return Outcome(0, ended=said[-LAST_LINES:] or "Python ended before the tests did")
    return Outcome(found["ran"], tuple((test, _last(text)) for test, text in found["bad"]))


def _last(trace: str) -> str:
    """The last line of a traceback: what went wrong."""
    return trace.strip().splitlines()[-1][:LAST_LINES] if trace.strip() else ""


def run_against(
    tests: Path, module: str, implementations: Mapping[str, str], seconds: float = 5.0
) -> dict[str, Outcome]:
    """Run the tests once for each implementation (a name and the text of ``module``)."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = pool.map(
            lambda text: run_tests(tests, {module: text}, seconds), implementations.values()
        )
        return dict(zip(implementations, found, strict=True))


@dataclass(frozen=True)
class Example:
    """An example of a docstring that does not print what it says; ``line`` is from 1."""

    line: int
    source: str
    want: str
    got: str


class _Collector(doctest.DocTestRunner):
    """Keeps what failed instead of printing it."""

    def __init__(self) -> None:
        super().__init__(verbose=False, optionflags=doctest.ELLIPSIS)
        self.bad: list[Example] = []

    def report_failure(
        self, out: object, test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        """Called by doctest when the output is another one."""
        self._keep(test, example, got)

    def report_unexpected_exception(
        self, out: object, test: doctest.DocTest, example: doctest.Example, exc_info: object
    ) -> None:
        """Called by doctest when the example raises."""
        error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
        self._keep(test, example, f"{type(error).__name__}: {error}")

    def _keep(self, test: doctest.DocTest, example: doctest.Example, got: str) -> None:
        line = (test.lineno or 0) + example.lineno + 1
        self.bad.append(Example(line, example.source.strip(), example.want.strip(), got.strip()))


def examples(module: ModuleType) -> tuple[int, list[Example]]:
    """How many examples a module's docstrings have, and those that are not true."""
    runner, count = _Collector(), 0
    for test in doctest.DocTestFinder().find(module, globs=dict(vars(module))):
        count += len(test.examples)
        runner.run(test, out=lambda text: None)
    return count, runner.bad
