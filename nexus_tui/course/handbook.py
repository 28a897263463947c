"""Read the handbook of course.yaml: which lessons to read again when something goes wrong."""

from nexus_tui.course.fields import Fields
from nexus_tui.course.value import value

BREATH = "in one breath"
"""Title of the section that says a whole lesson at once, case-folded."""


@value
class Occasion:
    """What one needs, in a sentence a person would say, and the lessons that help."""

    when: str
    read: tuple[str, ...]
    """Ids of lessons; not every one need exist yet."""


def read_occasions(fields: Fields) -> tuple[Occasion, ...]:
    """Return the occasions under ``handbook``, noting what is wrong with them."""
    return tuple(_occasion(child) for child in fields.children("handbook", "occasion"))


def _occasion(fields: Fields) -> Occasion:
    found = Occasion(fields.text("when"), fields.texts("read", required=True))
    fields.done()
    return found
