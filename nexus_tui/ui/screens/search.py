"""Search: words typed into a field, and what has them, as one types."""

from collections.abc import Iterator, Sequence
from time import monotonic

from textual.binding import Binding
from textual.content import Content, Span
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Input

from nexus_tui.course.search import Entry, Hit
from nexus_tui.tutor.search import KINDS, near_told
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.finder import FinderScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane

MATCH = "bold underline $accent"
LOOK = "Lessons, terms, labs, challenges, questions you have met, your notes."
WAYS = (
    "Part of a word is enough, and a slip of the finger is forgiven. Names are found whole and "
    "in parts: select_related, --no-cache, X-Forwarded-For."
)
AGAIN = 0.5
"""Seconds between two looks at an index that grows."""
SAID = 2
"""Lines of text for each thing found."""


class SearchScreen(FinderScreen):
    """The last search is still there when one comes back."""

    PLACE = ""
    BINDINGS = [
        # The field has an enter of its own, which the line of keys would not show.
        Binding("enter", "open", "Open", key_display="↑↓ enter", priority=True),
    ]
    ASKS = "Search the course, questions you have met, your notes"

    class Grown(Message):
        """More can be found."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: list[Hit] = []
        self._looked = 0.0
        self._later: Timer | None = None

    def on_mount(self) -> None:
        """Search for what was searched for last; look for changes meanwhile."""
        search = self.tutor.search
        search.changed = self._grown
        self.nexus.attempt(search.start)
        field = self.query_one(Input)
        with self.prevent(Input.Changed):
            field.value = search.last
        self._look(again=True)
        super().on_mount()
        field.select_all()

    def _grown(self) -> None:
        """Called in the thread that builds."""
        self.post_message(self.Grown())

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        self.tutor.search.changed = lambda: None

    def on_screen_resume(self) -> None:
        """Something may have been answered or written."""
        super().on_screen_resume()
        if self._looked:
            self.nexus.attempt(self.tutor.search.start)

    def on_input_changed(self, message: Input.Changed) -> None:
        """Other letters, another list."""
        self._look()
        self.show()

    def on_search_screen_grown(self) -> None:
        """Look again now or soon."""
        wait = self._looked + AGAIN - monotonic()
        if wait <= 0 or not self.tutor.search.building:
            self._once_more()
        elif self._later is None:
            self._later = self.set_timer(wait, self._once_more)

    def _once_more(self) -> None:
        """The same words again; one stays where one stands."""
        if self._later:
            self._later.stop()
            self._later = None
        pane = self.query_one(Pane)
        selected, top = pane.selected, pane.scroll_offset.y
        self._look(again=True)
        pane.show(self.lay_out, keep=True)
        items = pane.items
        pane.selected = selected if selected in items else next(iter(items), "")
        pane.scroll_to(0, top, animate=False, immediate=True)
        if self.tutor.search.building and self._later is None:
            self._later = self.set_timer(AGAIN, self._once_more)

    def _look(self, *, again: bool = False) -> None:
        search = self.tutor.search
        search.last = self.wanted
        self._hits = search.find(self.wanted, again=again)
        self._looked = monotonic()

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """How many there are, then each: title and kind, where it is, the words in their text."""
        made = [*self._state(width), BLANK]
        if not self.wanted.strip():
            return [*made, *flow(plain(WAYS, "$muted"), width)]
        near = ""
        for number, hit in enumerate(self._hits):
            if hit.near != near:
                made += flow(plain(near_told(hit.near), "$muted italic"), width)
                made.append(BLANK)
                near = hit.near
            made += on(self._hit(hit, width), item=str(number))
            made.append(BLANK)
        return made

    def _state(self, width: int) -> Iterator[Line]:
        search = self.tutor.search
        if not self.wanted.strip():
            yield from flow(plain(LOOK), width)
        elif self._hits:
            n = len(self._hits)
            yield Line(plain(f"The best {n}" if n >= 30 else f"{n} found", "$muted"))
        elif not search.building:
            yield from self.nothing(width)
        if search.building:
            yield from flow(plain(search.told, "$accent"), width)
        if search.limits:
            yield from flow(plain(search.limits, "$muted"), width)

    def _hit(self, hit: Hit, width: int) -> Iterator[Line]:
        entry = hit.entry
        title = marked(entry.title, hit.title, "bold")
        trail = f"{KINDS[entry.kind]}  {entry.trail}".rstrip()
        yield from flow(title, width)
        yield from flow(words(("  ", ""), (clean(trail), "$secondary")), width)
        said = [*flow(marked(hit.text.text, hit.text.ranges), width - 2)][:SAID]
        yield from (Line(Content("  ") + line.content) for line in said)

    # Opening

    def choose(self, item: str) -> None:
        """Open the place; what opens over this screen comes back to it."""
        entry = self._hits[int(item)].entry
        match entry.kind:
            case "term":
                self._open_term(entry)
            case "note":
                self.nexus.attempt(lambda: self._open_note(entry))
            case "lab" | "challenge":
                self.nexus.open_id(entry.target)
            case _:
                self.app.pop_screen()
                self.nexus.open_id(entry.target)

    def _open_term(self, entry: Entry) -> None:
        from nexus_tui.ui.screens.terms import TermScreen

        if term := self.tutor.study.term(entry.title):
            self.nexus.push_screen(TermScreen([term]))

    def _open_note(self, entry: Entry) -> None:
        from nexus_tui.ui.screens.dialogs import TellScreen
        from nexus_tui.ui.writing import open_subject

        if self.tutor.journal.subjects.home(entry.target):
            self.app.pop_screen()
            open_subject(self.nexus, entry.target)
        else:
            self.nexus.push_screen(TellScreen(entry.title, entry.text))

    def action_back(self) -> None:
        """To where one was."""
        self.app.pop_screen()


def marked(text: str, ranges: Sequence[tuple[int, int]], style: str = "") -> Content:
    """Text with the words that matched; without marks where cleaning moved them."""
    shown = clean(text)
    spans = [Span(0, len(shown), style)] if style else []
    if len(shown) == len(text):
        spans += [Span(start, end, MATCH) for start, end in ranges]
    return Content(shown.replace("\n", " "), spans)
