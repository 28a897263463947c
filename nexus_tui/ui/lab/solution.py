"""The model solution with its reasons, and how one's own differs from it."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from nexus_tui.course.model import Lab
from nexus_tui.labs.difference import Row
from nexus_tui.ui import layout
from nexus_tui.ui.lab.differences import by_file
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.text import plain

LANGUAGES = {
    ".py": "python",
    ".sql": "sql",
    ".yaml": "yaml",
    ".yml": "yaml",
    ".toml": "toml",
    ".md": "markdown",
    ".sh": "bash",
}


def language(name: str) -> str:
    """What a file is written in, as far as it has colours."""
    return LANGUAGES.get(PurePath(name).suffix, "text")


def solution(lab: Lab, files: Mapping[str, str], gave_up: bool, width: int) -> Sequence[Line]:
    """The model solution, and why it is so."""
    made = _title("A model solution", gave_up, width)
    made += [*flow(plain("d shows how yours differs from it", "$muted"), width), BLANK]
    for name, text in files.items():
        made += [Line(plain(name, "$muted")), *layout.code(text, language(name), width), BLANK]
    return [*made, *layout.lines(lab.solution_notes, width)]


def against(found: Mapping[str, Sequence[Row]], gave_up: bool, width: int) -> Sequence[Line]:
    """Where one's own differs from the model solution."""
    made = _title("Yours beside a model solution", gave_up, width)
    told = "d shows all of the model. Another way can be as right: the checks decide."
    made += [*flow(plain(told, "$muted"), width), BLANK]
    return [*made, *by_file(found, width, "yours", "the model", "the same")]


def _title(text: str, gave_up: bool, width: int) -> list[Line]:
    note = plain("  looked at before the lab passed", "$muted") if gave_up else plain("")
    return list(flow(plain(text, "bold $right") + note, width))
