"""A heatmap of days: a column for a week, a row for a weekday."""

from collections.abc import Mapping
from datetime import date, timedelta

from textual.content import Content

from nexus_tui.ui.plots.signs import Cell, Signs, canvas, put, runs
from nexus_tui.ui.text import words

DAYS = ("Mon", "", "Wed", "", "Fri", "", "")
BOUNDS = (1, 12, 30)
"""Answers from which a day is one step brighter."""
STYLES = ("$rule", "$right 45%", "$right 70%", "$right")
MARGIN = 4


def heatmap(
    answers: Mapping[date, int], today: date, count: int, pitch: int, signs: Signs
) -> list[Content]:
    """The last ``count`` weeks, ``pitch`` cells each, under the names of their months."""
    months = _months(_mondays(today, count), pitch)
    return [months, *heat_rows(answers, today, count, pitch, signs)]


def heat_rows(
    answers: Mapping[date, int], today: date, count: int, pitch: int, signs: Signs
) -> list[Content]:
    """The seven rows of days, the names of three of them before."""
    starts, made = _mondays(today, count), []
    for weekday in range(7):
        days = (start + timedelta(days=weekday) for start in starts)
        cells = [_cell(day, answers.get(day, 0), today, pitch, signs) for day in days]
        made.append(runs([(f"{DAYS[weekday]:<{MARGIN}}", "$muted"), *cells]))
    return made


def _mondays(today: date, count: int) -> list[date]:
    monday = today - timedelta(days=today.weekday())
    return [monday - timedelta(weeks=count - 1 - n) for n in range(count)]


def fitting(width: int, most: int) -> tuple[int, int]:
    """Weeks and their pitch for a width: two cells each, one where all of them fit only so."""
    room = max(width - MARGIN, 1)
    return (most, 2) if most * 2 <= room else (min(most, room), 1)


def legend(signs: Signs) -> Content:
    """What the signs mean."""
    bounds = ("no answers", *(f"{bound} or more" for bound in BOUNDS))
    pairs = zip(signs.heat, STYLES, bounds, strict=True)
    parts = [words((sign, style), (f" {told}   ", "$muted")) for sign, style, told in pairs]
    return Content("").join(parts).rstrip()


def _cell(day: date, answers: int, today: date, pitch: int, signs: Signs) -> Cell:
    """A day: fuller and brighter where more was answered; nothing for days to come."""
    if day > today:
        return " " * pitch, ""
    level = sum(answers >= bound for bound in BOUNDS)
    return f"{signs.heat[level]:<{pitch}}", STYLES[level]


def _months(starts: list[date], pitch: int) -> Content:
    row = canvas(MARGIN + len(starts) * pitch + 3, 1)[0]
    month = starts[0].month if starts[0].day > 7 else 0
    for n, start in enumerate(starts):
        if start.month != month:
            month = start.month
            put(row, MARGIN + n * pitch, f"{start:%b}")
    return runs(row).rstrip()
