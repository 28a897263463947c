"""The last weeks, a square a day."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from nexus_tui.ui.glyphs import UNICODE, Glyphs
from nexus_tui.ui.plots.heatmap import heat_rows
from nexus_tui.ui.plots.signs import signs
from nexus_tui.ui.text import words

if TYPE_CHECKING:
    from nexus_tui.learner.stats import DayCount, Totals


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
        drawn = signs(self._glyphs)
        days = heat_rows(self._answers, self._today, count, 2, drawn)
        return Content("\n").join([self._title(count, totals), *days])

    def _title(self, weeks: int, totals: "Totals") -> Content:
        minutes = round(totals.seconds / 60)
        spent = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"
        right = totals.right / totals.answers
        return words(
            (f"Last {weeks} weeks", "bold"),
            (f"  {_count(totals.answers)} · {right:.0%} right · {spent}", "$muted"),
        )


def _count(answers: int) -> str:
    return "1 answer" if answers == 1 else f"{answers:,} answers"
