"""From any screen to the journal: write on what is in front, mark it, open what is written on."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.binding import Binding

from nexus_tui.errors import NexusError
from nexus_tui.ui.screens.base import NexusScreen

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Draft, Kind
    from nexus_tui.ui.app import NexusApp

NOTE = Binding("N,ctrl+l", "note", "Note", key_display="N", id="note")
MARK = Binding("m", "mark", "Bookmark", show=False, id="mark")


class Writing(NexusScreen):
    """A screen about something one can write on: subclasses say what, and bind the keys."""

    def note_subject(self) -> "tuple[str, Kind]":
        """What is in front, "" for nothing, and what one will most likely write about it."""
        raise NotImplementedError

    def action_note(self) -> None:
        """Write about what is in front."""
        subject, first = self.note_subject()
        if subject:
            drafts = self.nexus.attempt(lambda: self.tutor.journal.drafts(subject, first))
            write(self.nexus, drafts or [])

    def action_mark(self) -> None:
        """Set a bookmark on what is in front, or take it away."""
        subject = self.note_subject()[0]
        if not subject:
            return
        on = self.nexus.attempt(lambda: self.tutor.journal.mark(subject))
        if on is not None:
            told = "Bookmarked: 6 lists it." if on else "The bookmark is gone."
            self.notify(told, markup=False)


def write(
    app: "NexusApp", drafts: "list[Draft]", then: Callable[[None], None] | None = None
) -> None:
    """Open the page to write on, unless it is open."""
    from nexus_tui.ui.screens.write import WriteScreen

    if drafts and not isinstance(app.screen, WriteScreen):
        app.push_screen(WriteScreen(drafts), then)


def open_subject(app: "NexusApp", subject: str) -> None:
    """Open what was written on. Raises NexusError when it is not in the course."""
    subjects = app.tutor.journal.subjects
    home, section = subjects.home(subject), subjects.number_of(subject)
    if not home:
        raise NexusError("This is about nothing that can be opened.", "It stands here alone.")
    if section is None:
        app.open_id(home.partition("@")[0])
    else:
        from nexus_tui.ui.opening import open_section

        open_section(app, home.partition("@")[0], section)


def in_own_editor(app: "NexusApp", text: str, editor: ModuleType) -> str | None:
    """What became of a text in the learner's own editor; None, once told, when it failed."""
    command = app.attempt(lambda: editor.command(os.environ))
    if command is None:
        return None
    with tempfile.TemporaryDirectory(prefix="nexus-tui-") as folder:
        path = Path(folder) / "note.md"
        path.write_text(text, "utf-8", "replace")
        try:
            with app.suspend():
                problem = editor.edit(command, path)
        except SuspendNotSupported:
            problem = "This terminal cannot be lent to another program."
        app.refresh(layout=True)
        if problem:
            app.tell(NexusError(problem, "Write here instead."))
            return None
        return app.attempt(lambda: _read(path))


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        hint = "Save it as UTF-8; what stands here is unchanged."
        raise NexusError("What your editor saved cannot be read.", hint) from error
