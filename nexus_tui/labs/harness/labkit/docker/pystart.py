"""What a container of an image of Python starts: the process of number 1, and what it can load."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from .. import Fail
from . import pyimage
from .shellwords import assignments, expand, options, split
from .step import FILE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .imagefs import Machine

SHELLS = ("sh", "bash", "dash", "ash")
INITS = ("tini", "dumb-init")
SERVER_FLAGS = (
    *("-b", "--bind", "-w", "--workers", "-k", "--worker-class", "-c", "--config", "-t"),
    *("--timeout", "--chdir", "--threads", "--log-level", "--access-logfile", "--error-logfile"),
    *("--graceful-timeout", "--keep-alive", "--max-requests", "--max-requests-jitter"),
    *("--worker-tmp-dir", "--pythonpath", "-e", "--env", "-n", "--name", "-p", "--pid"),
)


@dataclass(frozen=True)
class Start:
    """The program and its arguments; ``shell`` is what stands between it and the signals, or ""."""

    words: tuple[str, ...]
    shell: str


def line_of_start(machine: Machine) -> int:
    """The line of the last CMD or ENTRYPOINT; 1 when there is none."""
    steps = [layer.step.line for layer in machine.layers]
    return machine.start_line or (steps[-1] if steps else 1)


def start(machine: Machine, argv: tuple[str, ...]) -> Start:
    """Look through shells, inits and scripts at the program that is meant."""
    words = list(argv)
    if not words:
        return Start((), "")
    name = posixpath.basename(words[0])
    if name in SHELLS and "-c" in words[1:]:
        return _by_shell(machine, words[words.index("-c", 1) + 1 :][:1], name)
    if name in INITS:
        rest = words[words.index("--") + 1 :] if "--" in words else words[1:]
        if name not in _installed(machine):
            raise Fail(f"{words[0]} is not in the image", file=FILE, line=line_of_start(machine))
        return start(machine, tuple(rest))
    if name == "env":
        return start(machine, tuple(assignments(words[1:])[1]))
    script = machine.files.get(posixpath.join(machine.config.workdir, words[0]))
    if script and script.data and script.data.startswith(b"#!"):
        return _by_script(machine, script.data.decode(), words)
    return Start(tuple(words), "")


def _by_shell(machine: Machine, script: list[str], name: str) -> Start:
    commands = split(script[0]) if script else []
    last = expand(assignments(commands[-1])[1], machine.config.env) if commands else []
    if last[:1] == ["exec"]:
        return start(machine, tuple(last[1:]))
    return Start(tuple(last), name)


def _by_script(machine: Machine, text: str, words: list[str]) -> Start:
    last = (split(text) or [[]])[-1]
    if last == ["exec", "$@"]:
        return start(machine, tuple(words[1:]))
    return _by_shell(machine, [text], posixpath.basename(words[0]))


def _installed(machine: Machine) -> set[str]:
    return pyimage.packages(machine.files) | pyimage.importable(machine, pyimage.PYTHON)


def interpreter(machine: Machine, words: tuple[str, ...]) -> tuple[str, list[str]]:
    """The Python that runs these words, and what it is given from the program's name on.

    The path is "" when the program is not found. A script of a package runs with the Python
    that it was installed for, which must be there.
    """
    path = pyimage.which(machine, words[0])
    if path and re.fullmatch(r"python[\d.]*", posixpath.basename(path)):
        rest = list(words[1:])
        while rest[:1] and rest[0] in ("-u", "-O", "-B", "-I", "-E", "-s"):
            rest.pop(0)
        here = re.sub(r"/[^/]*$", "/python", path)
        return (here, rest[1:]) if rest[:1] == ["-m"] else (here, [])
    entry = machine.files.get(path)
    if entry is None or entry.runs_on not in machine.files:
        return "", [posixpath.basename(words[0]), *words[1:]]
    return entry.runs_on, [posixpath.basename(words[0]), *words[1:]]


def server(arguments: list[str]) -> tuple[dict[str, list[str]], list[str]]:
    """The flags of a call of Gunicorn, and what it shall serve."""
    return options(arguments[1:], SERVER_FLAGS)
