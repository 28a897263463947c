"""Columns over time, one for a day or a week, on an axis with numbers and dates."""

from collections.abc import Sequence

from textual.content import Content

from nexus_tui.course.value import value
from nexus_tui.ui.plots.signs import Cell, Signs, put, runs

EIGHTHS = 8


@value
class Column:
    """A height, and how much of it is the lower part; ``label`` stands under it."""

    value: float
    lower: float
    label: str = ""


def columns(
    shown: Sequence[Column],
    width: int,
    height: int,
    signs: Signs,
    *,
    style: str = "$primary",
    other: str = "$wrong",
) -> list[Content]:
    """``height`` rows of columns, and two for the axis and its labels.

    Columns are as far apart as ``width`` allows, up to three cells; what does not fit is left out
    from the left: the newest stay.
    """
    top = ceiling(max((one.value for one in shown), default=0))
    margin = len(f"{top:g}") + 1
    room = max(width - margin - 1, 1)
    shown = shown[-room:]
    pitch = max(min((room + 1) // max(len(shown), 1), 3), 1)
    made = []
    for row in range(height - 1, -1, -1):
        told, tick = (f"{top:g}", signs.tick_up) if row == height - 1 else ("", signs.up)
        cells = [(f"{told:>{margin - 1}} ", "$muted"), (tick, "$rule")]
        for one in shown:
            cells += _cell(one, row, height, top, signs, (style, other), pitch)
        made.append(runs(cells))
    return [*made, *_axis(shown, pitch, margin, signs)]


def _cell(
    one: Column,
    row: int,
    height: int,
    top: float,
    signs: Signs,
    styles: tuple[str, str],
    pitch: int,
) -> list[Cell]:
    """One row of one column and the gap after it."""
    scale = height * EIGHTHS / top
    level = max(round(one.value * scale), 1 if one.value else 0)
    fill = max(min(level - row * EIGHTHS, EIGHTHS), 0)
    wide, gap = max(pitch - 1, 1), pitch - max(pitch - 1, 1)
    whole = one.lower >= one.value
    if whole or not fill or row * EIGHTHS + fill / 2 < one.lower * scale:
        return [(signs.steps[fill] * wide + " " * gap, styles[0])]
    # There is no sign for a part of a shaded cell: it is there from half a cell.
    there = fill * 2 >= EIGHTHS or not row
    return [((signs.other if there else " ") * wide + " " * gap, styles[1])]


def _axis(shown: Sequence[Column], pitch: int, margin: int, signs: Signs) -> list[Content]:
    length = len(shown) * pitch
    labels: list[Cell] = [(" ", "")] * (margin + 1 + length + max(map(_label, shown), default=0))
    line = [signs.along] * length
    for n, one in enumerate(shown):
        if one.label and put(labels, margin + 1 + n * pitch, one.label):
            line[n * pitch] = signs.tick_along
    axis = runs([(f"{'0':>{margin - 1}} ", "$muted"), (signs.corner + "".join(line), "$rule")])
    return [axis, runs(labels).rstrip()]


def _label(one: Column) -> int:
    return len(one.label)


def ceiling(value: float) -> float:
    """The next number of one digit and zeros: what an axis ends with."""
    if value <= 0:
        return 1
    power = 1
    while power * 10 < value:
        power *= 10
    return next(step * power for step in range(1, 11) if step * power >= value)
