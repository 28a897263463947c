"""The journal without a screen: write, list, show, carry away."""

import os
import sys
from pathlib import Path

import click

from nexus_tui.errors import NexusError
from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import as_it_is, safe, say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.journal import KINDS, NAMES, Draft

FREE = ("note", "takeaway", "own")
"""What one can write that is about nothing in the course."""


def add(course: str | None, id: str, text: str) -> None:
    """Put a text under what is written on an id; without one, take standard input or $EDITOR.

    Raises NexusError for an id that is not in the course, and when nothing can be written.
    """
    tutor = Tutor.open(root=course_folder(course))
    try:
        draft = _draft(tutor, id)
        if text:
            tutor.journal.add(draft.subject, text)
        elif not sys.stdin.isatty():
            tutor.journal.add(draft.subject, _piped())
        else:
            tutor.journal.write(draft.subject, _edited(draft))
        _tell(tutor, draft)
    finally:
        tutor.close()


def _draft(tutor: Tutor, id: str) -> Draft:
    if id in ("", *FREE):
        return tutor.journal.fresh(id or "note")  # type: ignore[arg-type]
    return tutor.journal.draft(tutor.journal.subjects.check(id))


def _piped() -> str:
    """Standard input, whatever its bytes are."""
    return sys.stdin.buffer.read().decode("utf-8", "replace").replace("\r\n", "\n")


def _edited(draft: Draft) -> str:
    """What became of the text in the learner's editor; as it was, when nothing was saved."""
    if not os.isatty(1):
        raise NexusError("There is no text.", "Write it after the id, or pipe it in.")
    try:
        made = click.edit(draft.text or draft.template, extension=".md")
    except click.ClickException as error:
        hint = "Set EDITOR to the editor you like, or write the text after the id."
        raise NexusError(error.message, hint) from error
    return draft.text if made is None else made


def _tell(tutor: Tutor, draft: Draft) -> None:
    now = tutor.journal.text(draft.subject)
    if now == draft.text:
        say("Nothing changed.")
    else:
        about = f" on {draft.about}" if draft.about else ""
        say(f"Kept: {NAMES[draft.kind]}{about}." if now else f"Removed{about}.")


def listed(course: str | None, containing: str = "") -> None:
    """Print what the journal has, by kind, the newest first."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        entries = tutor.journal.entries(containing)
        kind = ""
        for entry in entries:
            if entry.kind != kind:
                say(("\n" if kind else "") + KINDS[entry.kind])
                kind = entry.kind
            title = " ".join(safe(entry.title).split())
            say(f"  {entry.when:%Y-%m-%d}  {title}")
            say(f"              {entry.subject}")
        if not entries:
            say("Nothing has that." if containing else "Nothing is written yet.")
    finally:
        tutor.close()


def show(course: str | None, id: str) -> None:
    """Print what is written on an id."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        text = tutor.journal.text(id)
        if not text:
            raise NexusError(f"Nothing is written on {id!r}.", "nexus-tui note --list shows all.")
        say(text)
    finally:
        tutor.close()


def export(course: str | None, target: Path, *, force: bool) -> None:
    """Write all of it as one Markdown file; - is standard output.

    Raises NexusError when a file is there that was not written by this, unless forced.
    """
    from nexus_tui.plain import files
    from nexus_tui.tutor import writeup

    tutor = Tutor.open(root=course_folder(course))
    try:
        content = writeup.markdown(tutor.journal).encode()
        if target == Path("-"):
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            return
        files.may_write(target, writeup.MARK.encode(), force=force)
        files.write(target, content)
        as_it_is(f"Written: {target}")
    finally:
        tutor.close()
