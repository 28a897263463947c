"""The last line: the keys that work here."""

from itertools import pairwise

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.screen import Screen

from nexus_tui.ui.text import plain, words
from nexus_tui.ui.widgets.oneline import OneLine

Key = tuple[str, str, str, bool]
"""The key, how it is written, what it does, whether it can be pressed now."""


class KeyBar(OneLine):
    """Keys in the order their screen gives them, as many as there is room for; a click presses one.

    Textual's footer is a widget for every key, made anew whenever the keys change: 40 ms after
    every answer. This is one line of text, painted when it changed.
    """

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom; height: 1; width: 1fr;
        background: $footer-background; color: $footer-description-foreground;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[Key, ...] | None = None
        self._edges: list[int] = []
        """Columns where the keys begin, and where the last one ends."""

    def on_mount(self) -> None:
        """Hear of keys that change."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        """Paint when there is something else to say."""
        if self._keys is not None and (now := self._now()) != self._keys:
            self._keys = now
            self.refresh()

    def _now(self) -> tuple[Key, ...]:
        shown: dict[str, Key] = {}
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in shown:
                display = binding.key_display or self._written(binding)
                shown[binding.action] = (binding.key, display, binding.description, enabled)
        return tuple(shown.values())

    def _written(self, binding: Binding) -> str:
        """How a key is written. A letter is; other names are looked up in Unicode's table."""
        return binding.key if len(binding.key) == 1 else self.app.get_key_display(binding)

    def render(self) -> Content:
        """The line; a key that does not fit whole is left out."""
        if self._keys is None:
            self._keys = self._now()
        self._edges, parts = [0], []
        for _, display, does, enabled in self._keys:
            style = "$footer-key-foreground bold" if enabled else "$footer-key-foreground dim"
            part = words((f" {display} ", style), plain(f"{does} ", "" if enabled else "dim"))
            if self._edges[-1] + part.cell_length > self.size.width:
                break
            parts.append(part)
            self._edges.append(self._edges[-1] + part.cell_length)
        return Content("").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key under the mouse."""
        for (start, end), (key, _, _, enabled) in zip(
            pairwise(self._edges), self._keys or (), strict=False
        ):
            if start <= event.x < end and enabled:
                self.app.simulate_key(key)
