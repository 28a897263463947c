"""Writing: a note, a takeaway, a challenge of one's own, kept while one writes."""

import contextlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.timer import Timer
from textual.widgets import Static, TextArea

from nexus_tui.errors import NexusError
from nexus_tui.tutor.journal import LONGEST, NAMES, Draft
from nexus_tui.ui.lab import external
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.notepad import NotePad

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

REST = 2.0
"""Seconds after the last key until what was typed is kept."""
TRIED = "Shorten it, or keep it in a file of its own."


class WriteScreen(ModalScreen[None]):
    """A page to write on. It is kept when the fingers rest, and when it is left."""

    DEFAULT_CSS = """
    WriteScreen { align: center middle; background: $background 60%; }
    #writing { width: 84; max-width: 94%; height: 80%; max-height: 30; background: $surface;
               border: round $primary; padding: 0 1; }
    #writing-head, #writing-foot { height: auto; margin: 0 1; }
    #writing-head { margin-bottom: 1; }
    #writing-foot { margin-top: 1; }
    #note-text { height: 1fr; }
    """
    BINDINGS = [
        Binding("escape", "close", "Keep and close"),
        Binding("ctrl+t", "turn", "Write something else"),
        Binding("ctrl+o", "external", "Your own editor"),
    ]

    def __init__(self, drafts: Sequence[Draft]) -> None:
        super().__init__()
        self._drafts, self._at = list(drafts), 0
        self._rest: Timer | None = None
        self._state = ""
        self._text = NotePad(id="note-text")
        self._kept = ""
        """The text on the disk, as this page shows it: odd line ends become plain ones."""

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    @property
    def draft(self) -> Draft:
        """What is being written."""
        return self._drafts[self._at]

    def compose(self) -> ComposeResult:
        """What it is, the text, the keys."""
        with Vertical(id="writing"):
            yield Static(id="writing-head", markup=False)
            yield self._text
            yield Static(id="writing-foot", markup=False)

    def on_mount(self) -> None:
        """Begin."""
        self._open()

    def _open(self) -> None:
        draft = self.draft
        self._text.load_text(draft.text or draft.template)
        self._kept = self._text.text
        self._text.move_cursor(self._start(draft))
        self.query_one("#writing-head", Static).update(self._head(draft))
        self._say("saved" if draft.text else "")
        self._text.focus()

    def _start(self, draft: Draft) -> tuple[int, int]:
        """After what is written; under the first heading of what is laid out."""
        if draft.template and not draft.text:
            return (3, 0)
        return self._text.document.end

    def _head(self, draft: Draft) -> Content:
        name = NAMES[draft.kind].partition(" ")[2].capitalize()
        about = f"  {draft.about}" if draft.about else ""
        return words((name, "bold $accent"), (clean(about), "$muted"))

    def _say(self, state: str) -> None:
        """The keys, and whether the text is on the disk."""
        self._state = state
        parts = [words(("esc", "$accent"), " keeps and closes")]
        if len(self._drafts) > 1:
            following = self._drafts[(self._at + 1) % len(self._drafts)]
            parts.append(words(("ctrl+t", "$accent"), f" {NAMES[following.kind]}"))
        parts.append(words(("ctrl+o", "$accent"), " your editor"))
        if state:
            parts.append(plain(state, "bold $wrong" if state.isupper() else "$muted"))
        foot = Content(" · ").join(parts)
        self.query_one("#writing-foot", Static).update(foot)

    # Keeping

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Typed: keep it when the fingers rest."""
        if self._text.text == self._kept:
            return
        if self._state != "typing":
            self._say("typing")
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._keep)

    def on_note_pad_too_long(self, message: NotePad.TooLong) -> None:
        """Nothing was taken of what was pasted."""
        told = f"A note has at most {LONGEST:,} characters; with this it would be"
        self.nexus.tell(NexusError(f"{told} {message.length:,}. Nothing was pasted.", TRIED))

    def _keep(self) -> bool:
        """Whether what is on the screen is on the disk."""
        text, draft = self._text.text, self.draft
        if text == self._kept:
            return True
        try:
            self.nexus.tutor.journal.write(draft.subject, text)
        except NexusError as error:
            self._say("NOT SAVED")
            self.nexus.tell(error)
            return False
        self._kept = text
        self._drafts[self._at] = Draft(draft.subject, draft.kind, draft.about, text, draft.template)
        self._say("saved")
        return True

    def on_unmount(self) -> None:
        """The program ends: what was typed last is kept where it can be."""
        with contextlib.suppress(NexusError):
            if self._text.text != self._kept:
                self.nexus.tutor.journal.write(self.draft.subject, self._text.text)

    # Keys

    def action_close(self) -> None:
        """Keep it and close; it stays open when it cannot be kept."""
        if self._keep():
            self.dismiss(None)

    def action_turn(self) -> None:
        """Write the next of what can be written here."""
        if len(self._drafts) > 1 and self._keep():
            self._at = (self._at + 1) % len(self._drafts)
            self._open()

    def action_external(self) -> None:
        """The text in the learner's own editor, which gets the terminal until it ends."""
        from nexus_tui.ui.writing import in_own_editor

        text = in_own_editor(self.nexus, self._text.text, external)
        if text is not None:
            self._text.replace(text, self._text.document.start, self._text.document.end)
            self._keep()
