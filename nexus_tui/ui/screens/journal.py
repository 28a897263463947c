"""Journal: what the learner wrote and marked, to find, read, write and carry away."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widget import Widget
from textual.widgets import Input

from nexus_tui.tutor.journal import KINDS, Entry
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Kind

EMPTY = (
    "Nothing is written yet. What you put in your own words you keep longest: N in a lesson, "
    "quiz, lab or challenge writes about what is in front of you, m in a lesson or quiz marks it."
)
LETTERS = {"new", "filter", "lesson", "versions", "remove", "export", "step"}
"""What keys do that are letters, while no words are typed."""
OVER = 2_000
"""Characters of a text that are shown in the list's preview; enter shows all."""


class JournalScreen(NexusScreen):
    """A list, and beside it, where there is room, what is written."""

    PLACE = "journal"
    CSS_PATH = "journal.tcss"
    BINDINGS = [
        Binding("enter", "open", "Write", key_display="enter"),
        Binding("c", "new('own')", "Own challenge"),
        Binding("t", "new('takeaway')", "Takeaway"),
        Binding("n,N", "new('note')", "Note", key_display="n"),
        Binding("slash,f", "filter", "Find", key_display="/"),
        Binding("l", "lesson", "Its lesson"),
        Binding("v", "versions", "Versions"),
        Binding("delete,d", "remove", "Remove"),
        Binding("x", "export", "Export", show=False),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Previous", show=False, priority=True),
        Binding("j", "step(1)", "Next", show=False, priority=True),
        Binding("k", "step(-1)", "Previous", show=False, priority=True),
        Binding("escape", "leave_filter", "All of them", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self._wanted = ""
        # Held, not asked for: keys are looked at before these are on the screen.
        self._found = Pane(self.lay_out, id="journal-list")
        self._field = Input(placeholder="words to find", id="journal-filter")
        self._beside = Pane(self.lay_out_text, id="journal-text")

    def body(self) -> Iterable[Widget]:
        """What to find, the list, the text."""
        with Horizontal(id="journal"):
            with Vertical(id="journal-left"):
                yield self._field
                yield self._found
            yield self._beside

    def on_mount(self) -> None:
        """Stand on the list."""
        self._field.cursor_blink = False
        self._beside.can_focus = False
        self._found.focus()
        self._show()

    def on_screen_resume(self) -> None:
        """Something may have been written meanwhile."""
        super().on_screen_resume()
        if self._found.is_mounted:
            self._show()

    def _show(self) -> None:
        """Read the journal again, and stay where one was."""
        pane = self._found
        before, at = pane.selected, self._at
        found = self.nexus.attempt(lambda: self.tutor.journal.entries(self._wanted))
        self._entries = found or []
        pane.show(self.lay_out, keep=True)
        items = pane.items
        self._choose(before if before in items else items[min(at, len(items) - 1)] if items else "")

    @property
    def _at(self) -> int:
        items, selected = self._items, self._found.selected
        return items.index(selected) if selected in items else 0

    @property
    def _items(self) -> list[str]:
        return [_item(entry) for entry in self._entries]

    @property
    def entry(self) -> Entry | None:
        """The entry one stands on."""
        selected = self._found.selected
        return next((entry for entry in self._entries if _item(entry) == selected), None)

    def _choose(self, item: str) -> None:
        self._found.selected = item
        self._found.reveal(item)
        self._beside.show(self.lay_out_text)
        self.refresh_bindings()

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """Every entry, by kind, the newest first."""
        if not self._entries:
            told = f"Nothing has “{clean(self._wanted)}”." if self._wanted else EMPTY
            keys = words(("c", "bold $accent"), " a challenge you met   ",
                         ("t", "bold $accent"), " a takeaway   ",
                         ("n", "bold $accent"), " a note")  # fmt: skip
            made = [*flow(plain(told), width)]
            return made if self._wanted else [*made, BLANK, *flow(keys, width)]
        return list(self._list(width))

    def _list(self, width: int) -> Iterator[Line]:
        for kind, entries in groupby(self._entries, key=lambda entry: entry.kind):
            these = list(entries)
            yield Line(words((KINDS[kind], "bold"), (f"  {len(these)}", "$muted")))
            for entry in these:
                yield from on(self._row(entry, width), item=_item(entry))
            yield BLANK

    def _row(self, entry: Entry, width: int) -> Iterator[Line]:
        title = plain(entry.title).truncate(max(width - 1, 8), ellipsis=True)
        yield Line(words(" ", title))
        about = f" · {entry.about}" if entry.about and entry.about != entry.title else ""
        told = plain(f"{entry.when:%Y-%m-%d}{about}", "$muted")
        yield Line(words(" ", told.truncate(max(width - 1, 8), ellipsis=True)))

    def lay_out_text(self, width: int) -> Sequence[Line]:
        """What is written."""
        entry = self.entry
        if entry is None:
            return ()
        made = [*flow(plain(entry.about or KINDS[entry.kind], "bold $accent"), width)]
        made += [Line(plain(f"{entry.when:%Y-%m-%d %H:%M}", "$muted")), BLANK]
        text = entry.text[:OVER] + ("…" if len(entry.text) > OVER else "")
        return [*made, *flow(plain(text), width)]

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While words are typed only arrows, enter and escape mean something here."""
        if self._typing and action in LETTERS:
            return False
        entry = self.entry
        if action in ("open", "remove"):
            return entry is not None
        if action == "versions":
            return entry is not None and entry.kind != "bookmark"
        return bool(entry and self._home(entry)) if action == "lesson" else True

    @property
    def _typing(self) -> bool:
        return isinstance(self.focused, Input)

    def _home(self, entry: Entry) -> str:
        return self.tutor.journal.subjects.home(entry.subject)

    def action_move(self, by: int) -> None:
        """Another entry."""
        if items := self._items:
            self._choose(items[max(0, min(self._at + by, len(items) - 1))])

    def action_step(self, by: int) -> None:
        """The same by letters, which are not for moving while words are typed."""
        self.action_move(by)

    def action_open(self) -> None:
        """Write on; from a bookmark, go there."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind == "bookmark":
            self.action_lesson()
            return
        from nexus_tui.ui.writing import write

        write(self.nexus, [self.tutor.journal.draft(entry.subject)], self._written)

    def action_new(self, kind: "Kind") -> None:
        """Write something that is about nothing in the course."""
        from nexus_tui.ui.writing import write

        draft = self.tutor.journal.fresh(kind)
        self._wanted = self._field.value = ""
        self._found.selected = f"{kind}:{draft.subject}"
        write(self.nexus, [draft], self._written)

    def _written(self, _: None) -> None:
        self._show()

    def action_lesson(self) -> None:
        """Go to what it is about."""
        from nexus_tui.ui.writing import open_subject

        if entry := self.entry:
            self.nexus.attempt(lambda: open_subject(self.nexus, entry.subject))

    def action_versions(self) -> None:
        """Earlier versions."""
        from nexus_tui.ui.screens.versions import VersionsScreen

        if entry := self.entry:
            versions = self.nexus.attempt(lambda: self.tutor.journal.versions(entry.subject))
            if versions:
                screen = VersionsScreen(entry.subject, versions)
                self.nexus.push_screen(screen, lambda _: self._show())

    def action_remove(self) -> None:
        """Take it out of the journal, after asking; a bookmark at once."""
        entry = self.entry
        if entry is None:
            return
        if entry.kind == "bookmark":
            self.nexus.attempt(lambda: self.tutor.journal.mark(entry.subject))
            self._show()
        else:
            told = f"Remove “{entry.title}”? Its versions stay in the record."
            self.nexus.push_screen(ConfirmScreen(told), lambda sure: self._remove(entry, sure))

    def _remove(self, entry: Entry, sure: bool | None) -> None:
        if sure:
            self.nexus.attempt(lambda: self.tutor.journal.write(entry.subject, ""))
            self._show()

    def action_export(self) -> None:
        """Say how it is carried away."""
        told = "In a shell: nexus-tui note --export FILE writes all of it as Markdown."
        self.notify(told, markup=False, timeout=8)

    # Finding

    def action_filter(self) -> None:
        """Type words to find."""
        self.query_one("#journal-left").add_class("-finding")
        self._field.focus()
        self.refresh_bindings()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Show what has these words."""
        if message.value != self._wanted:
            self._wanted = message.value
            self._show()

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """To the list that was found."""
        self._found.focus()
        self.refresh_bindings()

    def action_leave_filter(self) -> None:
        """All of them again."""
        self._wanted = self._field.value = ""
        self.query_one("#journal-left").remove_class("-finding")
        self._found.focus()
        self._show()

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A row was clicked: stand there; once more opens it."""
        if message.pane.id == "journal-list":
            again = message.item == message.pane.selected
            self._choose(message.item)
            if again:
                self.action_open()


def _item(entry: Entry) -> str:
    return f"{entry.kind}:{entry.subject}"
