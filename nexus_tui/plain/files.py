"""Writing a file that somebody named: whole or not at all, and never over a stranger."""

import contextlib
import os
import tempfile
from pathlib import Path

from nexus_tui.errors import NexusError


def may_write(target: Path, mark: bytes, *, force: bool) -> None:
    """Raise NexusError when another file is there: one that does not begin with ``mark``."""
    if force:
        return
    try:
        with target.open("rb") as file:
            ours = file.read(len(mark)) == mark
    except FileNotFoundError:
        return
    except OSError as error:
        raise _failed(target, error) from error
    if not ours:
        raise NexusError(
            f"{target} is there already, and was not exported from here.",
            "Choose another name, or add --force to write over it.",
        )


def write(target: Path, content: bytes) -> None:
    """Write a file: a crash leaves the old one or the new one. NexusError when it cannot be."""
    draft = ""
    try:
        handle, draft = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(_mode(target))
        Path(draft).replace(target)
    except OSError as error:
        if draft:
            with contextlib.suppress(OSError):
                Path(draft).unlink(missing_ok=True)
        raise _failed(target, error) from error


def _mode(target: Path) -> int:
    """Permissions: those of the file it replaces, else what a new file gets."""
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _failed(target: Path, error: OSError) -> NexusError:
    return NexusError(
        f"{target} could not be written ({error.strerror or error}).",
        "Choose another folder, or make room.",
    )
