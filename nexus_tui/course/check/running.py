"""Running text: what the reader cannot show, or what a forge would hide."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from nexus_tui.course.inline import children, link_target, parses
from nexus_tui.course.problems import Problems

if TYPE_CHECKING:
    from markdown_it.token import Token

_RULES = (
    (re.compile(r"<(?=[A-Za-z/!?])"), "raw-html", "An angle bracket stands outside code",
     "Put it in backticks, or write \\<."),
    (re.compile(r"\[\^[^\]\s]+\]"), "footnote", "Footnotes are not shown", "Say it in the text."),
    (re.compile(r"^\[[ xX]\](?=\s|$)"), "task-list", "Task lists are not shown", "Use a list."),
    (re.compile(r"^\[!\w+\]"), "alert", "This call-out is not known",
     "Begin the quote with **Note.** **Careful.** **Misconception.** or **Across the wire.**"),
)  # fmt: skip
_FOOTNOTE_LINK = re.compile(r"\^\w+")


def check_inline(token: "Token", env: dict[str, Any], first_line: int, problems: Problems) -> None:
    """Note what is not allowed in the running text of ``token``."""
    line = first_line + (token.map[0] if token.map else 0)
    if not parses(token.content):
        message = "The paragraph is too long, or has too many * _ [ `, to be shown with marks"
        problems.add(line, message, "Split it.", code="long-paragraph")
        return
    for offset, text in _texts(children(token.content, env)):
        for pattern, code, message, hint in _RULES:
            if pattern.search(text):
                problems.add(line + offset, message, hint, code=code)
    _links(children(token.content, env), line, problems)


def _texts(tokens: "list[Token]") -> Iterator[tuple[int, str]]:
    """Yield each stretch of plain text with its line, counted from 0. Escapes end a stretch."""
    offset, text = 0, ""
    for token in tokens:
        if token.type == "text":
            text += token.content
        else:
            yield offset, text
            # A stretch that goes on after code is no beginning of a paragraph.
            text = "" if token.type.endswith("break") else " "
            offset += token.type.endswith("break")
    yield offset, text


def _links(tokens: "list[Token]", line: int, problems: Problems) -> None:
    for token in tokens:
        line += token.type.endswith("break")
        if token.type == "image":
            problems.add(line, "Images are not shown", "Use a diagram fence.", code="image")
        elif token.type == "link_open" and not link_target(token):
            href = token.attrs.get("href", "")
            hint = "Use https: or lesson:module/name; put an example in backticks."
            problems.add(line, f"A link leads to {href or 'nowhere'}", hint, code="link")
