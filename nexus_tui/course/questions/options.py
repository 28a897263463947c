"""Read the options of ``choice`` and ``several``."""

from nexus_tui.course.fields import WORD, Fields
from nexus_tui.course.inline import inline
from nexus_tui.course.model import Option
from nexus_tui.course.questions.kind import markdown_of, unique


def read_options(fields: Fields) -> tuple[Option, ...]:
    """Return the options in file order."""
    children = fields.children("options", f"{fields.what}, option", required=True)
    options = tuple(_option(child) for child in children)
    unique(children, [option.id for option in options], "options")
    if len(options) == 1:
        fields.problem("options", "there is only one option", "Write others.", code="few-options")
    return options


def _option(fields: Fields) -> Option:
    option = Option(
        id=fields.name("id", WORD),
        text=markdown_of(fields, "text"),
        why=markdown_of(fields, "why"),
        right=fields.flag("right"),
        misconception=fields.text("misconception", ""),
        leads=inline(fields.text("leads", "")).text,
    )
    fields.done()
    return option
