"""What is wrong in a course file: gathered while reading, so that one run tells everything."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from nexus_tui.errors import NexusError

Severity: TypeAlias = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend, and where."""

    file: str
    """Path from the course's root, with forward slashes."""
    line: int
    """From 1; 0 when it is about the whole file."""
    message: str
    hint: str = ""
    severity: Severity = "error"
    code: str = "content"
    """Short name of the rule, for filters and tests."""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        text = f"{where}: {self.message}"
        return f"{text} · {self.hint}" if self.hint else text


class Problems:
    """Collects problems of one file; collectors made by ``at`` share the same list."""

    def __init__(self, file: str, items: list[Problem] | None = None) -> None:
        self.file = file
        self.items: list[Problem] = [] if items is None else items

    @classmethod
    def of(cls, path: Path, root: Path) -> "Problems":
        """Return a collector for ``path``, named as seen from ``root``."""
        return cls(relative(path, root))

    def at(self, file: str) -> "Problems":
        """Return a collector for another file that adds to the same list."""
        return Problems(file, self.items)

    def add(
        self,
        line: int,
        message: str,
        hint: str = "",
        *,
        code: str = "content",
        severity: Severity = "error",
    ) -> None:
        """Note a problem at ``line`` (from 1)."""
        self.items.append(Problem(self.file, line, message, hint, severity, code))

    @property
    def errors(self) -> list[Problem]:
        """The problems that keep a file from being used."""
        return [item for item in self.items if item.severity == "error"]

    def stop(self) -> None:
        """Raise the first error as a NexusError, if there is one."""
        for item in self.errors:
            where = f"{item.file}:{item.line}" if item.line else item.file
            raise NexusError(f"{where}: {item.message}", item.hint)


def relative(path: Path, root: Path) -> str:
    """Return ``path`` as seen from ``root``, or as it is when it lies elsewhere."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()
