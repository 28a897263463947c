"""Inline Markdown to plain text with spans."""

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from nexus_tui.course.files import control_in
from nexus_tui.course.model import Inline, Span, SpanKind

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LONGEST = 6_000
"""Longest run of inline Markdown, in characters."""
MOST_SIGNS, MOST_BRACKETS = 400, 100
"""Most characters in it that may mean something. What exceeds a limit is kept as plain text: it
bounds the work that brackets inside brackets can cause."""

_OPEN: dict[str, SpanKind] = {
    "strong_open": "strong",
    "em_open": "em",
    "s_open": "strike",
    "link_open": "link",
}
_CLOSE = {name.replace("_open", "_close") for name in _OPEN}


@cache
def parser() -> "MarkdownIt":
    """Return the Markdown parser, which leaves inline text to :func:`children`."""
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    markdown.enable(["table", "strikethrough"])
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


def children(text: str, env: dict[str, Any] | None = None) -> "list[Token]":
    """Return the inline tokens of ``text``; one text token when it is too long to parse."""
    from markdown_it.token import Token

    if not parses(text):
        return [Token("text", "", 0, content=text)]
    tokens: list[Token] = []
    parser().inline.parse(text, parser(), {} if env is None else env, tokens)
    return tokens


def parses(text: str) -> bool:
    """Tell whether ``text`` is short and simple enough to be parsed."""
    if len(text) > LONGEST or text.count("[") > MOST_BRACKETS:
        return False
    return sum(map(text.count, "*_~`<&!")) <= MOST_SIGNS


def inline(text: str) -> Inline:
    """Return inline Markdown as text and spans; a blank line becomes a line break."""
    if _is_plain(text):
        return Inline(text.strip())
    return of_tokens(children(text.strip()))


def _is_plain(text: str) -> bool:
    """Tell whether no character of ``text`` could mean anything to Markdown."""
    return not any(sign in text for sign in "`*_~[]<&\\!\n")


def of_tokens(tokens: "Iterable[Token]") -> Inline:
    """Return the text and spans of inline tokens."""
    writer = _Writer()
    for token in tokens:
        writer.take(token)
    return writer.result()


class _Writer:
    """Builds the text, remembering where spans opened."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open: list[tuple[SpanKind, int, str]] = []
        self.spans: list[Span] = []
        self.breaks = 0

    def take(self, token: "Token") -> None:
        """Work in one token."""
        kind = token.type
        if kind == "softbreak":
            self.breaks += 1
            return
        self._break()
        if kind in _OPEN:
            self.open.append((_OPEN[kind], self.length, link_target(token)))
        elif kind in _CLOSE:
            self._close()
        elif kind == "code_inline":
            start = self.length
            self._add(token.content)
            self.spans.append(Span(start, self.length, "code"))
        elif kind == "text_special" and control_in(token.content):
            self._add("\ufffd")  # what &#x202e; stands for
        else:
            self._add("\n" if kind == "hardbreak" else token.content)

    def result(self) -> Inline:
        """Return what was written."""
        spans = sorted(self.spans, key=lambda span: (span.start, -span.end))
        return Inline("".join(self.parts), tuple(spans))

    def _break(self) -> None:
        if self.breaks:
            self._add("\n" if self.breaks > 1 else " ")
            self.breaks = 0

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def _close(self) -> None:
        kind, start, target = self.open.pop()
        if start < self.length and (kind != "link" or target):
            self.spans.append(Span(start, self.length, kind, target))


def link_target(token: "Token") -> str:
    """Return where a link token leads: an https address, an id, or "" for what is not allowed."""
    if token.type != "link_open":
        return ""
    href = str(token.attrs.get("href", ""))
    scheme, _, rest = href.partition(":")
    if scheme in ("lesson", "lab", "challenge"):
        return rest
    return href if scheme == "https" else ""


def joined(parts: Iterable[Inline], between: str) -> Inline:
    """Return inlines one after the other."""
    text, spans = "", []
    for number, part in enumerate(parts):
        text += between if number else ""
        spans += [
            Span(s.start + len(text), s.end + len(text), s.kind, s.target) for s in part.spans
        ]
        text += part.text
    return Inline(text, tuple(spans))


def literal(text: str) -> Inline:
    """Return text as code, nothing in it being markup."""
    return Inline(text, (Span(0, len(text), "code"),) if text else ())
