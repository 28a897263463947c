"""Plots: the right signs in the right places, in signs and in ASCII, at any width."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from textual.content import Content

from nexus_tui.ui.glyphs import ASCII, UNICODE
from nexus_tui.ui.plots.bars import recall_bar
from nexus_tui.ui.plots.columns import Column, ceiling, columns
from nexus_tui.ui.plots.curve import Point, curve
from nexus_tui.ui.plots.heatmap import fitting, heat_rows, heatmap, legend
from nexus_tui.ui.plots.signs import PLAIN, SIGNS, Cell, put, runs, signs


def text(drawn: Sequence[Content]) -> list[str]:
    return [line.plain.rstrip() for line in drawn]


def test_signs_go_with_the_glyphs() -> None:
    assert signs(UNICODE) is SIGNS
    assert signs(ASCII) is PLAIN


def test_neighbors_that_look_the_same_are_one_piece() -> None:
    line = runs([("a", "bold"), ("b", "bold"), ("c", "")])
    assert line.plain == "abc"
    assert [(span.start, span.end) for span in line.spans] == [(0, 2)]


def test_text_is_put_only_where_there_is_room() -> None:
    row: list[Cell] = [(" ", "")] * 8
    assert put(row, 0, "abc")
    assert not put(row, 3, "d")  # too near
    assert put(row, 4, "efgh")
    assert not put(row, 6, "out")
    assert "".join(sign for sign, _ in row) == "abc efgh"


@pytest.mark.parametrize(
    ("now", "later", "bar"),
    [
        (0.0, 0.0, ".........."),
        (1.0, 0.5, "=====-----"),
        (0.6, 0.4, "====--...."),
        (0.01, 0.0, "-........."),
        (1.0, 1.0, "=========="),
    ],
)
def test_a_bar_says_what_stays_and_what_fades(now: float, later: float, bar: str) -> None:
    assert recall_bar(now, later, 10, PLAIN).plain == bar


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (1, 1), (7, 7), (10, 10), (11, 20), (26, 30), (101, 200)]
)
def test_an_axis_ends_with_a_round_number(value: float, end: float) -> None:
    assert ceiling(value) == end


def test_columns_in_eighths_with_axis_and_labels() -> None:
    shown = [Column(8, 8, "a"), Column(0, 0), Column(4, 4), Column(1, 1, "z")]
    assert text(columns(shown, 12, 2, SIGNS)) == [
        "8 ┤█",
        "  │█   █ ▂",
        "0 └┬─────┬─",
        "   a     z",
    ]


def test_the_other_part_stands_on_top() -> None:
    drawn = text(columns([Column(4, 2), Column(4, 4), Column(4, 0)], 9, 4, PLAIN))
    assert drawn[:4] == ["4 +/ # /", "  |/ # /", "  |# # /", "  |# # /"]


def test_a_little_is_seen_and_nothing_is_not() -> None:
    drawn = text(columns([Column(100, 100), Column(1, 1), Column(0, 0)], 12, 3, SIGNS))
    assert drawn[2].endswith("│█ ▁")


def test_where_columns_do_not_fit_the_newest_stay() -> None:
    drawn = text(columns([Column(n, n) for n in range(1, 31)], 12, 1, SIGNS))
    assert len(drawn[1]) <= 12
    assert drawn[0].endswith("█")
    assert "▁" not in drawn[0]


def test_columns_with_nothing_are_an_axis() -> None:
    assert text(columns([], 12, 1, PLAIN)) == ["1 +", "0 +", ""]


def test_a_curve_has_its_points_at_their_places() -> None:
    points = [Point(0.0, 0.0, "none"), Point(0.5, 1.0, "half")]
    drawn = text(curve(points, 26, 5, PLAIN))
    assert [line[:6] for line in drawn[:5]] == ["100% +", "     |", " 50% +", "     |", "  0% +"]
    assert drawn[0][16] == "o"
    assert drawn[4][6] == "o"
    assert "100%" in drawn[0][6:]
    assert "0%" in drawn[4][6:]
    assert drawn[6].split() == ["none", "half"]
    assert all(line.isascii() for line in drawn)


def test_a_curve_in_dots_runs_beside_its_guide() -> None:
    drawn = text(curve([Point(0.4, 0.9), Point(0.9, 0.4)], 40, 8, SIGNS))
    dots = {sign for line in drawn for sign in line if 0x2800 < ord(sign) < 0x2900}
    assert len(dots) > 4
    assert sum(line.count("●") for line in drawn) == 2
    assert any("90%" in line for line in drawn)
    assert any("40%" in line for line in drawn)


def test_one_point_and_a_narrow_place_are_no_trouble() -> None:
    assert any("●" in line for line in text(curve([Point(0.7, 1.0, "think")], 10, 4, SIGNS)))
    assert len(curve([], 30, 4, SIGNS)) == 6


def test_a_heatmap_is_weeks_by_weekdays() -> None:
    wednesday = date(2026, 3, 11)
    answers = {wednesday: 40, date(2026, 3, 9): 12, date(2026, 3, 2): 1}
    rows = [line.plain for line in heat_rows(answers, wednesday, 2, 2, PLAIN)]
    assert rows[0] == "Mon - + "
    assert rows[1] == "    . . "
    assert rows[2] == "Wed . # "
    assert rows[3] == "    .   "  # tomorrow is still to come


def test_months_stand_over_their_first_weeks() -> None:
    months = heatmap({}, date(2026, 3, 11), 12, 2, SIGNS)[0].plain
    assert months.split() == ["Jan", "Feb", "Mar"]
    monday = date(2026, 3, 9) - timedelta(weeks=11)
    for name, first in (("Feb", date(2026, 2, 2)), ("Mar", date(2026, 3, 2))):
        assert months.index(name) == 4 + 2 * ((first - monday).days // 7)


def test_a_year_fits_in_eighty_columns() -> None:
    assert fitting(120, 53) == (53, 2)
    assert fitting(76, 53) == (53, 1)
    assert fitting(40, 53) == (36, 1)


def test_the_signs_of_the_heatmap_are_told() -> None:
    assert legend(PLAIN).plain == ". no answers   - 1 or more   + 12 or more   # 30 or more"
