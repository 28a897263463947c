"""A program in a pty, and the clock beside it.

A key counts as answered when the last byte of what it painted has come: a program that paints
twice for one key is charged for both, since ``QUIET`` has to pass without a byte.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path

QUIET = 0.07
"""Seconds without a byte after which a painting is over."""
PATIENCE = 8.0
LINES, COLUMNS = 40, 120
ROOT = Path(__file__).resolve().parents[1]
_ESCAPE = re.compile(rb"\x1b(?:\[[0-9;?<>=$]*[ -/]*[@-~]|[\]P_][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


class Terminal:
    """One program, started when this is made. Use as a context manager."""

    def __init__(self, command: Sequence[str], home: Path) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self._began = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, *command], stdin=slave, stdout=slave, stderr=slave,
            env=environment(home), cwd=ROOT, start_new_session=True,
        )  # fmt: skip
        os.close(slave)
        self.cpu = 0.0
        """Milliseconds of processor time the program took, known when it has ended."""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu = (used.ru_utime + used.ru_stime) * 1000
        os.close(self._master)

    def until(self, text: str) -> float:
        """Milliseconds from the start, or from the last key, until ``text`` is painted."""
        seen = b""
        while text.encode() not in _ESCAPE.sub(b"", seen):
            seen += self._read(PATIENCE) or self._fail(text, seen)
        return self._passed()

    def press(self, key: str) -> float:
        """Milliseconds until all that the key painted has come."""
        self.send(key)
        if not self._read(PATIENCE):
            self._fail(f"an answer to {key!r}", b"")
        return self._settled()

    def send(self, key: str) -> None:
        """Write a key; the clock starts anew."""
        self._began = time.perf_counter()
        os.write(self._master, key.encode())

    def rest(self, seconds: float = QUIET) -> None:
        """Let it paint until nothing has come for a while."""
        while self._read(seconds):
            pass

    def _settled(self) -> float:
        last = self._passed()
        while self._read(QUIET):
            last = self._passed()
        return last

    def _read(self, seconds: float) -> bytes:
        if not select.select([self._master], [], [], seconds)[0]:
            return b""
        return os.read(self._master, 1 << 18)

    def _passed(self) -> float:
        return (time.perf_counter() - self._began) * 1000

    def _fail(self, what: str, seen: bytes) -> bytes:
        shown = _ESCAPE.sub(b" ", seen).decode("utf-8", "replace")
        raise TimeoutError(f"{what} never came; {shown[-2000:]!r}")


def environment(home: Path) -> dict[str, str]:
    """The same terminal and the same empty home for all."""
    return {
        "PATH": os.environ["PATH"], "HOME": str(home), "NEXUS_HOME": str(home / "nexus"),
        "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8",
    }  # fmt: skip
