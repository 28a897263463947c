"""Point: a line of the evidence is chosen."""

from collections.abc import Iterator

from textual.content import Content

from nexus_tui.course.model import Inline, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.code import highlight
from nexus_tui.ui.lines import Line
from nexus_tui.ui.questions.rows import MINE, TRUTH, State, sign, why
from nexus_tui.ui.questions.sheet import DIGITS, MOVE, Key, Sheet
from nexus_tui.ui.text import plain, words

GROUND = "on $surface"


class Point(Sheet):
    """The first evidence, line by line."""

    KEYS = (
        MOVE,
        Key(DIGITS, "Stand on a line", "1-9"),
        Key(("enter",), "Choose this line", "enter"),
    )
    chosen = ""

    @property
    def asks(self) -> str:
        """How to point."""
        return "Point at the line: its number or ↑ ↓, then enter; or click it."

    @property
    def items(self) -> tuple[str, ...]:
        """Every line of the evidence."""
        return tuple(f"L{n}" for n in range(1, len(self._rows()) + 1))

    def _rows(self) -> tuple[Content, ...]:
        shown = self.question.evidence[0]
        return highlight(shown.text.rstrip("\n"), shown.language)

    def press(self, key: str) -> bool:
        """Move, or choose."""
        if key == "enter":
            return bool(self.hand) and self.click(self.hand)
        self.chosen = ""
        if key in DIGITS:
            self.stand(f"L{key}")
        else:
            self.step(key)
        return False

    def click(self, item: str) -> bool:
        """Choose a line."""
        if item not in self.items:
            return False
        self.stand(item)
        self.chosen = item
        return True

    @property
    def lacks(self) -> str:
        """Nothing, once a line is chosen."""
        return "" if self.chosen else self.asks

    def response(self) -> Response:
        """The line chosen."""
        return Response((self.chosen,))

    def lines(self, width: int) -> list[Line]:
        """The evidence with the numbers of its lines."""
        made = list(self._title())
        for number, content in enumerate(self._rows(), 1):
            state: State = "chosen" if f"L{number}" == self.hand else ""
            made += self._row(number, content, width, state, f"L{number}")
        return made

    def _title(self) -> Iterator[Line]:
        if title := self.question.evidence[0].title:
            yield Line(plain(f"  {title}", "bold $muted"), "$primary", GROUND)

    def _row(
        self, number: int, content: Content, width: int, state: State, item: str
    ) -> Iterator[Line]:
        bars = {"": "$primary", "chosen": "$accent"}
        grounds = {"": GROUND, "chosen": "on $panel"}
        style = {"": "$muted", "chosen": "bold $accent"}.get(state, f"bold ${state}")
        lead = words(" ", sign(state, self.glyphs), (f"{number:>3}  ", style))
        room = max(width - lead.cell_length, 8)
        pieces = [content] if content.cell_length <= room else content.fold(room)
        for index, piece in enumerate(pieces):
            yield Line(
                (Content(" " * lead.cell_length) if index else lead) + piece,
                bars.get(state, f"${state}"),
                grounds.get(state, f"on ${state} 10%"),
                item,
            )

    def told(self, width: int, graded: Graded) -> list[Line]:
        """The evidence again; what there is to say stands under its line."""
        reasons = {option.id: option for option in self.question.options}
        made = list(self._title())
        for number, content in enumerate(self._rows(), 1):
            id = f"L{number}"
            mine = id in graded.response.chosen
            option = reasons.get(id)
            right = option is not None and option.right
            state: State = "right" if right else "wrong" if mine else ""
            text = (
                option.why
                if option
                else (self.question.elsewhere or Inline(""))
                if mine
                else Inline("")
            )
            word = "You chose this." if mine else "This is the line." if right else ""
            item = MINE if mine else TRUTH if right else id
            made += self._row(number, content, width, state, item)
            made += self._why(text, width, state, word, item)
        return made

    def _why(self, text: Inline, width: int, state: State, word: str, item: str) -> list[Line]:
        made = list(why(text, width, 7, state, word, item))
        if state:
            return made
        return [Line(line.content, "$primary", GROUND, line.item) for line in made]
