"""Colours for code. Pygments is imported when the first sample is drawn."""

from functools import lru_cache

from textual.content import Content

from nexus_tui.ui.text import clean, plain

PLAIN = frozenset({"", "text", "output", "diagram", "console", "log", "plan", "metrics"})


@lru_cache(maxsize=1)
def _theme() -> "type":
    from pygments.token import Token
    from textual.highlight import HighlightTheme

    class NexusHighlight(HighlightTheme):
        STYLES = {
            Token.Comment: "$muted italic",
            Token.Keyword: "$secondary",
            Token.Keyword.Constant: "$accent",
            Token.Keyword.Type: "$secondary",
            Token.Literal.Number: "$accent",
            Token.Literal.String: "$right",
            Token.Literal.String.Doc: "$right italic",
            Token.Name.Builtin: "$primary",
            Token.Name.Class: "bold",
            Token.Name.Decorator: "$primary",
            Token.Name.Exception: "$wrong",
            Token.Name.Function: "$primary",
            Token.Name.Tag: "$primary",
            Token.Generic.Inserted: "$right",
            Token.Generic.Deleted: "$wrong",
            Token.Generic.Heading: "bold",
            Token.Generic.Subheading: "$muted",
            Token.Operator.Word: "$secondary",
        }

    return NexusHighlight


@lru_cache(maxsize=256)
def highlight(source: str, language: str) -> tuple[Content, ...]:
    """Lines of code in colour; text without a known lexer stays as it is."""
    source = clean(source)
    if language in PLAIN or len(source) > 20_000:
        return tuple(plain(line) for line in source.split("\n"))
    from textual.highlight import highlight as colour

    coloured = colour(source, language=language, theme=_theme())
    lines = list(coloured.split("\n", allow_blank=True))
    return tuple(lines[: source.count("\n") + 1])
