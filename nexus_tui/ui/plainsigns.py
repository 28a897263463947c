"""For terminals without the glyphs: every sign of ours, and every line of a border, in ASCII.

Done where a line goes to the screen, so that no widget, border or scrollbar is left out. Each sign
is one cell wide and so is what stands for it. Letters of other scripts stay as they are.
"""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

SIGNS = {
    "─╌╍┄┅▁▔": "-",
    "━═": "=",
    "│┃╎╏┆┇║▎▌▐▕▏▍▊▋▉": "|",
    "┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝╠╣╦╩╬": "+",
    "▂▃▄": ".",
    "▅▆": ":",
    "▇█■▀": "#",
    "·•…": ".",
    "›→▸▶↪⏎": ">",
    "‹←◂◀": "<",
    "↑▲": "^",
    "↓▼": "v",
    "↕": "|",
    "◆": "*",
    "◇": "?",
    "○": ".",
    "◔": "-",
    "◑": "+",
    "◕": "*",
    "●": "@",
    "✔✓": "+",
    "✘✗×": "x",
    "—–": "-",
    "“”": '"',
    "‘’": "'",
}
TABLE = {ord(sign): plain for signs, plain in SIGNS.items() for sign in signs}


class PlainSigns(LineFilter):
    """Puts ASCII in the place of signs."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same segments, as wide as before."""
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(TABLE), segment.style, segment.control)
            for segment in segments
        ]
