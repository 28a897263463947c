"""Pick many: space, a number or a click ticks; enter hands in."""

from nexus_tui.course.model import Option, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.lines import Line
from nexus_tui.ui.questions.rows import MINE, State, row, sign, why
from nexus_tui.ui.questions.sheet import DIGITS, MOVE, Key, Sheet
from nexus_tui.ui.text import inline, words

INDENT = 9


class Many(Sheet):
    """Any number of options is ticked."""

    KEYS = (
        Key((*DIGITS, "space"), "Tick", "1-9 space"),
        MOVE,
        Key(("enter",), "Hand in", "enter"),
    )

    def begin(self) -> None:
        """Start empty."""
        self.chosen: set[str] = set()

    @property
    def asks(self) -> str:
        """How to choose."""
        return "Choose all that are right: numbers, or ↑ ↓ and space. enter hands in."

    def press(self, key: str) -> bool:
        """Tick, move, or hand in."""
        if key == "enter":
            return not self.lacks
        if key == "space":
            return self.click(self.hand)
        if key in DIGITS:
            return self.click(self.items[int(key) - 1] if int(key) <= len(self.items) else "")
        self.step(key)
        return False

    def click(self, item: str) -> bool:
        """Tick it, or take the tick away."""
        if item in self.items:
            self.stand(item)
            self.chosen ^= {item}
        return False

    @property
    def lacks(self) -> str:
        """Nothing, once one is ticked."""
        return "" if self.chosen else "Tick at least one first; space ticks the row you stand on."

    def response(self) -> Response:
        """The ticked ones, in the order shown."""
        return Response(tuple(id for id in self.items if id in self.chosen))

    def lines(self, width: int) -> list[Line]:
        """Numbered options with a box each."""
        made: list[Line] = []
        for number, option in enumerate(self.options, 1):
            ticked = option.id in self.chosen
            style = "bold $accent" if ticked else "$muted"
            lead = words(
                (f" {number} ", style if ticked else "$primary"), (_box(ticked), style), "   "
            )
            made += row(lead, inline(option.text), width, "chosen" if ticked else "", option.id)
        return made

    def told(self, width: int, graded: Graded) -> list[Line]:
        """Each option with its reason: ticked or not, rightly or wrongly."""
        made: list[Line] = []
        for number, option in enumerate(self.options, 1):
            ticked = option.id in graded.response.chosen
            state: State = "right" if option.right else "wrong" if ticked else ""
            lead = words(
                (f" {number} {_box(ticked)} ", f"${state}" if state else "$muted"),
                sign(state, self.glyphs),
                " ",
            )
            item = MINE if ticked is not option.right else option.id
            made += row(lead, inline(option.text), width, state, item)
            word = _word(option, ticked, graded.response.unknown)
            made += why(option.why, width, INDENT, state, word, item)
        return made


def _box(ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"


def _word(option: Option, ticked: bool, unknown: bool) -> str:
    if ticked:
        return "You chose this."
    return "" if unknown or not option.right else "You left this out."
