"""Text as Markdown in which nothing means more than it should."""

import re

from nexus_tui.course.model import Inline

_SPECIAL = re.compile(r"[\\`*\[\]<>|~]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])")
_LEADING = re.compile(r"^(\s*)(?:(\d+)([.)])|([#+-]))(?=\s|$)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_SIGNS = {"strong": "**", "em": "*", "strike": "~~"}


def plain(text: str) -> str:
    """Text in which no character means anything to Markdown, on one line."""
    flat = _SPECIAL.sub(lambda found: f"\\{found[0]}", " ".join(text.split()))
    return _LEADING.sub(_escaped, flat)


def _escaped(found: re.Match[str]) -> str:
    lead, digits, dot, sign = found.groups()
    return f"{lead}{digits}\\{dot}" if digits else f"{lead}\\{sign}"


def ticked(text: str) -> str:
    """Text whose backticks mean code, and nothing else in it anything."""
    parts = " ".join(text.split()).split("`")
    if len(parts) % 2 == 0:
        return plain(text)
    return "".join(f"`{part}`" if at % 2 else plain_part(part) for at, part in enumerate(parts))


def plain_part(text: str) -> str:
    """The same as :func:`plain` for a piece of a line: spaces at its ends stay."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def styled(inline: Inline) -> str:
    """Styled text as Markdown, on one line. Styles inside code are left out."""
    made, at = "", 0
    for span in inline.spans:
        if span.start < at or span.kind == "link":
            continue
        made += plain_part(inline.text[at : span.start])
        inside = inline.text[span.start : span.end]
        sign = _SIGNS.get(span.kind, "")
        made += f"{sign}{plain_part(inside)}{sign}" if sign else _code(inside)
        at = span.end
    made += plain_part(inline.text[at:])
    return _LEADING.sub(_escaped, " ".join(made.split()))


def _code(text: str) -> str:
    if "`" not in text:
        return f"`{text}`"
    fence = "`" * (max(map(len, re.findall("`+", text))) + 1)
    return f"{fence} {text} {fence}"


def own_words(title: str, text: str) -> str:
    """What the learner wrote, under its title: their headings below ours, empty parts left out."""
    made: list[str] = []
    fenced = False
    for line in text.strip().split("\n"):
        heading = None if fenced else _HEADING.match(line)
        if line.lstrip().startswith(("```", "~~~")):
            fenced = not fenced
        if heading is None:
            made.append(line.rstrip())
        elif heading[1].strip() != title:
            _drop_empty(made)
            made.append(f"#### {heading[1].strip()}")
    _drop_empty(made)
    if fenced:
        made.append("```")
    body = "\n".join(made).strip()
    if body == title:
        return f"### {plain(title)}"
    return f"### {plain(title)}\n\n{body}".rstrip()


def _drop_empty(lines: list[str]) -> None:
    """Take a heading away under which nothing was written."""
    while lines and not lines[-1]:
        lines.pop()
    if lines and lines[-1].startswith("#### "):
        lines.pop()
    elif lines:
        lines.append("")
