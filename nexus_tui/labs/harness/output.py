"""Where the learner's prints go: a file that the parent reads when the run is over."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from io import TextIOWrapper

KEPT = 20_000
"""Bytes that stay when the file has grown as far as the limit allows."""


class Output:
    """Takes over descriptors 1 and 2, in this process and all it starts."""

    def __init__(self, path: str) -> None:
        flags = os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
        self._descriptor = os.open(path, flags, 0o600)
        for standard in (1, 2):
            os.dup2(self._descriptor, standard)
        self._spoilt: list[object] = []
        self._begin = 0
        self.renew()

    def begin(self) -> None:
        """A check begins: give back `sys.stdout` and `sys.stderr`, and remember the place."""
        self.flush()
        sys.stdout, sys.stderr = self._own
        self._begin = os.fstat(self._descriptor).st_size

    def text(self) -> str:
        """What has been printed since the check began."""
        self.flush()
        size = os.fstat(self._descriptor).st_size - self._begin
        with open(self._descriptor, "rb", closefd=False) as file:
            file.seek(self._begin)
            return file.read(max(size, 0)).decode("utf-8", "replace")

    def flush(self) -> None:
        """Write out what is buffered. A full file is cut, so that the next check can print."""
        try:
            for stream in {id(s): s for s in (sys.stdout, sys.stderr, *self._own)}.values():
                stream.flush()
        except (OSError, ValueError, AttributeError):
            os.ftruncate(self._descriptor, KEPT)
            self.renew()

    def renew(self) -> None:
        """Make new streams. Old ones are kept: deleted, they would try to write once more."""
        self._spoilt.append((sys.stdout, sys.stderr))
        self._own = (_stream(1), _stream(2))
        sys.stdout, sys.stderr = self._own


def _stream(descriptor: int) -> TextIOWrapper:
    return open(descriptor, "w", encoding="utf-8", buffering=1, closefd=False)
