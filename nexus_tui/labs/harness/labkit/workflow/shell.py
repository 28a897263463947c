"""Runs the script of a ``run:`` step as GitHub does.

The shells are those of "Workflow syntax", ``jobs.<job_id>.steps[*].shell``: with none named it is
``bash -e {0}``; ``shell: bash`` adds ``--noprofile --norc`` and ``-o pipefail``. So by default the
exit code of a pipe is that of its last command alone.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from .value import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

SHELLS = {
    "": "bash -e {0}",
    "bash": "bash --noprofile --norc -eo pipefail {0}",
    "sh": "sh -e {0}",
    "python": "python {0}",
}
FILES = ("OUTPUT", "ENV", "PATH", "STEP_SUMMARY", "STATE")
"""The files by which a step speaks to the runner, each in a variable ``GITHUB_…``."""
SHOWN = 4000
"""Characters of a step's output that are kept."""
TOO_LATE = 124
"""Exit code of a script that was ended because its time was up."""


def bash() -> str:
    """Path of bash, "" where there is none. The one in Windows' own folder is another system."""
    beside = r"C:\Program Files\Git\bin\bash.exe"
    if sys.platform == "win32" and Path(beside).is_file():
        return beside
    found = shutil.which("bash") or ""
    return "" if "system32" in found.lower() else found


def command(shell: str, script: Path) -> list[str]:
    """The words that run a script in a shell, "" being the default. `Unsupported` for others."""
    template = SHELLS.get(shell, shell)
    if "{0}" not in template:
        raise Unsupported(f"`shell: {shell}` is not run here")
    words = [word.replace("{0}", str(script)) for word in template.split()]
    own = {"bash": bash(), "python": sys.executable}
    return [own.get(words[0], words[0]), *words[1:]]


def run(
    words: list[str], folder: Path, environment: Mapping[str, str], seconds: float, output: Path
) -> tuple[int, str]:
    """Run to the end, or for that many seconds; the exit code, and what was printed.

    The output goes to a file: a process left in the background cannot hold up its end.
    """
    with output.open("wb") as file:
        process = subprocess.Popen(
            words,
            cwd=folder,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            process_group=None if sys.platform == "win32" else 0,
        )
        try:
            code = process.wait(max(seconds, 0.1))
        except subprocess.TimeoutExpired:
            code = TOO_LATE
        finally:
            _end(process)
    text = output.read_bytes()[-SHOWN:].decode("utf-8", "replace")
    return code, text


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the script, and what it left behind."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def prepare(folder: Path) -> dict[str, str]:
    """Fresh files for a step; the variables that name them."""
    for name in FILES:
        (folder / name.lower()).write_text("")
    return {f"GITHUB_{name}": str(folder / name.lower()) for name in FILES}


PAIR = re.compile(r"(?P<name>[^=<\s]+)(?:=(?P<value>.*)|<<(?P<mark>\S+))")


def pairs(path: Path) -> dict[str, str]:
    """What a step wrote: lines ``name=value``, or ``name<<END``, lines, ``END``."""
    found = {}
    lines = iter(path.read_text("utf-8", "replace").splitlines())
    for line in lines:
        match = PAIR.fullmatch(line)
        if match and match["mark"]:
            inside = []
            while (text := next(lines, match["mark"])) != match["mark"]:
                inside.append(text)
            found[match["name"]] = "\n".join(inside)
        elif match:
            found[match["name"]] = match["value"]
    return found


def base_environment(home: Path) -> dict[str, str]:
    """What every step finds: the tools of this Python first on PATH, a home of its own."""
    kept = {name: os.environ[name] for name in ("LANG", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])
    return {**kept, "CI": "true", "GITHUB_ACTIONS": "true", "PATH": path, "HOME": str(home)}


class Clock:
    """How long the steps of a run may take together."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self.end - time.monotonic()
