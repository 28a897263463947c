"""The machine of somebody who meets a project for the first time: a fresh copy, no variable set."""

from __future__ import annotations

import os
import shutil
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

PIP = """\
#!/bin/sh
for word; do
  if [ "$last" = -r ] && [ ! -f "$word" ]; then
    echo "ERROR: Could not open requirements file: No such file or directory: '$word'" >&2
    exit 1
  fi
  last=$word
done
echo "ERROR: there is no network here, and the project needs no package" >&2
exit 1
"""
"""Stands in for pip, which tries for a minute to reach its index before it gives up."""
WRAPPER = """\
#!/bin/sh
if [ "$1 $2" = "-m pip" ]; then shift 2; exec '{state}/bin/pip' "$@"; fi
exec '{python}' "$@"
"""
WITNESS = """
{head}import json as _j, sys as _s; open({seen!r}, "a").write(_j.dumps([{name!r}, _s.argv]) + "\\n")
"""


def environment(state: Path) -> dict[str, str]:
    """The variables of a newcomer; makes in ``state`` a home, and a folder of commands.

    They are Python by its two names, without the packages of the course, and a stand-in for pip.
    """
    commands, home = state / "bin", state / "home"
    commands.mkdir()
    home.mkdir()
    python = getattr(sys, "_base_executable", None) or sys.executable
    text = WRAPPER.format(state=state, python=python)
    for name in ("python", "python3", "pip", "pip3"):
        (commands / name).write_text(PIP if "pip" in name else text, "utf-8")
        (commands / name).chmod(0o755)
    return {
        "PATH": os.pathsep.join([str(commands), os.environ.get("PATH", os.defpath)]),
        "HOME": str(home),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        **{name: os.environ[name] for name in ("TMPDIR", "SYSTEMROOT") if name in os.environ},
    }


def fresh(source: Path, goal: Path) -> None:
    """Copy a project, but for what no clone would have: caches, and names with a dot in front."""
    shutil.copytree(source, goal, ignore=shutil.ignore_patterns("__pycache__", ".*"))


def watch(project: Path, name: str, state: Path, head: str = "") -> None:
    """Have a Python file of the project tell, each time it has been executed to its end.

    With a ``head`` such as "def tearDownModule(): ", when that is called.
    """
    text = WITNESS.format(head=head, seen=str(state / "seen"), name=name)
    with (project / name).open("a", encoding="utf-8") as file:
        file.write(text)
