"""Differences on the screen: signs and words say what colour says."""

from collections.abc import Mapping, Sequence

from textual.content import Content

from nexus_tui.labs.difference import Row, rows, spread
from nexus_tui.ui import layout
from nexus_tui.ui.lines import BLANK, Line, wrap
from nexus_tui.ui.text import plain

SIGNS = {"same": "  ", "out": "- ", "in": "+ "}
THEN_NOW = {"out": "$wrong", "in": "$right"}
WANT_GOT = {"out": "$right", "in": "$wrong"}
SIDE = 44
"""Columns of the page from which two values stand side by side."""
TALL = 3
"""Lines of a value from which the lines that differ are shown instead of all."""


def difference(
    found: Sequence[Row], width: int, styles: Mapping[str, str] = THEN_NOW
) -> list[Line]:
    """Rows, each with its sign; long lines go on below."""
    return [line for row in found for line in _row(row, width, styles)]


def _row(row: Row, width: int, styles: Mapping[str, str]) -> list[Line]:
    if row.kind == "gap":
        count = plain(f"  … {row.text} lines the same", "$muted")
        return [Line(count, "$rule", layout.GROUND)]
    sign, style = SIGNS[row.kind], styles.get(row.kind, "")
    text = plain(row.text.rstrip("\n"), style)
    room = max(width - 4, 8)
    pieces = [text] if text.cell_length <= room else text.fold(room)
    lead, rest = plain(f"  {sign}", style), Content("    ")
    return [
        Line((rest if number else lead) + piece, "$rule", layout.GROUND)
        for number, piece in enumerate(pieces)
    ]


def by_file(
    found: Mapping[str, Sequence[Row]], width: int, out: str, in_: str, same: str
) -> list[Line]:
    """The difference of each file, under its name."""
    made = [Line(plain(f"- {out}", "$wrong") + plain("   ") + plain(f"+ {in_}", "$right"))]
    for name, changed in found.items():
        made += [BLANK, Line(plain(name, "bold") + plain("" if changed else f"  {same}", "$muted"))]
        made += difference(changed, width)
    return made


def compared(expected: str, got: str, width: int) -> list[Line]:
    """What was expected and what came: side by side, one under the other, or what differs."""
    want, have = spread(expected), spread(got)
    half = (width - 3) // 2
    if _fits(expected, half) and _fits(got, half) and width >= SIDE:
        return _beside(expected, got, half)
    found = rows(want, have) if min(len(want), len(have)) > TALL else []
    if found:
        head = plain("- expected", "$right") + plain("   ") + plain("+ got", "$wrong")
        return [Line(head), *difference(found, width, WANT_GOT)]
    return _under(expected, got, width)


def _fits(text: str, half: int) -> bool:
    return len(wrap(plain(text), half)) <= TALL


def _beside(expected: str, got: str, half: int) -> list[Line]:
    left = [plain("expected", "$muted"), *wrap(plain(expected), half)]
    right = [plain("got", "$muted"), *wrap(plain(got), half)]
    tall = max(len(left), len(right))
    left += [Content("")] * (tall - len(left))
    right += [Content("")] * (tall - len(right))
    gap = plain(" │ ", "$rule")
    return [
        Line(one.pad_right(max(half - one.cell_length, 0)) + gap + other)
        for one, other in zip(left, right, strict=True)
    ]


def _under(expected: str, got: str, width: int) -> list[Line]:
    made = []
    for name, value in (("expected", expected), ("got", got)):
        lead, rest = plain(f"{name:<10}", "$muted"), Content(" " * 10)
        pieces = wrap(plain(value), width - 10)
        made += [Line((rest if n else lead) + piece) for n, piece in enumerate(pieces)]
    return made
