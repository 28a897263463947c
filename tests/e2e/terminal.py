"""A real terminal for tests: the program in a pty, its screen read by an emulator."""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path

import pyte

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "down": "\x1b[B",
    "up": "\x1b[A",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "tab": "\t",
    "ctrl+r": "\x12",
    "ctrl+q": "\x11",
}
PATIENCE = 20.0
"""Seconds to wait for something; only a failure takes this long."""


class Terminal:
    """One program on one screen. Use as a context manager."""

    def __init__(self, command: list[str], home: Path, columns: int = 80, lines: int = 24) -> None:
        self.screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self.screen)
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        env = {k: os.environ[k] for k in ("PATH", "LANG", "LC_ALL") if k in os.environ}
        env |= {
            "HOME": str(home),
            "NEXUS_HOME": str(home / "nexus"),
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONUTF8": "1",
        }
        self.process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            cwd=home,
            start_new_session=True,
        )
        os.close(slave)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program draws for a while."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self._master], [], [], left)[0]:
                return
            try:
                data = os.read(self._master, 65536)
            except OSError:
                return
            self._stream.feed(data)

    def wait(self, text: str) -> None:
        """Until ``text`` is on the screen."""
        end = time.monotonic() + PATIENCE
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} never came:\n{self.text}"
            assert self.process.poll() is None or text in self.text, f"it ended:\n{self.text}"
            self.read()

    def press(self, *keys: str) -> None:
        """Press keys, by name or letter, with a moment between them as fingers leave."""
        for key in keys:
            os.write(self._master, KEYS.get(key, key).encode())
            self.read(0.15)

    def kill(self) -> None:
        """SIGKILL, as by a crash or a pulled plug."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)

    def leave(self) -> int:
        """Wait for the program to end by itself; its exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            self.read()
        self.read(0.2)  # what it said last may still be on its way
        return self.process.wait(1)


def program(*args: str) -> list[str]:
    """The command that starts the program under test."""
    return [sys.executable, "-m", "nexus_tui", *args]
