"""Words of the glossary: one with what it leads to, and all of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, cast

from textual.binding import Binding

from nexus_tui.course.model import Term
from nexus_tui.tutor.glossary import Link
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.screens.dialogs import Dialog
from nexus_tui.ui.screens.finder import FinderScreen
from nexus_tui.ui.text import clean, inline, plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

Turned = Callable[[Term | None], None]
"""Told which term is up; None when the dialog closes."""


class TermScreen(Dialog):
    """A term, low on the screen: what it was met in stays in view. ``k`` goes to the next one."""

    CSS = """
    TermScreen { align: center bottom; background: $background 20%; }
    TermScreen > Pane { max-height: 60%; margin-bottom: 1; }
    """
    BINDINGS = [
        Binding("k", "turn(1)", "Next term", priority=True),
        Binding("K,j", "turn(-1)", "Term before", show=False, priority=True),
        Binding("down,tab,right_square_bracket", "link(1)", "Next link", priority=True),
        Binding("up,shift+tab,left_square_bracket", "link(-1)", "Link before", priority=True),
        Binding("enter", "follow", "Open"),
        Binding("backspace", "back", "Back", show=False),
        Binding("escape,q", "close", "Close", key_display="esc"),
    ]

    def __init__(self, terms: Sequence[Term], turned: Turned | None = None) -> None:
        super().__init__()
        self._terms, self._at, self._turned = list(terms), 0, turned
        self._trail: list[Term] = []
        """Terms that links were followed from, and the one that is up; else none."""

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    @property
    def term(self) -> Term:
        """The one that is up."""
        return self._trail[-1] if self._trail else self._terms[self._at]

    @property
    def _links(self) -> list[Link]:
        return self.nexus.tutor.glossary.links(self.term)

    def lay_out(self, width: int) -> Sequence[Line]:
        """Word, definition, where it is taught, what it belongs with."""
        term, glossary = self.term, self.nexus.tutor.glossary
        module = self.nexus.tutor.study.module_of(term.module).title
        count = f" · {self._at + 1} of {len(self._terms)}" if len(self._terms) > 1 else ""
        head = words((clean(term.word), "bold $accent"), (f"  {clean(module)}{count}", "$muted"))
        made = [*flow(head, width), BLANK, *flow(inline(term.definition), width), BLANK]
        for link in glossary.links(term):
            lead = "Lesson " if link.kind == "lesson" else "See    "
            text = plain(link.title, "$primary")
            first = plain(lead, "$muted")
            made += on(flow(text, width, first=first, rest=" " * 7), item=_item(link))
        keys = [("k", " next term   ")] if len(self._terms) > 1 else []
        keys += [("↓ enter", " opens   "), ("esc", " closes")]
        told = [part for key, does in keys for part in ((key, "$accent"), (does, "$muted"))]
        return [*made, BLANK, *flow(words(*told), width)]

    def _show(self) -> None:
        pane = self.query_one(Pane)
        pane.selected = ""
        pane.show(self.lay_out)
        pane.refresh(layout=True)
        if self._turned and not self._trail:
            self._turned(self.term)

    def on_mount(self) -> None:
        """Say which is up."""
        super().on_mount()
        if self._turned:
            self._turned(self.term)

    def action_turn(self, by: int) -> None:
        """The next term of the page."""
        self._trail.clear()
        self._at = (self._at + by) % len(self._terms)
        self._show()

    def action_link(self, by: int) -> None:
        """Another of its links."""
        pane = self.query_one(Pane)
        if items := pane.items:
            at = items.index(pane.selected) + by if pane.selected in items else (by - 1) // 2
            pane.selected = items[at % len(items)]
            pane.reveal(pane.selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A link was clicked."""
        message.pane.selected = message.item
        self.action_follow()

    def action_follow(self) -> None:
        """Open the link; without one, close."""
        selected = self.query_one(Pane).selected
        link = next((link for link in self._links if _item(link) == selected), None)
        if link is None:
            self.action_close()
        elif link.kind == "lesson":
            self.action_close()
            self.nexus.open_id(link.target)
        elif term := self.nexus.tutor.glossary.find(link.target):
            self._trail.append(term)
            self._show()

    def action_back(self) -> None:
        """To the term one came from; else close."""
        if self._trail:
            self._trail.pop()
            self._show()
        else:
            self.action_close()

    def action_close(self) -> None:
        """Close it."""
        if self._turned:
            self._turned(None)
        super().action_close()


def _item(link: Link) -> str:
    return f"{link.kind}:{link.target}"


class GlossaryScreen(FinderScreen):
    """Every term; what is typed finds some, enter opens one."""

    BINDINGS = [Binding("f2", "handbook", "Handbook")]
    ASKS = "a word"

    def lay_out(self, width: int) -> Sequence[Line]:
        """Word and what it means."""
        found = self.tutor.glossary.terms(containing=self.wanted)
        made = [*flow(plain(f"Glossary  {counted(len(found), 'term')}", "bold"), width), BLANK]
        return [*made, *self._terms(found, width)] if found else [*made, *self.nothing(width)]

    def _terms(self, found: Iterable[Term], width: int) -> Iterator[Line]:
        for term in found:
            word = words((clean(term.word), "bold"), "  ", inline(term.definition, "$muted"))
            yield Line(word.truncate(width, ellipsis=True), item=f"term:{term.word}")

    def choose(self, item: str) -> None:
        """Open a term."""
        if term := self.tutor.glossary.find(item.removeprefix("term:")):
            self.nexus.push_screen(TermScreen([term]))

    def action_handbook(self) -> None:
        """Every lesson in one breath."""
        self.nexus.action_handbook()
