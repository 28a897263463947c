"""Settings: the learner's choices, each with what it means."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from textual.app import ComposeResult
from textual.binding import Binding

from nexus_tui.settings import CHOICES, Settings
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.dialogs import Dialog, FittingPane
from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.pane import Pane

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp


class SettingsScreen(Dialog):
    """Arrows move and change; a change holds and is saved at once."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Next", show=False),
        Binding("up,k", "move(-1)", "Previous", show=False),
        Binding("right,space,enter", "change(1)", "Change"),
        Binding("left", "change(-1)", "Change back", show=False),
        Binding("p", "paths", "Learning path"),
        Binding("escape,q,backspace", "close", "Close", key_display="esc"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._names = list(CHOICES)
        self._at = 0

    @property
    def nexus(self) -> "NexusApp":
        """The program."""
        return cast("NexusApp", self.app)

    def compose(self) -> ComposeResult:
        """The page; the keys are ours, not the page's."""
        page = FittingPane(self.lay_out, id="dialog")
        page.can_focus = False
        page.selected = self._names[0]
        yield page

    def lay_out(self, width: int) -> Sequence[Line]:
        """Each choice and its value."""
        settings = self.nexus.tutor.settings
        made: list[Line] = [Line(plain("Settings", "bold $accent")), BLANK]
        for name in self._names:
            value = words(
                ("‹ ", "$muted"), (_word(getattr(settings, name)), "bold"), (" ›", "$muted")
            )
            made += on([Line(words(" ", CHOICES[name][0]))], item=name)
            made += on([Line(words("     ", value))], item=name)
        path = self.nexus.tutor.paths
        followed = path.find(path.choices().path).title
        told = words(("p", "bold $accent"), "  Learning path: ", plain(followed, "bold"))
        made += [
            BLANK,
            *flow(told, width, first=" ", rest="    "),
            BLANK,
            *flow(
                plain("↑ ↓ choose · ← → change · escape closes. Saved as you change.", "$muted"),
                width,
            ),
        ]
        return made

    def action_paths(self) -> None:
        """Choose another learning path."""
        self.dismiss(None)
        self.nexus.call_after_refresh(self.nexus.action_paths)

    def action_move(self, by: int) -> None:
        """Another choice."""
        self._at = (self._at + by) % len(self._names)
        page = self.query_one(Pane)
        page.selected = self._names[self._at]
        page.reveal(page.selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A choice was clicked: change it."""
        self._at = self._names.index(message.item)
        message.pane.selected = message.item
        self.action_change(1)

    def action_change(self, by: int) -> None:
        """The next value of the choice one stands on."""
        name = self._names[self._at]
        settings = self.nexus.tutor.settings
        values = self._values(name)
        now = getattr(settings, name)
        index = values.index(now) if now in values else -by
        changed = replace(settings, **{name: values[(index + by) % len(values)]})
        self.nexus.attempt(lambda: self.nexus.tutor.choose(changed))
        self._apply(changed)
        self.query_one(Pane).show(self.lay_out, keep=True)

    def _values(self, name: str) -> tuple[Any, ...]:
        if name != "theme":
            return CHOICES[name][1]
        ours = ("nexus-dark", "nexus-light")
        return (*ours, *sorted(set(self.nexus.available_themes) - set(ours)))

    def _apply(self, settings: Settings) -> None:
        self.nexus.theme = settings.theme
        self.nexus.animation_level = "full" if settings.animation else "none"


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
