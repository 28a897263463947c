"""What the doctor finds installed: the program itself, and the engines of samples and labs."""

import platform
from dataclasses import dataclass

from nexus_tui import __version__
from nexus_tui.labs.inventory import Engine, found


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. ``remedy`` is a command, empty when all is well."""

    what: str
    state: str
    good: bool = True
    remedy: str = ""


def program() -> list[Finding]:
    """The program and the Python it runs on."""
    python = f"{platform.python_version()} on {platform.system()}"
    return [Finding("nexus-tui", __version__), Finding("Python", python)]


def engines() -> list[Finding]:
    """One line for each engine; what labs lack comes with what brings it, if anything does."""
    return [_finding(engine) for engine in found() if engine.name != "python"]


def _finding(engine: Engine) -> Finding:
    if engine.works:
        return Finding(engine.title, engine.version)
    state = "not there" if engine.needed else "none found; labs run on what is built in"
    return Finding(engine.title, state, not (engine.needed and engine.remedy), engine.remedy)
