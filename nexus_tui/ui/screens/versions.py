"""Earlier versions of what was written: to look at, and to put back."""

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from nexus_tui.learner.journal import Version
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp


class VersionsScreen(ModalScreen[bool]):
    """One version at a time; left goes back in time, enter puts it back."""

    DEFAULT_CSS = """
    VersionsScreen { align: center middle; background: $background 60%; }
    VersionsScreen > Pane { width: 84; max-width: 94%; height: 80%; background: $surface;
                            border: round $primary; padding: 1; }
    """
    BINDINGS = [
        Binding("left,p", "turn(1)", "Earlier"),
        Binding("right,n", "turn(-1)", "Later"),
        Binding("enter", "restore", "Put it back"),
        Binding("escape,backspace,q", "close", "Close"),
    ]

    def __init__(self, subject: str, versions: Sequence[Version]) -> None:
        super().__init__()
        self._subject, self._versions, self._at = subject, versions, 0

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    def compose(self) -> ComposeResult:
        """The version."""
        yield Pane(self.lay_out, id="version")

    def on_mount(self) -> None:
        """Scroll by keys."""
        self.query_one(Pane).focus()

    def lay_out(self, width: int) -> Sequence[Line]:
        """When it was written, the keys, the text."""
        version = self._versions[self._at]
        when = version.when + timedelta(minutes=version.zone)
        place = f"  version {len(self._versions) - self._at} of {len(self._versions)}"
        keys = words(
            ("←", "$accent"), " earlier   ", ("→", "$accent"), " later   ",
            ("enter", "$accent"), " puts it back   ", ("esc", "$accent"), " leaves all as it is",
        )  # fmt: skip
        text = plain(version.text) if version.text else plain("Here it was removed.", "$muted")
        return [
            *flow(words((f"{when:%Y-%m-%d %H:%M}", "bold"), (place, "$muted")), width),
            *flow(keys, width),
            BLANK,
            *flow(text, width),
        ]

    def action_turn(self, by: int) -> None:
        """An earlier version, or a later one."""
        self._at = max(0, min(self._at + by, len(self._versions) - 1))
        self.query_one(Pane).show(self.lay_out)

    def action_restore(self) -> None:
        """Write this text again; what stood there is a version, too."""
        text = self._versions[self._at].text
        done = self.nexus.attempt(lambda: self.nexus.tutor.journal.write(self._subject, text))
        if done is not None:
            self.dismiss(True)

    def action_close(self) -> None:
        """Leave it as it is."""
        self.dismiss(False)
