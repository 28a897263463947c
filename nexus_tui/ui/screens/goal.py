"""A day to be through by: typed as a person says it."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from nexus_tui.errors import NexusError
from nexus_tui.tutor.dates import FORMS, read_day, spoken
from nexus_tui.ui.text import clean, plain, words

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp

LONGEST = 40


class GoalScreen(ModalScreen[None]):
    """Two fields; enter keeps the day, an empty one takes it away."""

    DEFAULT_CSS = """
    GoalScreen { align: center middle; background: $background 60%; }
    GoalScreen > Vertical { width: 60; max-width: 94%; height: auto; background: $surface;
                            border: round $primary; padding: 1 2; }
    GoalScreen Static { width: 1fr; height: auto; }
    GoalScreen Input { width: 1fr; height: 1; border: none; padding: 0 1; margin-bottom: 1;
                       background: $panel; color: $foreground; }
    GoalScreen Input:focus { border: none; background: $primary 25%; }
    """
    BINDINGS = [
        Binding("escape", "close", "Close"),
        Binding("down", "app.focus_next", show=False),
        Binding("up", "app.focus_previous", show=False),
    ]

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    def compose(self) -> ComposeResult:
        """Date, what for, and what is wrong with it."""
        goal = self.nexus.tutor.paths.choices().goal
        with Vertical():
            yield Static(plain("Be through with your path by", "bold"), markup=False)
            yield Input(goal.day.isoformat() if goal else "", placeholder="12 March", id="goal-day")
            yield Static(plain("What for (may stay empty)", "$muted"), markup=False)
            yield Input(
                clean(goal.what) if goal else "",
                placeholder="an interview", max_length=LONGEST, id="goal-what",
            )  # fmt: skip
            yield Static(id="goal-told", markup=False)

    def on_mount(self) -> None:
        """Say how."""
        self._tell(f"{FORMS} An empty day takes it away.", "$muted")

    def _tell(self, text: str, style: str) -> None:
        keys = words(("enter", "bold $accent"), " keeps it · ", ("esc", "bold $accent"), " leaves")
        self.query_one("#goal-told", Static).update(words((clean(text), style), "\n", keys))

    def on_input_changed(self, message: Input.Changed) -> None:
        """What the day typed so far is."""
        text = self.query_one("#goal-day", Input).value
        if message.input.id != "goal-day" or not text.strip():
            return
        today = self.nexus.tutor.today.date
        try:
            day = read_day(text, today)
        except NexusError:
            self._tell(f"{FORMS} An empty day takes it away.", "$muted")
        else:
            days = (day - today).days
            left = "tomorrow" if days == 1 else f"in {days} days"
            self._tell(f"{day:%A}, {spoken(day, today)}: {left}.", "$foreground")

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """Keep it, or say what is wrong."""
        text = self.query_one("#goal-day", Input).value
        what = self.query_one("#goal-what", Input).value
        paths = self.nexus.tutor.paths
        if not text.strip():
            if self._kept(paths.drop_goal):
                self.dismiss(None)
            return
        try:
            day = read_day(text, self.nexus.tutor.today.date)
        except NexusError as error:
            self._tell(f"{error.message} {error.hint}", "$wrong")
            self.query_one("#goal-day", Input).focus()
            return
        if self._kept(lambda: paths.aim(day, what)):
            self.dismiss(None)

    def _kept(self, work: "object") -> bool:
        assert callable(work)
        try:
            work()
        except NexusError as error:
            self._tell(f"Not saved. {error.message} {error.hint}", "$wrong")
            return False
        return True

    def action_close(self) -> None:
        """Leave all as it was."""
        self.dismiss(None)
