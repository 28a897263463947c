"""What every shape of question has in common: a hand on the page, keys, and a response."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from nexus_tui.course.model import Option, Question, Response
from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import Line


@dataclass(frozen=True, slots=True)
class Key:
    """Keys that do one kind of thing on a sheet."""

    keys: tuple[str, ...]
    """Names as the program receives them, such as ``shift+up``."""
    says: str
    display: str
    """How the keys are written for a person, such as ``↑ ↓``."""


DIGITS = tuple("123456789")
MOVE = Key(("up", "down", "k", "j"), "Move", "↑ ↓")


class Sheet:
    """One question being answered. Holds what was chosen so far; knows no screen.

    A subclass names its ``KEYS``, acts on them in :meth:`press`, draws itself before and after
    it is judged, and makes a :class:`Response` of what it holds.
    """

    KEYS: ClassVar[tuple[Key, ...]] = ()
    typed: ClassVar[bool] = False
    """The answer is typed."""

    def __init__(self, question: Question, options: Sequence[Option], glyphs: Glyphs) -> None:
        self.question = question
        self.options = tuple(options)
        self.glyphs = glyphs
        self.at = -1
        """Row under the hand, -1 before it is put anywhere."""
        self.begin()

    def begin(self) -> None:
        """Start empty."""

    @property
    def asks(self) -> str:
        """What to do, in words."""
        raise NotImplementedError

    @property
    def items(self) -> tuple[str, ...]:
        """The rows one can stand on."""
        return tuple(option.id for option in self.options)

    @property
    def hand(self) -> str:
        """The row under the hand, or ""."""
        return self.items[self.at] if 0 <= self.at < len(self.items) else ""

    def step(self, key: str) -> None:
        """Move the hand a row; it stops at the ends."""
        by = 1 if key in ("down", "j") else -1
        last = len(self.items) - 1
        self.at = (0 if by > 0 else last) if self.at < 0 else max(0, min(self.at + by, last))

    def stand(self, item: str) -> None:
        """Put the hand on a row."""
        if item in self.items:
            self.at = self.items.index(item)

    def press(self, key: str) -> bool:
        """Do what a key does. True hands the answer in."""
        raise NotImplementedError

    def click(self, item: str) -> bool:
        """A row was clicked. True hands the answer in."""
        raise NotImplementedError

    @property
    def lacks(self) -> str:
        """What keeps the answer from being handed in, in words; "" when nothing does."""
        return ""

    def response(self) -> Response:
        """What is on the sheet, when it lacks nothing."""
        raise NotImplementedError

    def lines(self, width: int) -> list[Line]:
        """The sheet before it is judged."""
        raise NotImplementedError

    def told(self, width: int, graded: Graded) -> list[Line]:
        """The sheet after it is judged. Items say which rows must be in view."""
        raise NotImplementedError
