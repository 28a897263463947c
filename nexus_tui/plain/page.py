"""What a page is printed with: paragraphs, code, titles; in color where the terminal has it."""

import os
import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, TextIO

from nexus_tui.course.model import Inline
from nexus_tui.plain.lines import as_it_is, safe, width

if TYPE_CHECKING:
    from nexus_tui.plain.ink import Ink

COLORLESS = ("dumb", "unknown", "")
"""Values of TERM that promise nothing."""
_WORD = re.compile(r"\S+")


def tell(piece: Inline | str, *, lead: str = "", rest: str | None = None, style: str = "") -> None:
    """Print text, wrapped. ``lead`` stands before its first line, ``rest`` before the others."""
    text, runs = _plain(piece)
    rest = " " * len(lead) if rest is None else rest
    at, before = 0, lead
    for line in text.split("\n"):
        for start, end in slices(line, width() - len(lead)):
            low, high = at + start, at + end
            put(before, text[low:high], [(a - low, b - low, name) for a, b, name in runs], style)
            before = rest
        at += len(line) + 1


def _plain(piece: Inline | str) -> tuple[str, list[tuple[int, int, str]]]:
    """Text and styles. Text that holds what a terminal could obey loses both."""
    inline = Inline(piece) if isinstance(piece, str) else _linked(piece)
    if safe(inline.text) != inline.text:
        return safe(inline.text), []
    return inline.text, [(span.start, span.end, span.kind) for span in inline.spans]


def _linked(inline: Inline) -> Inline:
    """Say where links lead: there is nothing to click."""
    from nexus_tui.course.inline import joined

    links = [span for span in inline.spans if span.kind == "link"]
    if not links:
        return inline
    others = tuple(span for span in inline.spans if span.kind != "link")
    parts, at = [], 0
    for span in links:
        parts.append(_part(inline.text, others, at, span.end))
        target = "" if span.target in inline.text else f" ({span.target})"
        parts.append(Inline(target))
        at = span.end
    return joined([*parts, _part(inline.text, others, at, len(inline.text))], "")


def _part(text: str, spans: tuple[object, ...], start: int, end: int) -> Inline:
    """A stretch of an inline, with the styles that lie in it."""
    from nexus_tui.course.model import Span

    kept = []
    for span in spans:
        assert isinstance(span, Span)
        low, high = max(span.start, start), min(span.end, end)
        if low < high:
            kept.append(Span(low - start, high - start, span.kind, span.target))
    return Inline(text[start:end], tuple(kept))


def slices(line: str, room: int) -> Iterator[tuple[int, int]]:
    """Where to break a line into pieces of at most ``room``; words are never broken."""
    start, end = 0, 0
    for found in _WORD.finditer(line):
        if end and found.end() - start > max(room, 20):
            yield start, end
            start = found.start()
        end = found.end()
    yield start, end


def put(
    lead: str, text: str, runs: list[tuple[int, int, str]] | None = None, style: str = ""
) -> None:
    """Print one line that is not to be broken. Runs that lie outside it are cut."""
    ink = _ink()
    if ink is None:
        as_it_is(f"{lead}{text}".rstrip())
        return
    inside = [(max(a, 0), min(b, len(text)), name) for a, b, name in runs or ()]
    ink.line(lead, text, [run for run in inside if run[0] < run[1]], style)


def code(source: str, language: str = "", *, lead: str = "    ", numbers: bool = False) -> None:
    """Print code line by line, as it is: it may be copied. ``numbers`` puts one before each."""
    rows = safe(source).rstrip("\n").split("\n")
    leads = [f"{number:>4}  " if numbers else lead for number in range(1, len(rows) + 1)]
    ink = _ink()
    if ink is not None:
        ink.code("\n".join(rows), language, leads)
        return
    for before, row in zip(leads, rows, strict=True):
        as_it_is(f"{before}{row}".rstrip())


def blank() -> None:
    """Print an empty line."""
    as_it_is("")


def interactive() -> bool:
    """Whether somebody sits before it: input and output are a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ink() -> "Ink | None":
    """Color for this terminal; None in a pipe and where it was asked to be left out."""
    dull = "NO_COLOR" in os.environ or os.environ.get("TERM", "") in COLORLESS
    if dull or not sys.stdout.isatty():
        return None
    return _made(sys.stdout)


@cache
def _made(stdout: TextIO) -> "Ink":
    from nexus_tui.plain.ink import Ink

    return Ink(stdout)
