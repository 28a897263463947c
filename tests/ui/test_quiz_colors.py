"""Every pair of colors on a question's page can be read: 4.5 to 1, in both themes."""

import pytest
from textual.color import Color
from textual.style import Style

from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.questions.rows import GROUNDS
from nexus_tui.ui.text import STYLES

INKS = {
    "": ("$foreground", "$muted", "$primary", STYLES["code"]),
    "chosen": ("$foreground", "$accent", "$muted", STYLES["code"]),
    "right": ("$right", "$foreground 85%", "$foreground", "$muted", STYLES["code"]),
    "wrong": ("$wrong", "$foreground 85%", "$foreground", "$right", STYLES["code"]),
    "surface": ("$muted", "$foreground", "$accent"),
}


def ratio(ink: Color, ground: Color) -> float:
    lights = sorted((_light(ink), _light(ground)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(color: Color) -> float:
    parts = [
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
        for part in color.normalized
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


@pytest.mark.parametrize("theme", ["nexus-dark", "nexus-light"])
def test_contrast(app: NexusApp, theme: str) -> None:
    app.theme = theme
    colors = app.get_css_variables()
    base = Style(background=Color.parse(colors["background"]))
    grounds = GROUNDS | {"surface": "on $surface"}
    for state, inks in INKS.items():
        under = base + Style.parse(grounds[state], colors) if grounds[state] else base
        for ink in inks:
            made = under + Style.parse(ink, colors)
            assert made.background is not None
            assert made.foreground is not None
            front = made.background + made.foreground
            assert ratio(front, made.background) >= 4.5, (theme, state, ink)
