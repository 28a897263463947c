"""Our two themes, and the few colours of meaning that every theme gets."""

from textual.color import Color
from textual.theme import Theme

DARK = Theme(
    name="nexus-dark",
    primary="#7aa2f7",
    secondary="#56b6c2",
    accent="#e0af68",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#c8d0e0",
    background="#12151c",
    surface="#171b24",
    panel="#212735",
    dark=True,
    variables={
        "muted": "#8a94a8",
        "rule": "#2b3345",
        "right": "#9ece6a",
        "wrong": "#f7768e",
        "footer-key-foreground": "#e0af68",
        "footer-description-foreground": "#8a94a8",
        "footer-background": "#12151c",
        "block-cursor-foreground": "#12151c",
        "block-cursor-background": "#7aa2f7",
        "input-selection-background": "#7aa2f7 35%",
        "scrollbar": "#2b3345",
        "scrollbar-background": "#12151c",
        "scrollbar-corner-color": "#12151c",
        "scrollbar-hover": "#414c66",
        "scrollbar-background-hover": "#12151c",
        "scrollbar-active": "#7aa2f7",
        "scrollbar-background-active": "#12151c",
    },
)
LIGHT = Theme(
    name="nexus-light",
    primary="#2e5aac",
    secondary="#0c6c74",
    accent="#8f5410",
    warning="#8f5410",
    error="#b3324c",
    success="#37701b",
    foreground="#2b2f38",
    background="#faf7f0",
    surface="#f3efe5",
    panel="#e8e2d4",
    dark=False,
    variables={
        "muted": "#655f52",
        "rule": "#d8d0bd",
        "right": "#37701b",
        "wrong": "#b3324c",
        "footer-key-foreground": "#8f5410",
        "footer-description-foreground": "#655f52",
        "footer-background": "#faf7f0",
        "block-cursor-foreground": "#faf7f0",
        "block-cursor-background": "#2e5aac",
        "input-selection-background": "#2e5aac 25%",
        "scrollbar": "#d8d0bd",
        "scrollbar-background": "#faf7f0",
        "scrollbar-corner-color": "#faf7f0",
        "scrollbar-hover": "#bdb297",
        "scrollbar-background-hover": "#faf7f0",
        "scrollbar-active": "#2e5aac",
        "scrollbar-background-active": "#faf7f0",
    },
)
OURS = (DARK, LIGHT)


def meanings(variables: dict[str, str]) -> dict[str, str]:
    """Add ``muted``, ``rule``, ``right`` and ``wrong`` to a theme that does not name them."""
    if "muted" in variables:
        return variables
    try:
        front, back = Color.parse(variables["foreground"]), Color.parse(variables["background"])
    except Exception:  # colours of ANSI themes have no value to blend
        return variables | {
            "muted": "ansi_bright_black",
            "rule": "ansi_bright_black",
            "right": "ansi_green",
            "wrong": "ansi_red",
        }
    return variables | {
        "muted": back.blend(front, 0.68).hex,
        "rule": back.blend(front, 0.18).hex,
        "right": variables["success"],
        "wrong": variables["error"],
    }
