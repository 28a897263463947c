"""The words looked for, where they stand: offsets into text, no markup."""

import re
from collections.abc import Collection
from itertools import islice

from nexus_tui.course.search.words import fold
from nexus_tui.course.value import value

Ranges = tuple[tuple[int, int], ...]
LENGTH = 150
"""Characters of a snippet."""
LEAST = 100
"""Characters of one at the end of a long text."""
FIRST = 60
"""Matches that are looked at: a single letter has thousands."""
LEAD = 40
"""Characters before the first word that is shown."""


@value
class Snippet:
    """A piece of a text on one line; ``ranges`` are the stretches (start, end) that matched."""

    text: str
    ranges: Ranges = ()


def pattern(needles: Collection[str]) -> re.Pattern[str] | None:
    """What to look for in folded text: each needle at the beginning of a word or of its part."""
    longest = sorted(set(needles), key=len, reverse=True)
    if not longest:
        return None
    return re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, longest)) + ")")


def matched(text: str, wanted: re.Pattern[str] | None) -> Ranges:
    """Where the words stand in ``text``, from its beginning, :data:`FIRST` times at most."""
    if wanted is None:
        return ()
    return tuple(found.span() for found in islice(wanted.finditer(fold(text)), FIRST))


def snippet(text: str, wanted: re.Pattern[str] | None, length: int = LENGTH) -> Snippet:
    """The piece of ``text`` that has most of the words, or its beginning."""
    line = re.sub(r"\s+", " ", text).strip()
    found = matched(line, wanted)
    start = max(_best(line, found, length) - LEAD, 0)
    start = min(start, max(len(line) - LEAST, 0))
    if start:
        start = line.find(" ", start, start + LEAD) + 1 or start
    end = start + length
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + length // 2)
    lead, tail = "… " if start else "", " …" if end < len(line) else ""
    shift = len(lead) - start
    inside = tuple((a + shift, b + shift) for a, b in found if a >= start and b <= end)
    return Snippet(f"{lead}{line[start:end]}{tail}", inside)


def _best(line: str, found: Ranges, length: int) -> int:
    """Where the stretch begins that has most different words."""
    best, most = found[0][0] if found else 0, 0
    said = [(start, end, line[start:end].casefold()) for start, end in found]
    every = len({word for _, _, word in said})
    for start, _, _ in said:
        inside = {word for a, b, word in said if start <= a and b <= start + length}
        if len(inside) > most:
            best, most = start, len(inside)
        if most == every:
            break
    return best
