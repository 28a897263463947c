"""An audit hook that says in words what a lab may not do, on every system.

It is there for the message, not for protection: a subprocess or ctypes walks around it.
"""

from __future__ import annotations

import os
import sys

from .limits import tasks

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "NUL", "nul")
TERMINALS = ("/dev/tty", "/dev/pts", "/dev/console", "CON")
LOCAL = ("localhost", "::1", "")


class Refused(PermissionError):
    """Something a lab may not do."""


class Audit:
    """The rules for one workspace, in which this user may have ``most`` threads in all.

    ``host`` is where the lab's engine is, when it is a server.
    """

    def __init__(self, workspace: str, most: int, host: str = "") -> None:
        self._most, self._hosts = most, (*LOCAL, host)
        self.roots = (os.path.realpath(workspace), *DEVICES)
        one, two = self._one, self._two
        changes = ("remove", "rmdir", "mkdir", "truncate", "chmod")
        self.rules: dict[str, Callable[..., None]] = {
            "open": self._open,
            "socket.connect": self._connect,
            "socket.sendto": self._connect,
            "socket.getaddrinfo": self._look_up,
            "os.kill": self._signal,
            "os.killpg": self._signal,
            "os.fork": self._start,
            "subprocess.Popen": self._start,
            **{f"os.{name}": one for name in changes},
            **{f"os.{name}": two for name in ("rename", "link", "symlink")},
        }

    def install(self) -> None:
        """From now on, in this process, for good."""
        rules = self.rules

        def hook(event: str, arguments: tuple[Any, ...]) -> None:
            rule = rules.get(event)
            if rule:
                rule(*arguments)

        sys.addaudithook(hook)

    def _inside(self, path: Any) -> bool:
        if path is None or isinstance(path, int):
            return True
        real = os.path.realpath(os.fsdecode(path))
        return any(real == root or real.startswith(root + os.sep) for root in self.roots)

    def _open(self, path: Any, _mode: Any, flags: Any) -> None:
        if isinstance(path, str) and path.startswith(TERMINALS):
            raise Refused(f"labs have no terminal: {path} is the tutorial's")
        if isinstance(flags, int) and flags & WRITES and not self._inside(path):
            raise Refused(f"labs may only write inside their workspace, not to {path}")

    def _one(self, path: Any, *_: Any) -> None:
        if not self._inside(path):
            raise Refused(f"labs may only change files of their workspace, not {path}")

    def _two(self, old: Any, new: Any, *_: Any) -> None:
        self._one(old)
        self._one(new)

    def _connect(self, _socket: Any, address: Any) -> None:
        if isinstance(address, tuple):
            self._look_up(address[0])

    def _look_up(self, host: Any, *_: Any) -> None:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if name not in self._hosts and not name.startswith("127."):
            raise Refused(f"labs run offline: {name} cannot be reached from here")

    def _start(self, *_: Any) -> None:
        # The kernel's own limit does not bind root, and has no words for others.
        if self._most and tasks() > self._most:
            raise Refused("this lab started more processes than it may: is there an endless loop?")

    def _signal(self, process: int, _number: int) -> None:
        if process and not _ours(process):
            raise Refused(f"labs may only send signals to processes they started, not {process}")


def _ours(process: int) -> bool:
    """Whether a process belongs to this session, or is gone, so that a signal harms nobody."""
    if sys.platform == "win32":
        return process == os.getpid()
    try:
        return process > 0 and os.getsid(process) == os.getsid(0)
    except ProcessLookupError:
        return True
