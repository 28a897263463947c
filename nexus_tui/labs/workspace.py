"""The learner's files of one lab: created once, saved atomically, never overwritten unasked."""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from nexus_tui.errors import NexusError

HISTORY = ".history"
"""Folder inside the workspace where a reset keeps what was there before."""

PLACE = ".place.json"
"""File inside the workspace that says where the learner was."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the learner was: the file, and in each file (row, column, first row shown), from 0."""

    file: str = ""
    spots: Mapping[str, tuple[int, int, int]] = field(default_factory=dict)


class ChangedOutside(NexusError):
    """The file is not as it was last read or saved here: another program wrote it."""


class Workspace:
    """The files ``names`` in ``folder``, which start as copies of those in ``starter``."""

    def __init__(self, folder: Path, starter: Path, names: Iterable[str]) -> None:
        self.folder, self.starter = folder, starter
        self.names = tuple(names)
        self._seen: dict[str, str] = {}
        """Digest of each file when it was last read or saved here; "" when it was missing."""

    def ensure(self) -> None:
        """Create the files that do not exist yet. Never overwrites one that does."""
        for name in self.names:
            if not self.path(name).exists():
                self._write(name, self._starter(name))

    def read(self, name: str) -> str:
        """The text of a file as it is on disk now; "" when it is missing."""
        data = self._bytes(name)
        self._seen[name] = _digest(data)
        return self._text(name, data)

    def _text(self, name: str, data: bytes | None) -> str:
        try:
            return (data or b"").decode("utf-8")
        except UnicodeDecodeError as error:
            hint = "Save it as UTF-8 in your editor, or reset the lab: a copy is kept."
            raise NexusError(f"{self.path(name)} is not text in UTF-8.", hint) from error

    def texts(self) -> dict[str, str]:
        """All files, in order: what a run takes. Does not count as reading them."""
        return {name: self._text(name, self._bytes(name)) for name in self.names}

    def save(self, name: str, text: str, *, over: bool = False) -> None:
        """Write a file: all of it or nothing. `ChangedOutside` unless ``over`` another's text."""
        if not over and self.changed_outside(name):
            hint = "Reload it to see what changed, or save over it."
            raise ChangedOutside(f"{name} was changed by another program.", hint)
        self._write(name, text)

    def changed_outside(self, name: str) -> bool:
        """Whether the file differs from when it was last read or saved here.

        One that was never read here, and exists, does.
        """
        return _digest(self._bytes(name)) != self._seen.get(name, "")

    def peek(self, name: str) -> str:
        """The text of a file for looking at, whatever its bytes; it does not count as read."""
        return (self._bytes(name) or b"").decode("utf-8", "replace")

    def starter_text(self, name: str) -> str:
        """The text a file came with; "" when there was none."""
        return self._starter(name)

    def place(self) -> Place:
        """Where the learner was; the beginning when that is not known."""
        try:
            data = json.loads((self.folder / PLACE).read_text("utf-8"))
            spots = {str(name): _spot(spot) for name, spot in data["spots"].items()}
            return Place(str(data["file"]), spots)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return Place()

    def keep_place(self, place: Place) -> None:
        """Remember where the learner is, through a kill; not worth a word when it cannot be."""
        data = {"file": place.file, "spots": dict(place.spots)}
        with contextlib.suppress(OSError, ValueError):
            write_atomically(self.folder / PLACE, json.dumps(data).encode())

    def reset(self) -> Path:
        """Put the starter back; the folder that keeps what was there before."""
        kept = self._keep()
        for name in self.names:
            self._write(name, self._starter(name))
        return kept

    def path(self, name: str) -> Path:
        """Where a file lies. Only names inside the workspace are taken."""
        parts = PurePosixPath(name)
        if parts.is_absolute() or ".." in parts.parts or not parts.name:
            raise NexusError(f"{name!r} is no name of a file in a workspace.")
        return self.folder / parts

    def _starter(self, name: str) -> str:
        path = self.starter / name
        return path.read_text("utf-8") if path.is_file() else ""

    def _bytes(self, name: str) -> bytes | None:
        try:
            return self.path(name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise NexusError(f"{self.path(name)} cannot be read: {error.strerror}.") from error

    def _write(self, name: str, text: str) -> None:
        path = self.path(name)
        try:
            data = text.encode("utf-8")
            write_atomically(path, data)
        except OSError as error:
            hint = "Is the disk full, or the folder read-only? Your text is still in the editor."
            raise NexusError(f"{path} cannot be saved: {error.strerror}.", hint) from error
        except UnicodeEncodeError as error:
            raise NexusError(f"{name} holds a character that is none: {error.reason}.") from error
        self._seen[name] = _digest(data)

    def _keep(self) -> Path:
        """Copy the files into a new folder of the history."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
        kept = self.folder / HISTORY / stamp
        try:
            for name in self.names:
                if self.path(name).is_file():
                    (kept / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(self.path(name), kept / name)
        except OSError as error:
            hint = "Nothing was reset."
            raise NexusError(f"The old files cannot be kept: {error.strerror}.", hint) from error
        return kept


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file by a complete new one, on the disk when this returns. Follows a link."""
    path = path.resolve()
    path.parent.mkdir(parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where folders can be synced."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _spot(value: Iterable[int]) -> tuple[int, int, int]:
    row, column, top = (max(0, int(number)) for number in value)
    return row, column, top


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()
