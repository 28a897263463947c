"""The commands of Python in a RUN: pip, uv and venv, on top of those of the system."""

from __future__ import annotations

import posixpath
import re

from . import pyimage, pyinstall
from .imagefs import Entry
from .shellwords import commands, options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .dockerfile import Step
    from .imagefs import Machine
    from .pyinstall import Flags


class Commands:
    """The commands of all RUN steps of a build; it is the ``effects`` of a `Build`.

    ``compiled`` names packages of Python that are built from C, with the headers each needs.
    """

    def __init__(self, compiled: Mapping[str, str]) -> None:
        self.compiled = compiled
        self.installs: dict[str, str] = {}
        """The first command that installs something, by the key of its step."""

    def __call__(
        self, machine: Machine, step: Step, mounted: Mapping[str, Entry], key: str
    ) -> bool:
        """Do what the step says; whether all of it is known."""
        run = Run(self.installs, machine, step, mounted, key)
        run.compiled = self.compiled
        return all([run.command(words) for words in commands(step)])  # noqa: C419 (do all of them)


class Run(pyinstall.Run):
    """One RUN with the commands of Python."""

    def do_venv(self, words: list[str]) -> bool:
        """``python -m venv PLACE``."""
        for place in options(words[1:], ("--prompt", "-p", "--python"))[1]:
            self._venv(self.path(place))
        return True

    def _venv(self, place: str) -> None:
        self.may_write(place)
        self.put(f"{place}/bin/python", Entry(self.key, runs_on=pyimage.PYTHON))
        self.put(f"{place}/pyvenv.cfg", Entry(self.key))

    def do_virtualenv(self, words: list[str]) -> bool:
        """The same by another name."""
        return self.do_venv(words)

    def do_uv(self, words: list[str]) -> bool:
        """``uv venv`` and ``uv pip``."""
        there = [*self.seen, *self.files]
        holds = any("uv" in entry.holds for entry in self.files.values())
        if not (holds or "uv" in self.machine.base or any(path.endswith("/uv") for path in there)):
            raise self.fail("uv: not found: no step before has put it into this stage")
        if words[1:2] == ["venv"]:
            return self.do_venv(words[1:] if words[2:] else ["venv", ".venv"])
        if words[1:2] == ["sync"] and self.path("pyproject.toml") not in {
            **self.seen,
            **self.files,
        }:
            raise self.fail(f"uv sync looks for pyproject.toml, and there is none in {self.cwd}")
        if words[1:2] != ["pip"] or words[2:3] not in (["install"], ["sync"]):
            return False
        flags, rest = options(words[3:], pyinstall.VALUED)
        files = rest if words[2] == "sync" else []
        return self.install(flags, [] if files else rest, files, self._uv_python(flags))

    def _uv_python(self, flags: Flags) -> str:
        if chosen := flags.get("--python") or flags.get("-p"):
            return self.find(chosen[-1]) or pyimage.PYTHON
        if "--system" in flags or self.env.get("UV_SYSTEM_PYTHON") in ("1", "true"):
            return pyimage.PYTHON
        venv = self.path(self.env.get("VIRTUAL_ENV", ".venv"))
        if f"{venv}/bin/python" in self.files:
            return f"{venv}/bin/python"
        if {"--target", "-t", "--prefix"} & set(flags):
            return pyimage.PYTHON
        raise self.fail("uv finds no virtual environment: make one, or say --system")

    def do_pip(self, words: list[str]) -> bool:
        """``pip install`` and ``pip wheel``."""
        flags, rest = options(words[1:], pyinstall.VALUED)
        folder = posixpath.dirname(words[0])
        python = self.find(f"{folder}/python" if folder else "pip") or self.find(words[0])
        if not python:
            raise self.fail(f"{words[0]}: not found in {self.machine.base} as it is here")
        python = re.sub(r"/[^/]*$", "/python", python)
        match rest[:1]:
            case ["install"]:
                return self.install(flags, rest[1:], [], python)
            case ["wheel"]:
                return self.wheel(flags, rest[1:])
            case ["cache" | "config" | "list" | "check" | "freeze" | "show"]:
                return True
        return False

    def find(self, program: str) -> str:
        """The path of a program, with the PATH that holds in this RUN."""
        paths = [program] if "/" in program else []
        if not paths:
            paths = [f"{folder}/{program}" for folder in self.env.get("PATH", "").split(":")]
        for path in map(self.path, paths):
            if pyimage.there(self.files, path):
                return path
        return ""
