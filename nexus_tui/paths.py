"""Where files live: the course, the learner's data, what can be thrown away."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from nexus_tui.errors import NexusError

PACKAGE = Path(__file__).resolve().parent


def course_root() -> Path:
    """The built-in course: inside the installed package, else the checkout around it."""
    packed = PACKAGE / "_course"
    return packed if packed.is_dir() else PACKAGE.parent


def stamp(root: Path) -> Path | None:
    """The file that stands for a whole course: installing a wheel writes all of it at once."""
    packed = PACKAGE / "_course"
    return packed / "lessons" / "course.yaml" if root == packed else None


def folder_digest(folder: Path, *without: str) -> str:
    """A short hash of the names and texts of a folder, the same on every platform.

    Files named ``without`` and what Python compiled do not count.
    """
    import hashlib

    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.name not in without:
            whole.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogatepass"))
            whole.update(b"\0" + _content(path) + b"\0")
    return whole.hexdigest()[:16]


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError:
        return b""


class Places(NamedTuple):
    """Folders of one learner. Created when first written to."""

    data: Path
    cache: Path

    @property
    def record(self) -> Path:
        """The learner's record, one SQLite file."""
        return self.data / "progress.db"

    @property
    def settings(self) -> Path:
        """The learner's choices."""
        return self.data / "settings.json"

    @property
    def labs(self) -> Path:
        """The learner's code, a folder for each lab."""
        return self.data / "labs"


def places() -> Places:
    """The learner's folders: ``NEXUS_HOME`` when set, else the platform's."""
    home = os.environ.get("NEXUS_HOME")
    if home:
        base = Path(home).expanduser()
        return Places(base, base / "cache")
    if not _has_home():
        raise NexusError(
            "There is no home folder to keep your progress in.",
            "Set NEXUS_HOME to a folder you can write to, for example: NEXUS_HOME=/path nexus-tui",
        )
    import platformdirs

    return Places(
        Path(platformdirs.user_data_dir("nexus-tui", appauthor=False)),
        Path(platformdirs.user_cache_dir("nexus-tui", appauthor=False)),
    )


def _has_home() -> bool:
    if sys.platform == "win32":
        return True
    try:
        return Path.home().is_absolute()
    except RuntimeError:
        return False
