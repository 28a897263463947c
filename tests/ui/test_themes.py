"""Colours: every pair the program writes in can be read, in both themes (WCAG 2.2 AA, 4.5:1)."""

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

import nexus_tui.ui
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.ui.glyphs import ASCII, UNICODE
from nexus_tui.ui.text import STYLES
from nexus_tui.ui.themes import DARK, OURS, meanings

LEAST = 4.5
INKS = ("foreground", "muted", "accent", "primary", "secondary", "right", "wrong")
GROUNDS = ("background", "surface")
UI = Path(nexus_tui.ui.__file__).parent


def colours(theme: Theme) -> dict[str, str]:
    """All variables of a theme, as the program sees them."""
    return meanings(theme.to_color_system().generate() | theme.variables)


def ratio(one: Color, other: Color) -> float:
    """Contrast by WCAG 2.2."""

    def luminance(color: Color) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in color.normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("ink", INKS)
def test_ink_can_be_read_on_its_ground(theme: Theme, ground: str, ink: str) -> None:
    found = colours(theme)
    made = ratio(Color.parse(found[ink]), Color.parse(found[ground]))
    assert made >= LEAST, f"{ink} on {ground}: {made:.2f}"


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("under", GROUNDS)
def test_code_in_prose_can_be_read(theme: Theme, under: str) -> None:
    assert STYLES["code"] == "$accent on $panel 60%"
    found = colours(theme)
    ground = Color.parse(found[under]).blend(Color.parse(found["panel"]), 0.6)
    assert ratio(Color.parse(found["accent"]), ground) >= LEAST


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("share", [0.25, 0.45])
def test_the_cursor_of_the_outline_can_be_read(theme: Theme, share: float) -> None:
    found = colours(theme)
    ground = Color.parse(found["surface"]).blend(Color.parse(found["primary"]), share)
    assert ratio(Color.parse(found["foreground"]), ground) >= LEAST


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_what_stands_under_the_hand_can_be_read(theme: Theme) -> None:
    found = colours(theme)
    pairs = [
        ("block-cursor-foreground", "block-cursor-background"),
        ("footer-key-foreground", "footer-background"),
        ("footer-description-foreground", "footer-background"),
        ("background", "foreground"),
    ]
    for ink, ground in pairs:
        assert ratio(Color.parse(found[ink]), Color.parse(found[ground])) >= LEAST, ink


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_right_and_wrong_differ_in_more_than_hue(theme: Theme) -> None:
    found = colours(theme)
    assert found["right"] != found["wrong"]
    for glyphs in (UNICODE, ASCII):
        signs = {glyphs.status(status)[0] for status in ("pass", "fail", "")}
        assert len(signs) == 3
        assert len({glyphs.recall(Recall(now, 0, 1, 1))[0] for now in (0.1, 0.4, 0.7, 0.9)}) == 4


def test_every_colour_named_is_one_of_ours() -> None:
    """A variable that a theme lacks would end the program when it is drawn."""
    known = {*INKS, *GROUNDS, "panel", "rule"} | {
        name for name in DARK.variables if name.startswith("footer-")
    }
    for path in [*UI.rglob("*.py"), *UI.rglob("*.tcss")]:
        if path.name == "themes.py":
            continue
        text = path.read_text("utf-8")
        for match in re.finditer(r"(?<![\w\\])\$([a-z][a-z-]*)", text):
            line = text[text.rfind("\n", 0, match.start()) + 1 :].split("\n")[0]
            if not line.strip().startswith(("#", '"""')):
                assert match[1] in known, f"{path.name}: ${match[1]}"


def test_a_theme_of_somebody_else_gets_the_colours_of_meaning() -> None:
    from textual.theme import BUILTIN_THEMES

    for theme in BUILTIN_THEMES.values():
        variables = meanings(theme.to_color_system().generate())
        assert {"muted", "rule", "right", "wrong"} <= set(variables)
