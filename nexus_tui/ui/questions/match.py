"""Match: each row on the left gets a right side, by its number or with the arrows."""

from collections.abc import Iterator

from textual.content import Content

from nexus_tui.course.model import Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.lines import BLANK, EMPTY, Line, flow, wrap
from nexus_tui.ui.questions.rows import BARS, GROUNDS, MINE, State, sign, why
from nexus_tui.ui.questions.sheet import DIGITS, MOVE, Key, Sheet
from nexus_tui.ui.text import inline, plain, words


class Match(Sheet):
    """What each left row was given so far."""

    KEYS = (
        MOVE,
        Key(DIGITS, "Match with", "1-9"),
        Key(("left", "right"), "Other match", "← →"),
        Key(("enter",), "Hand in", "enter"),
    )

    def begin(self) -> None:
        """Start empty."""
        self.given: dict[str, str] = {}
        """Left id -> right side's text."""
        # By the alphabet: an order of its own, that says nothing.
        self.rights = sorted({option.pair for option in self.options}, key=str.casefold)
        self.at = 0

    @property
    def asks(self) -> str:
        """How to match."""
        return "↑ ↓ choose a row, a number or ← → gives it its match; enter hands in."

    def press(self, key: str) -> bool:
        """Give, move, or hand in."""
        if key == "enter":
            if self.lacks:
                self._to_next()
            return not self.lacks
        if key in DIGITS:
            if int(key) <= len(self.rights):
                self._give(self.rights[int(key) - 1])
                self._to_next()
        elif key in ("left", "right"):
            self._turn(1 if key == "right" else -1)
        else:
            self.step(key)
        return False

    def _give(self, right: str) -> None:
        # Where each right side belongs once, giving it takes it from the row that had it.
        if len(self.rights) == len(self.options):
            self.given = {id: text for id, text in self.given.items() if text != right}
        self.given[self.hand] = right

    def _turn(self, by: int) -> None:
        now = self.given.get(self.hand)
        at = self.rights.index(now) + by if now else (0 if by > 0 else -1)
        self._give(self.rights[at % len(self.rights)])

    def _to_next(self) -> None:
        """Stand on the next row without a match, if there is one."""
        ring = [*self.items[self.at + 1 :], *self.items[: self.at]]
        self.stand(next((id for id in ring if id not in self.given), self.hand))

    def click(self, item: str) -> bool:
        """A row is stood on; a right side is given."""
        if item.startswith("right:"):
            return self.press(item.removeprefix("right:"))
        self.stand(item)
        return False

    @property
    def lacks(self) -> str:
        """Rows without a match."""
        left = sum(id not in self.given for id in self.items)
        rows = "row has" if left == 1 else "rows have"
        return f"{left} {rows} no match yet." if left else ""

    def response(self) -> Response:
        """Pairs of ids."""
        owner = {option.pair: option.id for option in reversed(self.options)}
        return Response(tuple(f"{id}={owner[self.given[id]]}" for id in self.items))

    def lines(self, width: int) -> list[Line]:
        """Left rows with what they were given, then the right sides."""
        made: list[Line] = []
        column = self._column(width)
        for option in self.options:
            held: State = "chosen" if option.id == self.hand else ""
            shown = self._given(option.id)
            made += self._pair(inline(option.text), shown, column, width, held, option.id)
        made.append(BLANK)
        for number, right in enumerate(self.rights, 1):
            used = right in self.given.values()
            lead = plain(f" {number}  ", "$muted" if used else "$primary")
            text = plain(right, "$muted" if used else "")
            made += flow(text, width, first=lead, rest="    ", item=f"right:{number}")
        return made

    def _given(self, id: str) -> Content:
        right = self.given.get(id, "")
        if not right:
            return plain("…", "$muted")
        return words((f"{self.rights.index(right) + 1}  ", "bold $accent"), right)

    def _column(self, width: int) -> int:
        """Cells of the left column: what the longest needs, at most half."""
        longest = max(inline(option.text).cell_length for option in self.options)
        return min(longest, max((width - 8) // 2, 8))

    def _pair(
        self, left: Content, right: Content, column: int, width: int, state: State, item: str
    ) -> Iterator[Line]:
        lead = words(" ", sign(state, self.glyphs), " ")
        lefts = wrap(left, column)
        rights = wrap(right, max(width - column - 7, 8))
        for index in range(max(len(lefts), len(rights))):
            one = lefts[index] if index < len(lefts) else Content("")
            two = rights[index] if index < len(rights) else Content("")
            pad = Content(" " * max(column - one.cell_length, 0))
            arrow = plain(" → ", "$muted") if not index else Content("   ")
            yield Line(
                (Content("   ") if index else lead) + one + pad + arrow + two,
                BARS[state], GROUNDS[state], item,
            )  # fmt: skip

    def told(self, width: int, graded: Graded) -> list[Line]:
        """Each row with what it was given, and with its own match where that was another."""
        given = dict(chosen.partition("=")[::2] for chosen in graded.response.chosen)
        pairs = {option.id: option.pair for option in self.options}
        column = self._column(width)
        made: list[Line] = []
        for option in self.options:
            mine = pairs.get(given.get(option.id, ""), option.pair)
            state: State = "right" if mine == option.pair else "wrong"
            item = MINE if state == "wrong" else option.id
            shown = plain(mine, f"${state}")
            made += self._pair(inline(option.text), shown, column, width, state, item)
            if state == "wrong":
                want = plain(option.pair, "$right")
                made += self._pair(EMPTY, want, column, width, "right", item)
            made += why(option.why, width, 3, state, "", item)
        return made
