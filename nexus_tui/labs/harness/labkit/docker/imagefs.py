"""The file system of an image in the making: entries by path, and the layers that bring them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from hashlib import sha256

from .dockerfile import fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .dockerfile import Config, Step


@dataclass(frozen=True)
class Entry:
    """A file or folder in a file system; ``data`` where it is known."""

    digest: str
    data: bytes | None = None
    holds: frozenset[str] = frozenset()
    """Names of what is installed there."""
    runs_on: str = ""
    """What it needs to run: a version, or a path to an interpreter."""


@dataclass
class Layer:
    """A step with its cache key, and the entries it adds or changes."""

    step: Step
    key: str
    added: dict[str, Entry]


@dataclass
class Machine:
    """A stage being built: its files by absolute path, and the key of all it depends on."""

    base: str
    files: dict[str, Entry]
    state: str
    layers: list[Layer]
    config: Config
    unknown: list[str] = field(default_factory=list)
    """Keys of the steps that may have written anything."""
    start_line: int = 0
    """The line of the last CMD or ENTRYPOINT."""
    groups: dict[str, list[str]] = field(default_factory=dict)

    def is_folder(self, path: str) -> bool:
        """Whether a folder of that path is known."""
        return path == "/" or any(name.startswith(f"{path}/") for name in self.files)


def digest(*parts: str) -> str:
    """A hash of some texts."""
    return sha256("\0".join(parts).encode()).hexdigest()


def known(data: bytes) -> Entry:
    """A file whose content is known."""
    return Entry(sha256(data).hexdigest(), data)


def tied(entry: Entry, keys: list[str]) -> Entry:
    """The entry, depending on the steps of these keys as well."""
    if not keys:
        return entry
    return Entry(digest(entry.digest, *keys), entry.data, entry.holds, entry.runs_on)


def placed(
    machine: Machine, step: Step, taken: dict[str, Entry], goal: str, into: bool
) -> dict[str, Entry]:
    """The entries by the absolute path where they come to lie."""
    path = posixpath.normpath(posixpath.join(step.config.workdir, goal))
    slash = goal.endswith("/") or posixpath.basename(goal) in (".", "..")
    if into and len(step.args) > 2 and not slash:
        raise fail(f"{step.text}: with several sources, the destination ends with a /", step.line)
    folder = slash or into or path == step.config.workdir or machine.is_folder(path)
    places = {name: posixpath.join(path, name) if folder else path for name in taken}
    return {places[name]: entry for name, entry in taken.items()}
