"""The last weeks, a square a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from nexus_tui.ui.glyphs import UNICODE, Glyphs
from nexus_tui.ui.text import words

if TYPE_CHECKING:
    from nexus_tui.learner.stats import DayCount, Totals

DAYS = ("Mon", "", "Wed", "", "Fri", "", "")
STEPS = ((30, "$right"), (12, "$right 70%"), (1, "$right 45%"))


class Weeks(Widget):
    """A heatmap of answers by day: columns are weeks, the last one is this week."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._answers: dict[date, int] = {}
        self._today = date.min
        self._totals: Totals | None = None
        self._glyphs: Glyphs = UNICODE

    def show(
        self, days: "Sequence[DayCount]", totals: "Totals", today: date, glyphs: Glyphs
    ) -> None:
        """Put the days up."""
        self._answers = {day.day: day.answers for day in days}
        self._totals, self._today, self._glyphs = totals, today, glyphs
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A title and seven days; nothing before the first answer."""
        return 8 if self._totals and self._totals.answers else 0

    def render(self) -> Content:
        """The squares, brighter where more was answered."""
        totals = self._totals
        if not totals or not totals.answers:
            return Content("")
        count = max(min((self.size.width - 4) // 2, 24), 1)
        monday = self._today - timedelta(days=self._today.weekday())
        starts = [monday - timedelta(weeks=count - 1 - i) for i in range(count)]
        rows = [self._title(count, totals)]
        for weekday in range(7):
            cells = (self._cell(start + timedelta(days=weekday)) for start in starts)
            # Neighbours that look the same are one piece: a fifth of the work.
            runs = (
                ("".join(text for text, _ in run), style)
                for style, run in groupby(cells, itemgetter(1))
            )
            rows.append(words((f"{DAYS[weekday]:<4}", "$muted"), *runs))
        return Content("\n").join(rows)

    def _title(self, weeks: int, totals: "Totals") -> Content:
        minutes = round(totals.seconds / 60)
        spent = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
        right = totals.right / totals.answers
        return words(
            (f"Last {weeks} weeks", "bold"),
            (f"  {_count(totals.answers)} · {right:.0%} right · {spent}", "$muted"),
        )

    def _cell(self, day: date) -> tuple[str, str]:
        if day > self._today:
            return "  ", ""
        answers = self._answers.get(day, 0)
        style = next((style for bound, style in STEPS if answers >= bound), "$rule")
        return f"{self._glyphs.day if answers or self._glyphs is UNICODE else '.'} ", style


def _count(answers: int) -> str:
    return "1 answer" if answers == 1 else f"{answers:,} answers"
