"""Mutants: a solution with one small change, which a lab's checks should notice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from nexus_tui.labs.certify import dockerfile, markdown, python, sql, yamlfile
from nexus_tui.labs.certify.edit import Edit

GONE = "(gone)"
KINDS = {
    ".py": (python.edits, python.valid),
    ".sql": (sql.edits, sql.valid),
    ".md": (markdown.edits, markdown.valid),
    "Dockerfile": (dockerfile.edits, dockerfile.valid),
    ".dockerignore": (dockerfile.ignore_edits, dockerfile.ignore_valid),
    **dict.fromkeys((".yml", ".yaml"), (yamlfile.edits, yamlfile.valid)),
}
"""By the suffix of a file's name, or by its whole name when it has none."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed file. ``line`` is where, from 1; ``was`` and ``now`` are that line's text.

    ``now`` is "(gone)" when all of the line is.
    """

    file: str
    line: int
    was: str
    now: str
    text: str


def mutants(file: str, text: str) -> list[Mutant]:
    """All mutants of a file that can be read; none of a kind of file that is not known.

    A text that cannot even be read would be "noticed" by any check, and prove nothing.
    """
    path = PurePath(file)
    edits, valid = KINDS.get(path.suffix or path.name, (None, None))
    if not edits or not valid or not valid(text):
        return []
    return [mutant for mutant in _apply(file, text, edits(text)) if valid(mutant.text)]


def _apply(file: str, text: str, edits: Iterable[Edit]) -> Iterator[Mutant]:
    """Each edit applied alone; every text once."""
    seen = {text}
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        changed = text[: edit.start] + edit.new + text[edit.end :]
        if changed not in seen:
            seen.add(changed)
            yield _mutant(file, text, edit, changed)


def _mutant(file: str, text: str, edit: Edit, changed: str) -> Mutant:
    removed = text[edit.start : edit.end]
    # What is cut out may begin with the comma or line end before it.
    begin = edit.start + len(removed) - len(removed.lstrip(", \n\t"))
    first = text.count("\n", 0, begin)
    was = _line(text, first)
    gone = not edit.new and was.strip(" ,;") in removed
    return Mutant(file, first + 1, was, GONE if gone else _line(changed, first), changed)


def _line(text: str, index: int) -> str:
    lines = text.splitlines()
    return lines[index].strip() if index < len(lines) else ""
