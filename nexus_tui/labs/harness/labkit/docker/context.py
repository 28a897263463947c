"""The build context: the files a build is sent, less what `.dockerignore` keeps out.

Patterns are matched as Moby does it, with the port in `e2b_dockerfile_utils`.
"""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from e2b_dockerfile_utils import PatternMatcher

from .. import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import TypeVar

    T = TypeVar("T")

IGNORE = ".dockerignore"


class Context:
    """Files by their path from the folder's root; ``kept`` are those the builder gets."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(files)
        self.ignored = _matcher(self.files.get(IGNORE, b"").decode("utf-8", "replace"))
        self.kept = {
            name: data for name, data in self.files.items() if not self.ignored.matches(name)
        }

    def changed(self, files: Mapping[str, bytes]) -> Context:
        """The context after somebody has written these files."""
        return Context({**self.files, **files})

    def why_missing(self, source: str) -> str:
        """Why a source of COPY is not found, in words."""
        if pick(self.files, source)[0]:
            return f"{source} is in the folder, but .dockerignore keeps it out of the build"
        return f"there is no {source} in the folder"


def read(folder: Path, names: list[str] | None = None) -> dict[str, bytes]:
    """The files below a folder, or those of these names that exist."""
    if names is None:
        paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    else:
        paths = [folder / name for name in names if (folder / name).is_file()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def pick(files: Mapping[str, T], source: str) -> tuple[dict[str, T], bool]:
    """What a source of COPY takes, by its path below the destination; whether a folder is copied.

    A source may have wildcards, which do not cross a slash. Of a folder, the content is taken.
    """
    pattern = posixpath.normpath("/" + source).strip("/")
    if not pattern:
        return dict(files), True
    wanted = pattern.split("/")
    depth, folder, found = len(wanted), False, {}
    for name, value in files.items():
        parts = name.split("/")
        if len(parts) < depth or not all(map(fnmatchcase, parts[:depth], wanted)):
            continue
        folder = folder or len(parts) > depth
        found["/".join(parts[depth:]) or parts[-1]] = value
    return found, folder


def _matcher(text: str) -> PatternMatcher:
    lines = text.splitlines()
    try:
        return PatternMatcher(lines)
    except ValueError as error:
        at = [number for number, line in enumerate(lines, 1) if line and line in str(error)]
        raise Fail(str(error), file=IGNORE, line=at[0] if at else 1) from error
