"""Two texts line by line, and long values cut into lines that can be compared."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

AROUND = 2
"""Lines shown before and after what differs."""
MOST = 4000
"""Lines beyond which two texts are not compared."""
LONGEST = 20_000
"""Characters of a value that is cut into lines."""
OPEN, CLOSE = ("(", "[", "{"), (")", "]", "}")
_PIECE = re.compile(r"""'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^'"(\[{)\]},]+|.""")
"""A quoted text, a stretch of anything, or one sign that opens, closes or parts."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a difference: in both texts, in the first only, in the second only, or a gap."""

    kind: Literal["same", "out", "in", "gap"]
    text: str = ""
    """The line; of a gap, how many lines are left out."""
    before: int = 0
    """Its number in the first text, from 1; 0 when it is not in it."""
    after: int = 0


def rows(before: Sequence[str], after: Sequence[str], around: int | None = AROUND) -> list[Row]:
    """The lines of both in one list; ``around`` None leaves nothing out. Empty when equal."""
    if list(before) == list(after):
        return []
    if len(before) + len(after) > MOST:
        return [
            *(Row("out", line, number) for number, line in enumerate(before, 1)),
            *(Row("in", line, 0, number) for number, line in enumerate(after, 1)),
        ]
    made: list[Row] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made += [Row("same", before[a + n], a + n + 1, c + n + 1) for n in range(b - a)]
        else:
            made += [Row("out", before[n], n + 1) for n in range(a, b)]
            made += [Row("in", after[n], 0, n + 1) for n in range(c, d)]
    return made if around is None else _cut(made, around)


def _cut(made: list[Row], around: int) -> list[Row]:
    """Only what is near a difference; a gap of one line would not be shorter than the line."""
    near = {
        at
        for number, row in enumerate(made)
        if row.kind != "same"
        for at in range(number - around, number + around + 1)
    }
    kept: list[Row] = []
    left: list[Row] = []
    for number, row in enumerate(made):
        if number not in near:
            left.append(row)
            continue
        kept += _gap(left)
        left = []
        kept.append(row)
    return kept + _gap(left)


def _gap(left: list[Row]) -> list[Row]:
    return left if len(left) < 2 else [Row("gap", str(len(left)))]


def between(before: str, after: str, around: int | None = AROUND) -> list[Row]:
    """The difference of two texts."""
    return rows(before.splitlines(), after.splitlines(), around)


def spread(text: str) -> list[str]:
    """A value as lines: as it is when it has several, else one line for each of its items."""
    lines = text.splitlines() or [""]
    if len(lines) > 1 or len(text) > LONGEST:
        return lines
    made, depth = [""], 0
    for piece in _PIECE.findall(lines[0]):
        if piece in CLOSE and depth:
            depth -= 1
            made += [""] * (not depth)
        made[-1] += piece if made[-1].strip() else piece.lstrip()
        if piece in OPEN:
            depth += 1
        if depth == 1 and piece in (",", *OPEN):
            made.append("  ")
    return [line for line in made if line.strip()] or [""]
