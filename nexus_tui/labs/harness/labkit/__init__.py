"""What authors of labs import in ``checks.py``: ``from labkit import check, Fail``.

Import it (and ``labkit.sqlite``) at the top of ``checks.py``: once the checks are loaded it is
taken out of ``sys.modules``, so that the code under test cannot meddle with it by accident.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Function = Callable[[Any], object]


class Fail(AssertionError):
    """A check that does not hold, said to the learner.

    ``at`` names a function or class of the learner's to point at; ``file`` and ``line`` point
    directly. ``expected`` and ``got`` are texts, shown side by side.
    """

    def __init__(
        self,
        message: str,
        *,
        expected: str = "",
        got: str = "",
        at: str = "",
        file: str = "",
        line: int = 0,
    ) -> None:
        super().__init__(message)
        self.expected, self.got = expected, got
        self.at, self.file, self.line = at, file, line


class Check:
    """A registered check: its function and its own time limit in seconds, if it has one."""

    def __init__(self, function: Function, seconds: float | None) -> None:
        self.function, self.seconds = function, seconds


registered: dict[str, Check] = {}
variant = ""
"""`lab.variant`, known before ``checks.py`` runs: it says which adapter to import."""


def check(name: str, *, seconds: float | None = None) -> Callable[[Function], Function]:
    """Register the decorated function as the check of that id in ``lab.yaml``."""

    def register(function: Function) -> Function:
        registered[name] = Check(function, seconds)
        return function

    return register
