"""What one takes along for other programs: answers as CSV, a deck for Anki, one's learnings."""

import contextlib
import os
import sys
from pathlib import Path

from nexus_tui.errors import NexusError
from nexus_tui.launch import course_folder
from nexus_tui.plain.files import may_write, write
from nexus_tui.plain.lines import as_it_is, safe, say
from nexus_tui.tutor import Tutor

STDOUT = Path("-")
AGAIN = "Importing a later export brings the notes up to date; what Anki knows of you stays."


def csv(target: Path, *, force: bool) -> None:
    """Write every answer as a row."""
    from nexus_tui.tutor.answers import COLUMNS, table

    tutor = Tutor.open()
    try:
        _put(target, table(tutor.record), ",".join(COLUMNS[:4]), force=force)
    finally:
        tutor.close()


def readme(course: str | None, target: Path, *, notes: bool, force: bool) -> None:
    """Write the learner's own document; to the output without a file."""
    from nexus_tui.tutor.learned import gather
    from nexus_tui.tutor.learnings import MARK, text

    tutor = Tutor.open(root=course_folder(course))
    try:
        _put(target, safe(text(gather(tutor, notes=notes))), MARK, force=force)
    finally:
        tutor.close()


def anki(course: str | None, target: Path, *, force: bool) -> None:
    """Write the questions met as a deck."""
    from nexus_tui.tutor import cards

    cards.require()
    target = target if target.suffix else target.with_suffix(".apkg")
    may_write(target, b"PK", force=force)
    tutor = Tutor.open(root=course_folder(course))
    draft = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        count = cards.write(tutor, draft)
        draft.replace(target)
    except OSError as error:
        raise NexusError(
            f"{target} could not be written ({error.strerror or error}).",
            "Choose another folder, or make room.",
        ) from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)
        tutor.close()
    say(f"{count} questions. In Anki: File, Import. {AGAIN}")
    as_it_is(f"Written: {target}")


def _put(target: Path, text: str, mark: str, *, force: bool) -> None:
    """Write a text to its file, or to the output."""
    if target == STDOUT:
        text = safe(text) if sys.stdout.isatty() else text
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return
    may_write(target, mark.encode(), force=force)
    write(target, text.encode())
    as_it_is(f"Written: {target}")
