"""The `lab` that check functions are given."""

from __future__ import annotations

import builtins
import os
import sys
from pathlib import Path
from types import ModuleType

from .labkit import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from socket import socket
    from typing import Any

    from .channel import Channel
    from .output import Output
    from .places import Place, Sources

BUILTINS = dict(vars(builtins))
LONGEST = 300
"""Characters of a value that are shown."""


class Lab:
    """What a check works with. Authors may put attributes of their own on it (``lab.db = …``)."""

    def __init__(self, sources: Sources, channel: Channel, output: Output, seed: int) -> None:
        self._sources, self._channel, self._output = sources, channel, output
        self.seed = seed
        """A number that differs from run to run, for data that cannot be guessed."""
        self.variant = self.url = ""
        """The engine to run on ("" is the embedded one), and where it is when it runs already."""
        self.listener: socket | None = None
        """For the engine ``rest``: a listening socket of this run's own."""
        self.mark = ""
        """A name made for this run: all that may be written on a server that runs already."""
        self.template: Path | None = None
        """A prepared folder that a private engine starts from, when there is one."""
        self._last: list[Callable[[], object]] = []

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"lab has no attribute {name!r}: did the check that sets it run?")

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)

    @property
    def output(self) -> str:
        """What has been printed since this check began."""
        return self._output.text()

    def path(self, name: str = "") -> Path:
        """Path of a file of the workspace; without a name, the first one the learner edits."""
        return Path(self._sources.root, name or self._sources.files[0])

    def load(self, name: str = "") -> ModuleType:
        """Execute a Python file of the workspace and give it as a module."""
        path = self.path(name)
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError as error:
            raise Fail(f"there is no file {path.name}") from error
        module = ModuleType(path.stem)
        module.__file__ = str(path)
        sys.modules[path.stem] = module
        try:
            exec(compile(text, str(path), "exec"), module.__dict__)
        finally:
            restore()
        return module

    def where(self, name: str) -> Place:
        """``file``, ``line`` and ``code`` of a function or class of the learner's."""
        return self._sources.of_name(name)

    def equal(self, got: object, want: object, message: str, *, at: str = "") -> None:
        """Fail with both values shown, unless they are equal."""
        if got != want:
            raise Fail(message, expected=short(want), got=short(got), at=at)

    def ok(self, condition: object, message: str, *, at: str = "") -> None:
        """Fail unless the condition is true."""
        if not condition:
            raise Fail(message, at=at)

    def cleanup(self, function: Callable[[], object]) -> None:
        """Have a function called when the checks are done; the last one given is the first."""
        self._last.append(function)

    def finish(self) -> None:
        """Call those functions, once. One that fails does not keep the others from running."""
        while self._last:
            try:
                self._last.pop()()
            except Exception as error:  # a door: the parent tidies up what is left
                print(f"cleaning up: {error}")

    def measure(self, name: str, value: float, unit: str = "") -> None:
        """Report a number to be shown, such as ``VM steps``."""
        self._channel.emit("measure", name=name, value=value, unit=unit)


def restore() -> None:
    """Give back the built-in functions, whatever the learner's code put in their place."""
    vars(builtins).update(BUILTINS)


def short(value: object) -> str:
    """A value as Python writes it, cut when it is long."""
    try:
        text = repr(value)
    except Exception as error:  # whatever the learner's own __repr__ raises
        text = f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)} characters)"


def home(workspace: str) -> None:
    """Go (back) to the workspace, if it is still there."""
    try:
        os.chdir(workspace)
    except OSError:
        return
