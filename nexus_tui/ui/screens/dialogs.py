"""Small screens over others: an error, the keys, a question. Any closing key closes only them."""

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.screen import ModalScreen, Screen

from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.text import clean, plain, words
from nexus_tui.ui.widgets.pane import Pane

Layout = Callable[[int], Sequence[Line]]


class Dialog(ModalScreen[None]):
    """A page in a border."""

    DEFAULT_CSS = """
    Dialog { align: center middle; background: $background 60%; }
    Dialog > Pane { width: 76; max-width: 94%; height: auto; max-height: 90%; background: $surface;
                    border: round $primary; padding: 1 1 1 1; }
    """
    BINDINGS = [
        Binding("escape,enter,q,backspace", "close", "Close", key_display="esc"),
        Binding("c", "copy", "Copy", show=False),
    ]

    def compose(self) -> ComposeResult:
        """The page."""
        yield FittingPane(self.lay_out, id="dialog")

    def on_mount(self) -> None:
        """Scroll by keys."""
        self.query_one(Pane).focus()

    def lay_out(self, width: int) -> Sequence[Line]:
        """What it says."""
        raise NotImplementedError

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)

    def action_copy(self) -> None:
        """What it says, to the clipboard."""
        self.app.copy_to_clipboard(self.query_one(Pane).plain)


class FittingPane(Pane):
    """A pane as tall as what it says, up to what the screen allows."""

    def get_content_height(self, container: "object", viewport: "object", width: int) -> int:
        """Lines at this width."""
        return len(self._layout_fn(max(min(width - 3, self._measure), 8)))


class TellScreen(Dialog):
    """What went wrong, and what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__()
        self._message, self._hint = message, hint

    def lay_out(self, width: int) -> Sequence[Line]:
        """Message, hint, how to close."""
        made = list(flow(plain(self._message, "bold"), width))
        if self._hint:
            made += [BLANK, *flow(plain(self._hint), width)]
        return [*made, BLANK, Line(plain("enter closes · c copies this", "$muted"))]


class KeysScreen(Dialog):
    """The keys that work where one is."""

    def __init__(self, below: Screen[object]) -> None:
        super().__init__()
        self._rows = _rows(below)

    def lay_out(self, width: int) -> Sequence[Line]:
        """Key and meaning, those of this place first."""
        made: list[Line] = [Line(plain("Keys", "bold $accent")), BLANK]
        for key, meaning in self._rows:
            made += flow(plain(meaning), width, first=_key(key), rest=" " * 16)
        made += [
            BLANK,
            *flow(plain("Text can be dragged over and copied with ctrl+c.", "$muted"), width),
        ]
        return made


def _key(key: str) -> Content:
    return words((f"{clean(key):<16}", "$accent"))


def _rows(screen: Screen[object]) -> list[tuple[str, str]]:
    """Each action of ours once, with all its keys; those that the last line shows come first."""
    ours = [
        active.binding
        for active in screen.active_bindings.values()
        if type(active.node).__module__.startswith("nexus_tui.")
        and active.binding.description
        and not active.binding.system
    ]
    keys: dict[str, list[str]] = {}
    for binding in sorted(ours, key=lambda binding: not binding.show):
        shown = screen.app.get_key_display(binding)
        found = keys.setdefault(binding.description, [])
        if shown not in found:
            found.append(shown)
    return [(" ".join(shown), meaning) for meaning, shown in keys.items()]


class ConfirmScreen(ModalScreen[bool]):
    """A question before something that replaces work. Enter is never yes."""

    DEFAULT_CSS = """
    ConfirmScreen { align: center middle; background: $background 60%; }
    ConfirmScreen > Pane { width: 64; max-width: 94%; height: auto; max-height: 90%;
                           background: $surface; border: round $accent; padding: 1; }
    """
    BINDINGS = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape,backspace,q", "answer(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        yield FittingPane(self._lay_out)

    def on_mount(self) -> None:
        """Keys come here."""
        self.query_one(Pane).focus()

    def _lay_out(self, width: int) -> Sequence[Line]:
        keys = words(("y", "$accent"), " yes   ", ("n", "$accent"), " no")
        return [*flow(plain(self._question, "bold"), width), BLANK, Line(keys)]

    def action_answer(self, yes: bool) -> None:
        """Close with the answer."""
        self.dismiss(yes)
