"""Order: lines are picked with the arrows and moved; Parsons lines also have a level."""

from collections.abc import Iterator

from textual.content import Content

from nexus_tui.course.model import Option, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.code import highlight
from nexus_tui.ui.lines import Line, on
from nexus_tui.ui.questions.rows import MINE, State, row, sign, why
from nexus_tui.ui.questions.sheet import MOVE, Key, Sheet
from nexus_tui.ui.text import inline, plain, words

UP = ("K", "shift+up", "ctrl+up")
DOWN = ("J", "shift+down", "ctrl+down")
DEEPEST = 8
INDENT = 5
ORDINALS = ("1st", "2nd", "3rd", *(f"{n}th" for n in range(4, 60)))


class Order(Sheet):
    """The lines as they stand, each with its level."""

    KEYS = (
        MOVE,
        Key((*UP, *DOWN), "Move the line", "K J shift+↑ ↓"),
        Key(("left", "right"), "Level", "← →"),
        Key(("enter",), "Hand in", "enter"),
    )

    def begin(self) -> None:
        """Start empty."""
        self.levels = dict.fromkeys(self.items, 0)
        self.parsons = any(option.indent for option in self.options)
        self.touched = False
        self.at = 0

    @property
    def asks(self) -> str:
        """What to do; levels only where there are some."""
        levels = ", ← → set its level" if self.parsons else ""
        return f"↑ ↓ choose a line, J K move it{levels}; enter hands in."

    def press(self, key: str) -> bool:
        """Choose a line, move it, change its level, or hand in."""
        if key == "enter":
            return not self.lacks
        if key in UP or key in DOWN:
            self._move(1 if key in DOWN else -1)
        elif key in ("left", "right"):
            self._level(1 if key == "right" else -1)
        else:
            self.step(key)
        return False

    def _move(self, by: int) -> None:
        to = self.at + by
        if 0 <= to < len(self.options):
            lines = list(self.options)
            lines[self.at], lines[to] = lines[to], lines[self.at]
            self.options, self.at, self.touched = tuple(lines), to, True

    def _level(self, by: int) -> None:
        if self.parsons and self.hand:
            self.levels[self.hand] = max(0, min(self.levels[self.hand] + by, DEEPEST))
            self.touched = True

    def click(self, item: str) -> bool:
        """Choose a line."""
        self.stand(item)
        return False

    @property
    def lacks(self) -> str:
        """Something was moved; as shown, they are never in order."""
        return "" if self.touched else "As they stand they are not in order. J and K move the line."

    def response(self) -> Response:
        """Ids and levels in order."""
        return Response(tuple(f"{id}:{self.levels[id]}" for id in self.items))

    def lines(self, width: int) -> list[Line]:
        """The lines, the one under the hand standing out."""
        made: list[Line] = []
        for at, option in enumerate(self.options):
            held = at == self.at
            mark = f" {'↕' if held else self.glyphs.dot} "
            lead = plain(mark, "$accent" if held else "$muted")
            lead += self._guides(self.levels[option.id])
            part = row(lead, self._text(option), width, "chosen" if held else "", option.id)
            made += part if held else on(part, bar="$rule", ground="on $surface")
        return made

    def _text(self, option: Option) -> Content:
        """Code in color; sentences as they are."""
        if not self.parsons:
            return inline(option.text)
        return Content("\n").join(highlight(option.text.text, "python"))

    def _guides(self, level: int) -> Content:
        return plain("│   " * level, "$rule")

    def told(self, width: int, graded: Graded) -> list[Line]:
        """The right order; where yours differs, where you had the line."""
        given = [_split(chosen) for chosen in graded.response.chosen]
        text = {option.id: option.text.text for option in self.options}
        made: list[Line] = []
        for at, option in enumerate(self.question.options):
            name, level = given[at] if at < len(given) else (option.id, str(option.indent))
            fits = (text.get(name), level) == (option.text.text, str(option.indent))
            made += self._told(option, width, "right" if fits else "wrong", _had(option, at, given))
        return made

    def _told(self, option: Option, width: int, state: State, had: str) -> Iterator[Line]:
        item = MINE if state == "wrong" else option.id
        lead = words(" ", sign(state, self.glyphs), " ") + self._guides(option.indent)
        yield from row(lead, self._text(option), width, state, item)
        word = had if state == "wrong" else ""
        yield from why(option.why, width, INDENT + 4 * option.indent, state, word, item)


def _split(chosen: str) -> tuple[str, str]:
    name, _, level = chosen.partition(":")
    return name, level


def _had(option: Option, at: int, given: list[tuple[str, str]]) -> str:
    """Where the learner had a line, in words; "" when nothing was handed in."""
    found = next((n for n, (id, _) in enumerate(given) if id == option.id), None)
    if found is None:
        return ""
    place = f"You had it {ORDINALS[min(found, 58)]}"
    if int(given[found][1] or 0) == option.indent:
        return f"{place}."
    level = f"at level {given[found][1]}."
    return f"You had it {level}" if found == at else f"{place}, {level}"
