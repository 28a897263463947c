"""A child process in a session of its own: started, read, ended with all it started."""

import contextlib
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from nexus_tui.errors import NexusError

HARNESS = Path(__file__).parent / "harness"
PREFIX = "nexus-lab-"
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")
"""The only variables a child inherits: no token, key or setting of the learner's."""
DAY = 86_400.0
LAST = 0.2
"""Seconds in which the last words of an ended child must have been read, though a process that
it left behind may keep the pipe open."""
BACKLOG = 64
"""Chunks that may wait to be looked at; a child that floods the pipe waits as well."""
CONTROL = {code: None for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"}


class Child:
    """``python -I -X utf8 start.py ROLE`` in ``folder``; a thread reads what it writes.

    ``merged`` sends its stderr into the same pipe; else it is thrown away.
    """

    def __init__(self, role: str, folder: Path, *, merged: bool = False) -> None:
        command = [sys.executable, "-I", "-X", "utf8", str(HARNESS / "start.py"), role]
        try:
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT if merged else subprocess.DEVNULL,
                cwd=folder,
                env=environment(folder),
                start_new_session=True,
            )
        except OSError as error:
            raise NexusError(f"Python cannot be started: {error.strerror}.") from error
        self._chunks: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._over = False
        threading.Thread(target=self._pump, daemon=True).start()

    def _pump(self) -> None:
        assert self._process.stdout
        with self._process.stdout as pipe:
            chunk = b"-"
            while chunk:
                chunk = os.read(pipe.fileno(), 1 << 16)
                while self._chunks.qsize() > BACKLOG and not self._over:
                    time.sleep(0.001)
                self._chunks.put(chunk)

    def send(self, data: bytes) -> None:
        """Write to the child's stdin. A child that is gone already is no error."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(data)
            self._process.stdin.flush()

    def close(self) -> None:
        """Close the child's stdin: the end of the request, or of its life."""
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()

    def read(self, seconds: float) -> bytes | None:
        """The next bytes, ``b""`` when no more can come, None when none came in that time."""
        for patience in (seconds, LAST):
            with contextlib.suppress(queue.Empty):
                return self._chunks.get(timeout=patience)
            if not self.ended():
                return None
        return b""

    def ended(self) -> bool:
        """Whether the child itself has ended; its number is not given away before `kill`."""
        if not hasattr(os, "waitid"):
            return self._process.poll() is not None
        flags = os.WEXITED | os.WNOHANG | os.WNOWAIT
        return os.waitid(os.P_PID, self._process.pid, flags) is not None

    def wait(self, seconds: float) -> bool:
        """Give the child that long to end by itself; whether it did."""
        end = time.monotonic() + seconds
        while not (done := self.ended()) and time.monotonic() < end:
            time.sleep(0.002)
        return done

    def kill(self) -> int:
        """End what is left of the child and its process group; its exit code."""
        self._over = True
        self.close()
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        return self._process.wait()


def environment(folder: Path) -> dict[str, str]:
    """A short environment: home and temporary files in ``folder``, the clock of UTC."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return kept | {"HOME": str(folder), "TMPDIR": str(folder), "TZ": "UTC"}


@contextlib.contextmanager
def scratch() -> Iterator[Path]:
    """A fresh temporary folder, named after this process, removed afterwards."""
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")).resolve()
    except OSError as error:
        hint = "Is the disk full? Code runs in a folder of its own there."
        where = tempfile.gettempdir()
        raise NexusError(f"No folder can be made in {where}: {error.strerror}.", hint) from error
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder.chmod(0o711)  # an engine that refuses to run as root must find its files there
    try:
        yield folder
    finally:
        remove(folder)


def sweep() -> int:
    """Remove the folders that processes which were killed left behind; how many."""
    left = [path for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*") if _orphan(path)]
    for path in left:
        remove(path)
    return len(left)


def _orphan(folder: Path) -> bool:
    """Whether the process a folder is named after is gone, or the folder older than a day."""
    owner = folder.name.removeprefix(PREFIX).partition("-")[0]
    try:
        if time.time() - folder.stat().st_mtime > DAY:
            return True
        os.kill(int(owner), 0)
    except ProcessLookupError:
        return True
    except (OSError, ValueError):
        return False
    return False


def remove(folder: Path) -> None:
    """Remove a folder, also one in which code took rights away from itself."""
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        for path in [folder, *folder.rglob("*")]:
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)


def shown(data: bytes, most: int) -> str:
    """Bytes as text to show: at most so many, no control characters but line ends and tabs."""
    text = data[:most].decode("utf-8", "replace").replace("\r\n", "\n")
    return text.translate(CONTROL)
