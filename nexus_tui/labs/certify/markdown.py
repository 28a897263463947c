"""Small changes to Markdown: what a reader types, follows or copies, and never plain sentences.

Lines and words of code blocks, targets of links, rows and items that hold code, versions.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from nexus_tui.labs.certify.edit import Edit

FENCE = re.compile(r" *(`{3,}|~{3,})(.*)")
LINK = re.compile(r"\]\(([^)\s]+)(?:\s[^)]*)?\)|^ {0,3}\[[^\]]+\]:\s*(\S+)")
ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
ROW = re.compile(r"\s*\|.*\|\s*")
RULE = re.compile(r"[\s|:-]+")
ITEM = re.compile(r"\s*(?:[-*+]|\d+\.)\s")
SPAN = re.compile(r"`([^`]+)`")
VARIABLE = re.compile(r"`[A-Z][A-Z0-9]*_[A-Z0-9_]*`")
VERSION = re.compile(r"\d+(?:\.\d+)*\.(\d+)")
WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where it begins, its text without the line end, and the fence it is in, if any.

    The lines that open and close a fence are in none, and have ``mark``.
    """

    start: int
    text: str
    fence: int
    mark: bool

    @property
    def gone(self) -> Edit:
        """The text without this line."""
        return Edit(self.start, self.start + len(self.text) + 1, "")


def valid(text: str) -> bool:
    """Whether there is anything to read. All text is Markdown."""
    return bool(text.strip())


def edits(text: str) -> Iterator[Edit]:
    """All changes to a Markdown file."""
    lines = list(_lines(text))
    for line in lines:
        if line.fence:
            yield from _code(line)
        elif not line.mark:
            yield from _links(line)
            yield from _versions(line)
    yield from _lists(lines)
    for one, two in pairwise(lines):
        if one.fence and one.fence == two.fence and one.text != two.text:
            end = two.start + len(two.text)
            yield Edit(one.start, end, f"{two.text}\n{one.text}")


def _lines(text: str) -> Iterator[Line]:
    start, fence, mark = 0, 0, ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        found = FENCE.match(line)
        closes = bool(mark and found and found[1].startswith(mark) and not found[2].strip())
        opens = bool(found and not mark)
        if opens and found:
            fence, mark = number, found[1]
        edge = opens or closes
        yield Line(start, line.rstrip("\n"), 0 if edge or not mark else fence, edge)
        mark = "" if closes else mark
        start += len(line)


def _code(line: Line) -> Iterator[Edit]:
    """A line less, and each of its words another one."""
    if not line.text.strip():
        return
    yield line.gone
    for word in WORD.finditer(line.text):
        if any(letter.isalnum() for letter in word[0]):
            end = line.start + word.end()
            yield Edit(end, end, "x")


def _links(line: Line) -> Iterator[Edit]:
    """The last character of a target less; addresses on the web are left alone."""
    for found in LINK.finditer(SPAN.sub(lambda code: " " * len(code[0]), line.text)):
        group = 1 if found[1] else 2
        if not ELSEWHERE.match(found[group]):
            end = line.start + found.end(group)
            yield Edit(end - 1, end, "")


def _versions(line: Line) -> Iterator[Edit]:
    """The last number of a version one more."""
    for found in VERSION.finditer(LINK.sub(lambda link: " " * len(link[0]), line.text)):
        start, end = line.start + found.start(1), line.start + found.end(1)
        yield Edit(start, end, str(int(found[1]) + 1))


def _lists(lines: list[Line]) -> Iterator[Edit]:
    """Rows of tables and items of lists that name a variable: gone, or with other code in them.

    The first two lines of a table are its head.
    """
    for line in lines:
        row = ROW.fullmatch(line.text) and not RULE.fullmatch(line.text)
        if line.fence or not (row or ITEM.match(line.text)) or not VARIABLE.search(line.text):
            continue
        yield line.gone
        for code in SPAN.finditer(line.text):
            end = line.start + code.end(1)
            yield Edit(end, end, "x")
