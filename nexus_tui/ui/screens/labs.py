"""Labs: all of them, and how each stands."""

from collections.abc import Iterable, Sequence

from textual.binding import Binding
from textual.widget import Widget

from nexus_tui.course.model import LabHead
from nexus_tui.learner.progress import LabState
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane


class LabsScreen(NexusScreen):
    """Arrows choose, enter opens."""

    PLACE = "labs"
    BINDINGS = [
        Binding("enter", "open", "Open lab"),
        Binding("down,j", "move(1)", "Next", show=False, priority=True),
        Binding("up,k", "move(-1)", "Previous", show=False, priority=True),
    ]

    def body(self) -> Iterable[Widget]:
        """One page."""
        yield Pane(id="labs-page")

    def on_mount(self) -> None:
        """Stand on the page."""
        self.query_one(Pane).focus()

    def on_screen_resume(self) -> None:
        """A lab may have passed."""
        pane = self.query_one(Pane)
        pane.show(self.lay_out, keep=True)
        if not pane.selected and pane.items:
            pane.selected = pane.items[0]

    def lay_out(self, width: int) -> Sequence[Line]:
        """Each lab: title, module, how it stands, what it is."""
        states = self.tutor.bench.states()
        heads = self.tutor.bench.labs()
        made: list[Line] = [BLANK, *flow(plain(_summary(heads, states), "bold"), width), BLANK]
        for head in heads:
            made += on(self._lab(head, states.get(head.id), width), item=head.id)
            made.append(BLANK)
        return made

    def _lab(self, head: LabHead, state: LabState | None, width: int) -> list[Line]:
        module = self.tutor.study.module_of(head.id).title
        if head.problem:
            return list(
                flow(plain(f"{head.title}: cannot be opened. {head.problem}", "$wrong"), width)
            )
        sign = self.glyphs.status("pass" if state and state.passed else "")
        told = f"{module} · {head.minutes} min · {_state(state)}"
        lead = words(" ", sign, " ")
        return [
            *flow(words((clean(head.title), "bold")), width, first=lead, rest="   "),
            *flow(plain(told, "$muted"), width, first="   ", rest="   "),
            *flow(plain(head.summary), width, first="   ", rest="   "),
        ]

    def action_move(self, by: int) -> None:
        """Another lab."""
        pane = self.query_one(Pane)
        items = pane.items
        if items:
            at = items.index(pane.selected) if pane.selected in items else -by
            pane.selected = items[max(0, min(at + by, len(items) - 1))]
            pane.reveal(pane.selected)

    def action_open(self) -> None:
        """Open the lab one stands on."""
        if selected := self.query_one(Pane).selected:
            self.nexus.open_id(selected)

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        """A lab was clicked."""
        message.pane.selected = message.item
        self.nexus.open_id(message.item)


def _summary(heads: Sequence[LabHead], states: dict[str, LabState]) -> str:
    passed = sum(1 for head in heads if head.id in states and states[head.id].passed)
    counted = f"{_count(len(heads), 'lab')}, {passed} passed."
    return f"{counted} Your code runs; the real engine judges it."


def _state(state: LabState | None) -> str:
    if state is None or not state.runs:
        return "not begun"
    if state.passed:
        return f"passed, {_count(state.runs, 'run')}"
    passing = sum(1 for status in state.checks.values() if status == "pass")
    if state.checks and passing == len(state.checks):
        return f"passed with help, {_count(state.runs, 'run')}: now from the starter"
    return f"{passing} of {len(state.checks)} checks pass, {_count(state.runs, 'run')}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
