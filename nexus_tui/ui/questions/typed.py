"""Typed: a word, a number, or what a piece of code prints."""

from collections.abc import Iterator

from nexus_tui.course.model import Inline, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.lines import Line, flow
from nexus_tui.ui.questions.rows import BARS, GROUNDS, MINE, State, sign, why
from nexus_tui.ui.questions.sheet import Key, Sheet
from nexus_tui.ui.text import plain, words

LABEL = 12


class Typed(Sheet):
    """What was typed so far; the field on the screen writes it here."""

    KEYS = (Key(("enter",), "Type", "enter"),)
    typed = True

    def begin(self) -> None:
        """Start empty."""
        self.text = ""

    @property
    def several(self) -> bool:
        """The answer may have several lines."""
        return self.question.kind == "predict"

    @property
    def unit(self) -> str:
        """What a number is counted in."""
        return self.question.accept.unit if self.question.accept else ""

    @property
    def asks(self) -> str:
        """How to hand in."""
        if self.several:
            return "Type what it prints, line by line. ctrl+r or F5 hands in; esc: other keys."
        what = "a number" if self.question.kind == "number" else "the answer"
        counted = f", in {self.unit}" if self.unit else ""
        return f"Type {what}{counted}. enter hands in; esc: other keys."

    @property
    def placeholder(self) -> str:
        """What an empty field says."""
        if self.several:
            return "what it prints"
        return (self.unit or "a number") if self.question.kind == "number" else "your answer"

    def press(self, key: str) -> bool:
        """Nothing here: the field takes the keys."""
        return False

    def click(self, item: str) -> bool:
        """Nothing to click."""
        return False

    @property
    def lacks(self) -> str:
        """Something was typed."""
        return "" if self.text.strip() else "Type an answer first; F3 says that you do not know."

    def response(self) -> Response:
        """The text."""
        return Response(text=self.text)

    def lines(self, width: int) -> list[Line]:
        """Nothing: the field is under the page."""
        return []

    def told(self, width: int, graded: Graded) -> list[Line]:
        """What was typed, and the answer."""
        given, want = graded.response.text, graded.verdict.expected.text
        if graded.verdict.right:
            made = list(self._said("You wrote", given, width, "right"))
            return made + self._note(graded, width, "right")
        made = list(self._said("You wrote", given, width, "wrong", want)) if given else []
        made += self._note(graded, width, "wrong")
        label = "It prints" if self.several else "The answer"
        return made + list(self._said(label, want, width, "right"))

    def _note(self, graded: Graded, width: int, state: State) -> list[Line]:
        note = graded.verdict.note or Inline("")
        return list(why(note, width, LABEL + 3, state, "", MINE))

    def _said(
        self, label: str, text: str, width: int, state: State, want: str = ""
    ) -> Iterator[Line]:
        """Lines of an answer after their label; with ``want``, those that are as they should be."""
        wanted = want.split("\n")
        for number, part in enumerate(text.rstrip().split("\n")):
            same = (
                self.several and number < len(wanted) and wanted[number].rstrip() == part.rstrip()
            )
            mark: State = "right" if same else state
            head = label if not number else ""
            lead = words(" ", sign(mark, self.glyphs), (f" {head:<{LABEL}}", "$muted"))
            yield from flow(
                plain(part, f"${mark}"), width, first=lead, rest=" " * lead.cell_length,
                bar=BARS[state], ground=GROUNDS[state], item=MINE,
            )  # fmt: skip
