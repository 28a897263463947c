"""What a page of the course is made of: text, and the blocks it stands in."""

from typing import Literal, TypeAlias

from nexus_tui.course.value import value

SpanKind: TypeAlias = Literal["strong", "em", "code", "strike", "link"]
CalloutKind: TypeAlias = Literal["misconception", "note", "careful", "wire", "quote"]


@value
class Span:
    """A stretch of an :class:`Inline`, counted in characters."""

    start: int
    end: int
    kind: SpanKind
    target: str = ""
    """Where a link leads: an ``https:`` address or the id of a lesson or lab."""


@value
class Inline:
    """Plain text and the spans that style it. Never markup."""

    text: str
    spans: tuple[Span, ...] = ()


@value
class Paragraph:
    """Running text."""

    text: Inline


@value
class Heading:
    """A heading inside a section (``###`` and below)."""

    level: int
    text: Inline


@value
class Listing:
    """A list; each item is a run of blocks."""

    ordered: bool
    start: int
    items: tuple[tuple["Block", ...], ...]


@value
class Code:
    """A fence. ``run`` ones execute, on the setup named ``on``; ``output`` is what they print."""

    language: str
    source: str
    run: bool = False
    on: str = ""
    output: str | None = None
    line: int = 0
    """Line in the file where the fence opens, from 1."""


@value
class Callout:
    """A quote. One that begins **Misconception.** (and so on) carries its kind, words kept."""

    kind: CalloutKind
    blocks: tuple["Block", ...]


@value
class Table:
    """A table; every row has as many cells as the header."""

    header: tuple[Inline, ...]
    rows: tuple[tuple[Inline, ...], ...]


@value
class Diagram:
    """Characters kept as they stand."""

    text: str


@value
class Ask:
    """The place in a section where a question stands. Holds the question's full id."""

    question: str


@value
class Rule:
    """A thin line."""


Block: TypeAlias = Paragraph | Heading | Listing | Code | Callout | Table | Diagram | Ask | Rule
