"""The only way by which text from content, learner or child process reaches the screen.

Data is never markup: everything here builds :class:`~textual.content.Content` from plain strings
and explicit spans, after taking out what could move the cursor or reorder the line.
"""

import re
from typing import TYPE_CHECKING

from rich.text import Text
from textual.content import Content, Span

if TYPE_CHECKING:
    from nexus_tui.course.model import Inline

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_BIDI = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")

STYLES = {
    "strong": "bold",
    "em": "italic",
    "code": "$accent on $panel 60%",
    "strike": "strike",
    "link": "underline $primary",
}


def clean(text: str, *, tab: int = 4) -> str:
    """``text`` without terminal sequences, control characters and direction overrides.

    Length is kept wherever nothing was dangerous, so that spans still fit.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _ESCAPE.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    return _BIDI.sub("\N{REPLACEMENT CHARACTER}", text).expandtabs(tab)


def plain(text: str, style: str = "") -> Content:
    """Text as it is, in one style."""
    return Content.styled(clean(text), style) if style else Content(clean(text))


def inline(text: "Inline", style: str = "") -> Content:
    """Styled text of the course; spans that no longer fit after cleaning are dropped."""
    shown = clean(text.text)
    if len(shown) != len(text.text):
        return Content.styled(shown, style) if style else Content(shown)
    spans = [Span(span.start, span.end, STYLES[span.kind]) for span in text.spans]
    if style:
        spans.insert(0, Span(0, len(shown), style))
    return Content(shown, spans)


def ticked(text: str, style: str = "") -> Content:
    """A one-line text of the course in which `ticks` mark code, and nothing else is marked."""
    pieces = clean(text).split("`")
    if len(pieces) % 2 == 0:
        return plain(text, style)
    return Content("").join(
        Content.styled(piece, STYLES["code"] if number % 2 else style)
        for number, piece in enumerate(pieces)
        if piece
    )


def words(*parts: "str | tuple[str, str] | Content") -> Content:
    """Several pieces in one line; a pair is (text, style)."""
    made = [
        part if isinstance(part, Content) else plain(*((part,) if isinstance(part, str) else part))
        for part in parts
    ]
    return Content("").join(made)


def label(text: str, style: str = "") -> Text:
    """For trees and tables, which take Rich's text as it is and parse everything else."""
    return Text(clean(text), style=style, no_wrap=True, overflow="ellipsis", end="")
