"""An SQL text cut into tokens, and the few shapes in it that mutants are made of."""

import re
from dataclasses import dataclass

from nexus_tui.labs.certify.edit import Edit

TOKEN = re.compile(
    r"""(?P<blank>\s+|--[^\n]*|/\*.*?\*/)
      | (?P<string>'(?:[^']|'')*')
      | (?P<number>\d+(?:\.\d+)?)
      | (?P<word>\w+|"[^"]*"|\[[^\]]*\]|`[^`]*`)
      | (?P<sign><=|>=|<>|!=|==|\|\||.)""",
    re.VERBOSE | re.DOTALL,
)
ENDS = ("group", "order", "having", "limit", "union", "except", "intersect", "window", ";", ")")
"""Words that end a clause."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign or constant: where it stands, and its text in lower case."""

    start: int
    end: int
    kind: str
    low: str


class Script:
    """A text and its tokens."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = [
            Token(found.start(), found.end(), str(found.lastgroup), found[0].lower())
            for found in TOKEN.finditer(text)
            if found.lastgroup != "blank"
        ]

    def low(self, at: int) -> str:
        """A token's text in lower case; "" outside the script."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def put(self, first: int, last: int, new: str) -> Edit:
        """Replace the tokens from ``first`` to ``last``."""
        return Edit(self.tokens[first].start, self.tokens[last].end, new)

    def closing(self, at: int) -> int:
        """Index of the parenthesis that closes the one at ``at``."""
        depth = 0
        for index in range(at, len(self.tokens)):
            depth += {"(": 1, ")": -1}.get(self.low(index), 0)
            if depth == 0:
                return index
        return len(self.tokens) - 1

    def clause_end(self, at: int) -> int:
        """Index after the last token of the clause that begins at ``at``."""
        index = at + 1
        while index < len(self.tokens) and self.low(index) not in ENDS:
            index = (self.closing(index) if self.low(index) == "(" else index) + 1
        return index

    def elements(self, first: int, stop: int) -> list[tuple[int, int]]:
        """The comma-separated elements between two indexes, as first and last token."""
        found, begin, index = [], first, first
        while index < stop:
            if self.low(index) == ",":
                found.append((begin, index - 1))
                begin = index + 1
            index = (self.closing(index) if self.low(index) == "(" else index) + 1
        return [*found, (begin, stop - 1)] if stop > begin else found

    def slice(self, span: tuple[int, int]) -> str:
        """The text of some tokens."""
        return self.text[self.tokens[span[0]].start : self.tokens[span[1]].end]
