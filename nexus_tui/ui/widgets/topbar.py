"""The first line: where one is, where one can go, what waits."""

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from nexus_tui.ui.places import PLACES
from nexus_tui.ui.text import plain, words


class TopBar(Widget):
    """The places, the one we are in underlined; click one to go there."""

    DEFAULT_CSS = "TopBar { height: 1; width: 1fr; background: $background; margin-bottom: 1; }"

    class Go(Message):
        """A place was clicked."""

        def __init__(self, place: str) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: str) -> None:
        super().__init__()
        self._place = place
        self._spans: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """Brand, places, and the streak where there is room."""
        app = self.app
        due, streak = getattr(app, "due_count", 0), getattr(app, "streak", 0)
        wide = self.size.width >= 100
        gap = 4 if wide else 2 if self.size.width >= 74 else 1
        brand = f" {app.glyphs.brand} " + ("nexus" if self.size.width >= 70 else "")  # type: ignore[attr-defined]
        parts = [plain(brand, "bold $accent"), plain(" " * (gap + (3 if wide else 0)))]
        x = sum(part.cell_length for part in parts)
        self._spans = []
        for place in PLACES:
            here = place.id == self._place
            made = plain(place.title, "bold underline $foreground" if here else "$muted")
            if place.id == "review" and due:
                made = words(made, (f" {due}", "$accent"))
            self._spans.append((x, x + made.cell_length, place.id))
            parts += [made, Content(" " * gap)]
            x += made.cell_length + gap
        line = Content("").join(parts)
        if streak and wide:
            right = words((str(streak), "$accent"), ("-day streak ", "$muted"))
            room = self.size.width - line.cell_length - right.cell_length
            if room > 0:
                line = words(line, " " * room, right)
        return line

    def on_click(self, event: events.Click) -> None:
        """Go to the place under the mouse."""
        for start, end, place in self._spans:
            if start <= event.x < end:
                self.post_message(self.Go(place))
