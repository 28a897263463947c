"""Today: what is worth doing now, the map of everything, the last weeks."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.cards import Card
from nexus_tui.ui.widgets.coursemap import CourseMap
from nexus_tui.ui.widgets.topbar import TopBar
from nexus_tui.ui.widgets.weeks import Weeks

if TYPE_CHECKING:
    from nexus_tui.tutor.next import Next
    from nexus_tui.tutor.today import LabCard, LessonCard, ReviewCard, View

NUMBERS = (
    "Nothing is waiting.",
    "One thing is worth doing now.",
    "Two things are worth doing now.",
    "Three things are worth doing now.",
)


class TodayScreen(NexusScreen):
    """Three cards, the map, the history."""

    PLACE = "today"
    BINDINGS = [
        Binding("n", "next", "Next"),
        Binding("c", "card('lesson')", "Continue", show=False),
        Binding("r", "card('review')", "Review"),
        Binding("l", "card('lab')", "Lab"),
        Binding("m", "map", "Map"),
        Binding("p", "app.paths", "Path"),
        Binding("s", "app.settings", "Settings"),
        Binding("d", "app.goal", "Day to be through by", show=False),
        Binding("right", "app.focus_next", show=False),
        Binding("left", "app.focus_previous", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._next: Next | None = None
        self._greeted = False

    def body(self) -> Iterable[Widget]:
        """Cards, map, weeks."""
        with VerticalScroll(id="today", can_focus=False):
            yield Static(id="greeting", markup=False)
            with Horizontal(id="cards"):
                yield Card("Continue", "enter", id="card-lesson")
                yield Card("Review", "r", id="card-review")
                yield Card("Lab", "l", id="card-lab", classes="-last")
            yield CourseMap(id="map")
            yield Weeks(id="weeks")

    def on_mount(self) -> None:
        """Stand on the first card."""
        self.query_one("#card-lesson").focus()

    def on_screen_resume(self) -> None:
        """Things may have changed elsewhere. The frame comes first, what it holds right after."""
        # By way of the program's own queue: at the start that is not read before it can paint.
        self.app.call_later(self.call_after_refresh, self._fill)

    def _fill(self) -> None:
        view = self.nexus.attempt(self.tutor.today.view)
        if view is not None:
            self.show(view)

    def show(self, view: "View") -> None:
        """Put the day up."""
        self.nexus.due_count, self.nexus.streak = view.review.count, view.streak
        self.query_one(TopBar).refresh()
        self._next = view.next
        self.query_one("#greeting", Static).update(self._head(view))
        self._lesson(view.lesson)
        self._review(view.review, view.totals.answers)
        self._lab(view.lab)
        self.query_one(CourseMap).show(view.groups, view.modules, view.recall, self.glyphs)
        self.query_one(Weeks).show(view.days, view.totals, self.tutor.today.date, self.glyphs)
        if self.focused is self.query_one("#card-lesson"):
            # The first card is in view; so shall be the lines above it.
            self.call_after_refresh(self.query_one("#today").scroll_home, animate=False)
        if view.fresh and self.app.screen is self and not self._greeted:
            self._greeted = True
            self.nexus.action_welcome()

    def _head(self, view: "View") -> Content:
        """What waits, the path; then the one thing to do now, each on a line."""
        from nexus_tui.tutor import planned

        width = max(self.query_one("#greeting").size.width or self.size.width - 6, 20)
        first = self._greeting(view)
        if view.route:
            told = planned.short(view.route)
            room = width - first.cell_length - 3
            if room >= 16:
                path = plain(told, "$muted").truncate(room, ellipsis=True)
                first = words(first, " " * (room + 3 - path.cell_length), path)
        now = view.next
        minutes = f" {now.minutes} min." if now.minutes else ""
        second = words(
            ("n ", "bold $accent"),
            plain(now.title, "bold"),
            (f" · {now.reason}{minutes}", "$muted"),
        )
        return Content("\n").join([part.truncate(width, ellipsis=True) for part in (first, second)])

    def _greeting(self, view: "View") -> Content:
        if not view.totals.answers and view.lesson and not view.lesson.read:
            told = "Welcome. enter begins, ? shows the keys, q leaves."
            return plain(told if self.size.width < 72 else f"{told} All is saved.")
        return plain(NUMBERS[view.worth])

    def _lesson(self, card: "LessonCard | None") -> None:
        shown = self.query_one("#card-lesson", Card)
        if card is None:
            shown.show(plain("Every lesson is read.", "bold"), plain("Reviews keep it.", "$muted"))
            return
        shown.border_title = "Continue" if card.read else "Begin"
        where = f"{card.module.title} · lesson {card.number}/{len(card.module.lessons)}"
        left = f"{card.minutes_left} min" + (" left" if card.read else "")
        shown.show(
            plain(where, "$muted"),
            plain(card.head.title, "bold"),
            plain(f"{left} · {card.reason}", "$muted"),
            Content(""),
            self._bar(card.read / max(len(card.head.sections), 1), shown.content_size.width or 20),
        )

    def _bar(self, share: float, width: int) -> Content:
        full = round(share * width)
        return words(
            (self.glyphs.bar * full, "$primary"), (self.glyphs.rest * (width - full), "$rule")
        )

    def _review(self, card: "ReviewCard", answers: int) -> None:
        shown = self.query_one("#card-review", Card)
        if not card.count:
            told = (
                "Questions you answer come back here." if not answers else "Nothing is due today."
            )
            shown.show(plain("All quiet", "bold"), plain(told, "$muted"))
            return
        noun = "question is" if card.count == 1 else "questions are"
        parts = [words(f"{title} ", (str(n), "bold"), "  ") for title, n in card.modules[:3]]
        shown.show(
            plain(f"{card.count} {noun} due", "bold"),
            plain(f"about {card.minutes} min · recall now {card.recall:.0%}", "$muted"),
            Content(""),
            Content("").join(parts),
        )

    def _lab(self, card: "LabCard | None") -> None:
        shown = self.query_one("#card-lab", Card)
        if card is None:
            shown.show(
                plain("Labs run your code", "bold"), plain("They open as you read.", "$muted")
            )
            return
        passed = sum(status == "pass" for status in card.checks)
        state = (
            f"{passed} of {len(card.checks)} checks pass"
            if card.checks
            else f"{card.head.minutes} min"
        )
        signs = [words(self.glyphs.status(status), " ") for status in card.checks]
        shown.show(
            plain(card.head.title, "bold"),
            plain(f"{card.module.title} · {state}", "$muted"),
            Content(""),
            Content("").join(signs),
        )

    def action_next(self) -> None:
        """Do what is recommended."""
        from nexus_tui.ui.going import follow

        if wanted := self._next or self.nexus.attempt(self.tutor.today.next):
            follow(self.nexus, wanted)

    def action_card(self, id: str) -> None:
        """A card's key."""
        self._do(id)

    def on_card_done(self, message: Card.Done) -> None:
        """A card was chosen."""
        self._do((message.card.id or "").removeprefix("card-"))

    def _do(self, id: str) -> None:
        if id == "review":
            self.nexus.go("review")
        elif id == "lab":
            card = self.tutor.today.lab()
            if card is None:
                self.nexus.go("labs")
            else:
                self.nexus.open_id(card.head.id)
        elif lesson := self.tutor.today.lesson():
            self.nexus.open_id(lesson.head.id)
        else:
            self.nexus.go("learn")

    def action_map(self) -> None:
        """Stand on the map."""
        self.query_one(CourseMap).focus()

    def on_course_map_test_out(self, message: CourseMap.TestOut) -> None:
        """Test out of a module."""
        self.nexus.action_test_out(message.module)

    def on_course_map_open(self, message: CourseMap.Open) -> None:
        """Open a module in Learn."""
        self.nexus.open_id(message.module)
