"""What a linter says about a line, and how a program that lies beside Python is run."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Remark:
    """A remark: rule, words, line from 1, and "error", "warning", "info" or "style"."""

    rule: str
    message: str
    line: int
    level: str = "warning"


def tool(name: str) -> str:
    """The path of a program from a wheel or on PATH; "" when there is none."""
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name) or ""


def call(
    command: Sequence[str], folder: Path, seconds: float
) -> subprocess.CompletedProcess[str] | None:
    """Run a program with an empty standard input; None when it does not start or end in time."""
    try:
        return subprocess.run(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
