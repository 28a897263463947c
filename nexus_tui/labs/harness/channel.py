"""The child's side of the protocol: JSON lines on a descriptor that only the harness knows."""

from __future__ import annotations

import os
from json import dumps
from os import getpid, write

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

LOWEST = 100
"""The descriptor lies at or above this, out of the way of code that closes "all" of its own."""
CLOSED = 97
"""Exit code when the descriptor is gone: somebody closed it."""


class Channel:
    """Writes events. Each line carries the nonce of the run, or the parent ignores it."""

    def __init__(self, nonce: str, descriptor: int) -> None:
        self._nonce, self._descriptor = nonce, descriptor
        self.own()

    def own(self) -> None:
        """From now on this process reports, and no other."""
        self._owner = getpid()

    def only_owner(self) -> None:
        """End a process that the learner's code forked and that came back to the harness."""
        if getpid() != self._owner:
            os._exit(0)

    def emit(self, kind: str, **values: Any) -> None:
        """Send one event. It begins with a line end, so that no half line spoils it."""
        self.only_owner()
        line = dumps({"t": kind, "run": self._nonce, **values}, default=repr)
        try:
            write(self._descriptor, f"\n{line}\n".encode())
        except OSError:
            os._exit(CLOSED)

    def close(self) -> None:
        """Close this process's copy."""
        os.close(self._descriptor)


def private(descriptor: int) -> int:
    """A copy of a descriptor with a high number, not inherited by programs started later."""
    try:
        import fcntl
    except ImportError:
        return os.dup(descriptor)
    return fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, LOWEST)
