"""The reference for keys: one line that changes with every key."""

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static


class Bare(App[None]):
    """Counts keys."""

    count = 0

    def compose(self) -> ComposeResult:
        """The count."""
        yield Static("Hello, world")

    def on_key(self, event: events.Key) -> None:
        """One more."""
        self.count += 1
        self.query_one(Static).update(f"{self.count} keys")


if __name__ == "__main__":
    Bare().run()
