"""Reads Markdown as far as checks need it: fences, headings with anchors, links, code in text.

A small subset of CommonMark, told apart line by line. Anchors follow GitHub: lower case, without
punctuation, spaces turned into hyphens, "-1" behind the second of the same name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FENCE = re.compile(r"^(?P<indent> *)(?P<mark>`{3,}|~{3,})\s*(?P<info>[^`]*)$")
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<text>.*?)(?:[ \t]+#+)?[ \t]*$")
UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
SPAN = re.compile(r"(?<!`)(`+)(?!`)(?P<text>.+?)(?<!`)\1(?!`)")
LINK = re.compile(
    r"!?\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\(\s*<?(?P<to>[^\s)>]*)>?(?:\s+[^)]*)?\)"
)
REFERENCE = re.compile(r"!?\[(?P<text>[^\[\]]+)\]\[(?P<label>[^\[\]]*)\]")
DEFINITION = re.compile(r"^ {0,3}\[(?P<label>[^\]]+)\]:\s*<?(?P<to>[^\s>]+)")
HTML_ANCHOR = re.compile(r"<\w+[^>]*\s(?:id|name)\s*=\s*[\"']([^\"']+)[\"']")
ELSEWHERE = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)


@dataclass(frozen=True)
class Fence:
    """A block of code: its language in lower case, its lines, and the line of the first, from 1.

    ``section`` counts the headings before it.
    """

    language: str
    lines: tuple[str, ...]
    line: int
    section: int


@dataclass(frozen=True)
class Link:
    """A link: where it goes, as written, and the line it stands in, from 1."""

    to: str
    line: int

    @property
    def inside(self) -> bool:
        """Whether it goes to a file or a heading of the project, not to the web."""
        return not ELSEWHERE.match(self.to)


class Markdown:
    """A text, cut into fences and other lines (``prose``: number from 1 and text)."""

    def __init__(self, text: str) -> None:
        self.fences: list[Fence] = []
        self.prose: list[tuple[int, str]] = []
        self.anchors: list[str] = []
        self._headings = 0
        self._cut(text.splitlines())
        self._label = {
            found["label"].lower(): found["to"]
            for _, line in self.prose
            if (found := DEFINITION.match(line))
        }

    def _cut(self, lines: list[str]) -> None:
        rest = iter(enumerate(lines, 1))
        before = ""
        for number, line in rest:
            if opened := FENCE.match(line):
                self.fences.append(self._fence(opened, number, rest))
                before = ""
                continue
            self._heading(line, before)
            self.prose.append((number, line))
            self.anchors += HTML_ANCHOR.findall(line)
            before = line

    def _fence(self, opened: re.Match[str], number: int, rest: Iterator[tuple[int, str]]) -> Fence:
        """The fence that is open; without an end it reaches to the end of the text."""
        mark, indent = opened["mark"], len(opened["indent"])
        inside = []
        for _, line in rest:
            end = line.strip()
            if len(end) >= len(mark) and not end.strip(mark[0]):
                break
            inside.append(line[min(indent, len(line) - len(line.lstrip())) :])
        words = opened["info"].split()
        language = words[0].lower() if words else ""
        return Fence(language, tuple(inside), number + 1, self._headings)

    def _heading(self, line: str, before: str) -> None:
        found = HEADING.match(line)
        underlined = UNDERLINE.match(line) and before.strip() and "|" not in before
        if found or underlined:
            self._headings += 1
            self.anchors.append(self._unique(slug(found["text"] if found else before)))

    def _unique(self, name: str) -> str:
        taken, number = name, 0
        while taken in self.anchors:
            number += 1
            taken = f"{name}-{number}"
        return taken

    def links(self) -> Iterator[Link]:
        """All links outside of code. One whose label is not defined goes to ``[label]``."""
        for number, line in self.prose:
            plain = SPAN.sub(lambda found: " " * len(found[0]), line)
            for found in LINK.finditer(plain):
                yield Link(found["to"], number)
            for found in REFERENCE.finditer(LINK.sub("", plain)):
                label = (found["label"] or found["text"]).lower()
                yield Link(self._label.get(label, f"[{label}]"), number)

    def spans(self) -> Iterator[tuple[int, str]]:
        """Code in the text, with its line: what stands between backticks."""
        for number, line in self.prose:
            for found in SPAN.finditer(line):
                yield number, found["text"].strip()


def slug(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    text = LINK.sub(lambda found: found["text"], heading.strip()).replace("`", "")
    kept = (letter for letter in text.lower() if letter.isalnum() or letter in "-_ ")
    return "".join(kept).replace(" ", "-")


def trouble(link: Link, page: Path, root: Path) -> str:
    """What is wrong with a link of a page of the project ``root``; "" when it leads somewhere."""
    path, _, anchor = link.to.partition("#")
    path = path.partition("?")[0]
    target = page
    if path:
        target = root / path.lstrip("/") if path.startswith("/") else page.parent / path
    if not link.to or link.to.startswith("["):
        return "it has no target"
    if not target.resolve().is_relative_to(root.resolve()) or not _exists(target):
        return f"there is no {path}"
    if anchor and target.suffix == ".md":
        known = Markdown(target.read_text("utf-8")).anchors
        if anchor not in known:
            return f"{target.name} has no heading for #{anchor}: {_few(known)}"
    return ""


def _exists(path: Path) -> bool:
    """Whether it is there by exactly this name, also where the system does not mind the case."""
    return path.exists() and path.resolve().name in [
        each.name for each in path.resolve().parent.iterdir()
    ]


def _few(names: list[str]) -> str:
    shown = ", ".join(f"#{name}" for name in names[:4])
    return f"it has {shown}" if shown else "it has none"
