"""A curve on a grid from 0 to 100 %, beside the diagonal where it should run."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from textual.content import Content

from nexus_tui.course.value import value
from nexus_tui.ui.plots.signs import Cell, Signs, canvas, put, runs

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille sign, by row and column of its dots."""
MARGIN = 5
GUIDE = "$muted"
"""Style of the diagonal. What is written may cover it."""


@value
class Point:
    """Shares from 0 to 1: what was said, and what came; ``label`` stands under it."""

    x: float
    y: float
    label: str = ""


def curve(points: Sequence[Point], width: int, height: int, signs: Signs) -> list[Content]:
    """``height`` rows of plot and two of axis, ``width`` cells wide; points from left to right."""
    inner = max(width - MARGIN - 1, 8)
    cells = canvas(inner, height)
    _draw(cells, list(_diagonal(inner, height)), signs, GUIDE)
    for one, two in pairwise(points):
        _draw(cells, list(_line(one, two, inner, height)), signs, "$secondary")
    for point in points:
        _mark(cells, point, signs)
    ticks = {0: "100%", (height - 1) // 2: "50%", height - 1: "0%"}
    made = []
    for row, line in enumerate(cells):
        tick = signs.tick_up if row in ticks else signs.up
        made.append(
            runs([(f"{ticks.get(row, ''):>{MARGIN - 1}} ", "$muted"), (tick, "$rule"), *line])
        )
    return [*made, *_axis(points, inner, signs)]


def _axis(points: Sequence[Point], inner: int, signs: Signs) -> list[Content]:
    line, labels = [signs.along] * inner, canvas(MARGIN + 1 + inner, 1)[0]
    for point in sorted(points, key=lambda point: -point.x):
        at = _column(point.x, inner)
        line[at] = signs.tick_along
        start = min(MARGIN + 1 + at - len(point.label) // 2, len(labels) - len(point.label))
        put(labels, start, point.label)
    axis = [(" " * MARGIN, ""), (signs.corner + "".join(line), "$rule")]
    return [runs(axis), runs(labels).rstrip()]


def _column(share: float, width: int) -> int:
    return min(round(share * (width - 1)), width - 1)


def _mark(cells: list[list[Cell]], point: Point, signs: Signs) -> None:
    """The point, and its share beside it where there is room."""
    row = len(cells) - 1 - _column(point.y, len(cells))
    at = _column(point.x, len(cells[0]))
    cells[row][at] = (signs.point, "bold $accent")
    text = f"{point.y:.0%}"
    below, above = row + 1, row - 1
    left = at - len(text) + 1
    places = ((row, at + 2), (row, left - 2), (below, at - 1), (above, at - 1), (below, left))
    for y, x in (*places, (above, left)):
        if 0 <= y < len(cells) and _over(cells[y], x, text):
            return


def _over(row: list[Cell], at: int, text: str) -> bool:
    """Write where no line but the diagonal runs."""
    there = row[max(at, 0) : at + len(text)]
    if at < 0 or len(there) < len(text) or any(s not in ("", GUIDE) for _, s in there):
        return False
    row[at : at + len(text)] = [(sign, "bold") for sign in text]
    return True


Dot = tuple[int, int]


def _diagonal(width: int, height: int) -> Iterator[Dot]:
    """Every third dot of it, so that it reads as a guide and not as data."""
    for x in range(0, 2 * width, 3):
        yield x, 4 * height - 1 - round(x / (2 * width - 1) * (4 * height - 1))


def _line(one: Point, two: Point, width: int, height: int) -> Iterator[Dot]:
    across, down = 2 * width - 1, 4 * height - 1
    steps = max(round(abs(two.x - one.x) * across), round(abs(two.y - one.y) * down), 1)
    for n in range(steps + 1):
        x = one.x + (two.x - one.x) * n / steps
        y = one.y + (two.y - one.y) * n / steps
        yield round(x * across), down - round(y * down)


def _draw(cells: list[list[Cell]], dots: list[Dot], signs: Signs, style: str) -> None:
    """Dots, two by four in a cell; a line over what was there."""
    found: dict[Dot, int] = {}
    for x, y in dots:
        found[x // 2, y // 4] = found.get((x // 2, y // 4), 0) | DOTS[y % 4][x % 2]
    for (x, y), bits in found.items():
        cells[y][x] = (chr(0x2800 + bits) if signs.braille else ".", style)
