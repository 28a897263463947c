"""Pick one: a number chooses it at once; so do enter and a click."""

from collections.abc import Iterator

from nexus_tui.course.model import Option, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.lines import Line
from nexus_tui.ui.questions.rows import MINE, TRUTH, State, row, sign, why
from nexus_tui.ui.questions.sheet import DIGITS, MOVE, Key, Sheet
from nexus_tui.ui.text import inline, words

INDENT = 5


class One(Sheet):
    """One option is chosen."""

    KEYS = (
        Key(DIGITS, "Choose", "1-9"),
        MOVE,
        Key(("enter",), "Choose this one", "enter"),
    )
    chosen = ""

    @property
    def asks(self) -> str:
        """How to choose."""
        return "Choose one: its number, or ↑ ↓ and enter."

    def press(self, key: str) -> bool:
        """A digit or enter chooses; anything else moves."""
        if key in DIGITS:
            return int(key) <= len(self.options) and self.click(self.options[int(key) - 1].id)
        if key == "enter":
            return bool(self.hand) and self.click(self.hand)
        self.step(key)
        self.chosen = ""
        return False

    def click(self, item: str) -> bool:
        """Choose it."""
        if item not in self.items:
            return False
        self.stand(item)
        self.chosen = item
        return True

    @property
    def lacks(self) -> str:
        """Nothing, once one is chosen."""
        return "" if self.chosen else self.asks

    def response(self) -> Response:
        """The option chosen."""
        return Response((self.chosen,))

    def lines(self, width: int) -> list[Line]:
        """Numbered options."""
        return [
            line
            for number, option in enumerate(self.options, 1)
            for line in self._row(
                number, option, width, "chosen" if option.id == self.chosen else ""
            )
        ]

    def _row(
        self, number: int, option: Option, width: int, state: State, item: str = ""
    ) -> Iterator[Line]:
        style = {"": "$primary", "chosen": "bold $accent"}.get(state, f"${state}")
        lead = words((f" {number} ", style), sign(state, self.glyphs), " ")
        yield from row(lead, inline(option.text), width, state, item or option.id)

    def told(self, width: int, graded: Graded) -> list[Line]:
        """Each option with its reason; the chosen and the right one marked."""
        made: list[Line] = []
        for number, option in enumerate(self.options, 1):
            mine = option.id in graded.response.chosen
            state: State = "right" if option.right else "wrong" if mine else ""
            item = MINE if mine else TRUTH if option.right else option.id
            made += self._row(number, option, width, state, item)
            made += why(option.why, width, INDENT, state, _word(option, mine), item)
        return made


def _word(option: Option, mine: bool) -> str:
    if mine:
        return "You chose this."
    return "This is the one." if option.right else ""
