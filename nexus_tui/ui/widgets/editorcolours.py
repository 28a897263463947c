"""Syntax colours of the editor."""

from rich.style import Style
from textual.widgets.text_area import TextAreaTheme


def theme(colours: dict[str, str]) -> TextAreaTheme:
    """Syntax colours from the theme's variables, the same as the reader's."""

    def style(name: str, *, italic: bool = False) -> Style:
        value = colours.get(name, "")
        return Style(color=value if value.startswith("#") else None, italic=italic)

    names = {
        "keyword": style("secondary"),
        "keyword.function": style("secondary"),
        "keyword.return": style("secondary"),
        "keyword.operator": style("secondary"),
        "conditional": style("secondary"),
        "repeat": style("secondary"),
        "include": style("secondary"),
        "exception": style("secondary"),
        "string": style("right"),
        "string.documentation": style("right"),
        "comment": style("muted", italic=True),
        "number": style("accent"),
        "float": style("accent"),
        "boolean": style("accent"),
        "constant.builtin": style("accent"),
        "function": style("primary"),
        "function.call": style("primary"),
        "method": style("primary"),
        "method.call": style("primary"),
        "class": Style(bold=True),
        "type": Style(bold=True),
        "type.class": Style(bold=True),
        "type.builtin": style("secondary"),
        "type.qualifier": style("secondary"),
        "storageclass": style("secondary"),
        "function.builtin": style("primary"),
        "constructor": style("primary"),
        "attribute": style("primary"),
        "field": style("primary"),
        "property": style("primary"),
        "yaml.field": style("primary"),
        "toml.type": style("primary"),
        "toml.datetime": style("accent"),
        "string.escape": style("accent"),
        "heading": Style(bold=True),
        "heading.marker": style("secondary"),
        "list.marker": style("secondary"),
        "link.label": style("primary"),
        "link.uri": style("primary"),
        "text.literal": style("accent"),
    }
    return TextAreaTheme(name="nexus", syntax_styles=names)
