"""The journal as one Markdown file, to keep or to publish."""

import re
from collections.abc import Iterator
from itertools import groupby

from nexus_tui.tutor.journal import KINDS, Entry, Journal

MARK = "<!-- written by nexus-tui note --export -->"
"""First line of an export: a file that has it may be written again."""
_OBEYED = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def markdown(journal: Journal) -> str:
    """Everything in the journal, by kind; headings of notes lie under the journal's own."""
    parts = [MARK, "# What I learned"]
    for kind, entries in groupby(journal.entries(), key=lambda entry: entry.kind):
        parts.append(f"## {KINDS[kind]}")
        if kind == "bookmark":
            parts.append("\n".join(f"- {entry.about or entry.subject}" for entry in entries))
        else:
            parts += [part for entry in entries for part in _written(entry)]
    return "\n\n".join(_OBEYED.sub("", part) for part in parts) + "\n"


def _written(entry: Entry) -> Iterator[str]:
    """A heading, unless the text has its own; when and about what; the text."""
    own, day = entry.text.startswith("# "), f"{entry.when:%Y-%m-%d}"
    if not own:
        yield f"### {entry.about or f'Of {day}'}"
    text = "\n".join(_lower(entry.text))
    head, _, rest = text.partition("\n") if own else ("", "", text)
    if own:
        yield head
    about = f"{entry.about}, " if own and entry.about and entry.about not in head else ""
    if own or entry.about:
        yield f"*{about}{day}*"
    if rest.strip():
        yield rest.strip("\n")


def _lower(text: str) -> Iterator[str]:
    """The lines, headings two levels lower, no deeper than six; code stays as it is."""
    fence = ""
    for line in text.split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and fence in ("", mark):
            fence = "" if fence else mark
        found = None if fence else re.match(r"(#{1,6}) ", line)
        yield "#" * min(len(found[1]) + 2, 6) + line[len(found[1]) :] if found else line
