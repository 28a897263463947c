"""Markdown to blocks. Never fails: what is not allowed is shown as text, and the linter says so."""

import re
from typing import TYPE_CHECKING, Any

from nexus_tui.course.inline import children, inline, of_tokens, parser
from nexus_tui.course.model import (
    Ask,
    Block,
    Callout,
    CalloutKind,
    Code,
    Diagram,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Section,
    Table,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["blocks", "inline", "sections", "slug", "split"]

_CALLOUTS: dict[str, CalloutKind] = {
    "misconception": "misconception",
    "note": "note",
    "careful": "careful",
    "across the wire": "wire",
}
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def blocks(text: str, first_line: int = 1, lesson: str = "") -> tuple[Block, ...]:
    """Return the blocks of ``text``.

    ``first_line`` is the line of the file where the text begins; ``lesson`` is the id that
    ``question`` fences are completed with.
    """
    env: dict[str, Any] = {}
    tokens = parser().parse(text, env)
    return _Walker(tokens, env, first_line, lesson).run()


def split(text: str) -> list[tuple[str, int, str]]:
    """Return ``(title, offset of the first line, text)`` of each ``##`` section.

    The first is the opening, titled "". Headings inside fences are text.
    """
    parts: list[tuple[str, int, list[str]]] = [("", 0, [])]
    fence = ""
    for number, row in enumerate(text.split("\n")):
        fence = _after(row, fence)
        if not fence and row.startswith("## "):
            parts.append((_plain_title(row[3:]), number + 1, []))
        else:
            parts[-1][2].append(row)
    return [(title, offset, "\n".join(rows)) for title, offset, rows in parts]


def sections(
    text: str, first_line: int = 1, lesson: str = "", title: str = ""
) -> tuple[Section, ...]:
    """Return the pages of a lesson: the opening, titled ``title``, then each ``##`` section."""
    found: list[Section] = []
    slugs: set[str] = set()
    for name, offset, body in split(text):
        heading = name or title
        content = blocks(body, first_line + offset, lesson)
        found.append(Section(heading, slug(heading, slugs), content))
    return tuple(found)


def slug(title: str, taken: set[str]) -> str:
    """Return a name for a section that is not in ``taken``, and add it there."""
    base = re.sub(r"[^\w]+", "-", title.lower()).strip("-") or "section"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _plain_title(row: str) -> str:
    return inline(row.rstrip().rstrip("#").rstrip()).text


def _after(row: str, fence: str) -> str:
    """Return the fence that is open after this line, "" for none."""
    found = _FENCE.match(row)
    if found is None:
        return fence
    mark = found.group(1)
    rest = row[found.end() :]
    if not fence:
        return "" if mark[0] == "`" and "`" in rest else mark
    closes = mark[0] == fence[0] and len(mark) >= len(fence) and not rest.strip()
    return "" if closes else fence


class _Walker:
    """Reads a token stream once. Recursion is as deep as the parser's nesting limit at most."""

    def __init__(self, tokens: "list[Token]", env: dict[str, Any], first: int, lesson: str) -> None:
        self.tokens = tokens
        self.env = env
        self.first = first
        self.lesson = lesson
        self.at = 0

    def run(self, closing: str = "") -> tuple[Block, ...]:
        """Return the blocks up to the token named ``closing``."""
        found: list[Block] = []
        while self.at < len(self.tokens):
            token = self._next()
            if token.type == closing:
                break
            block = self._block(token)
            if isinstance(block, Code) and block.language == "output" and _folds(found):
                found[-1] = _with_output(found[-1], block)
            elif block is not None:
                found.append(block)
        return tuple(found)

    def _next(self) -> "Token":
        token = self.tokens[self.at]
        self.at += 1
        return token

    def _block(self, token: "Token") -> Block | None:
        match token.type:
            case "inline":
                text = self._inline(token)
                return Paragraph(text) if text.text else None
            case "heading_open":
                text = self._inline(self._next())
                return Heading(int(token.tag[1]), text)
            case "fence":
                return self._fence(token)
            case "code_block":
                return Code("text", token.content.rstrip("\n"), line=self._line(token))
            case "hr":
                return Rule()
        return self._container(token)

    def _container(self, token: "Token") -> Block | None:
        match token.type:
            case "blockquote_open":
                return _callout(self.run("blockquote_close"))
            case "bullet_list_open" | "ordered_list_open":
                return self._listing(token)
            case "table_open":
                return self._table()
        return None

    def _line(self, token: "Token") -> int:
        return self.first + (token.map[0] if token.map else 0)

    def _inline(self, token: "Token") -> Inline:
        return of_tokens(children(token.content, self.env))

    def _fence(self, token: "Token") -> Block:
        language, _, rest = token.info.strip().partition(" ")
        if language == "question":
            return Ask(f"{self.lesson}#{rest.strip()}")
        source = token.content.removesuffix("\n")
        if language == "diagram":
            return Diagram(source)
        words = rest.split()
        on = next((word[3:] for word in words if word.startswith("on=")), "")
        return Code(language or "text", source, "run" in words, on, line=self._line(token))

    def _listing(self, token: "Token") -> Listing:
        closing = token.type.replace("_open", "_close")
        items = []
        while (inner := self._next()).type != closing:
            if inner.type == "list_item_open":
                items.append(self.run("list_item_close"))
        start = int(token.attrs.get("start", 1))
        return Listing(token.type.startswith("ordered"), start, tuple(items))

    def _table(self) -> Table:
        rows: list[list[Inline]] = []
        while (inner := self._next()).type != "table_close":
            if inner.type == "tr_open":
                rows.append([])
            elif inner.type == "inline":
                rows[-1].append(self._inline(inner))
        return Table(tuple(rows[0]), tuple(tuple(row) for row in rows[1:]))


def _folds(found: list[Block]) -> bool:
    """Tell whether the last block is a sample that may still get its output."""
    last = found[-1] if found else None
    return isinstance(last, Code) and last.run and last.output is None


def _with_output(sample: Block, output: Code) -> Code:
    assert isinstance(sample, Code)
    return Code(sample.language, sample.source, True, sample.on, output.source, sample.line)


def _callout(content: tuple[Block, ...]) -> Callout:
    """Return a quote with its kind, told by the bold words it begins with (they stay in it)."""
    first = content[0] if content else None
    kind: CalloutKind = "quote"
    if isinstance(first, Paragraph):
        for span in first.text.spans:
            if span.kind == "strong" and span.start == 0:
                word = first.text.text[: span.end].strip(" .:").lower()
                kind = _CALLOUTS.get(word, "quote")
    return Callout(kind, content)
