"""Fields that lessons, labs and modules have in common."""

from nexus_tui.course.fields import NAME, Fields
from nexus_tui.course.model import Need, Objective
from nexus_tui.course.scalars import as_text
from nexus_tui.course.yamltree import Map, Node

MINUTES = (1, 120)


def read_needs(fields: Fields) -> tuple[Need, ...]:
    """Return ``needs``: ids, or mappings of id and why."""
    return tuple(_need(node, fields) for node in fields.items("needs"))


def _need(node: Node, fields: Fields) -> Need:
    what = f"{fields.what}: `needs`"
    if not isinstance(node, Map):
        return Need(as_text(node, fields.problems, what))
    child = Fields(node, fields.problems, what)
    need = Need(child.text("id"), child.text("why", ""))
    child.done()
    return need


def read_objectives(fields: Fields) -> tuple[Objective, ...]:
    """Return ``objectives``: a mapping of key to sentence."""
    pairs = fields.pairs("objectives", required=True)
    if not pairs and fields.has("objectives"):
        fields.problem("objectives", "there are no objectives", "Add two.", code="empty")
    for key, _ in pairs:
        if not NAME.fullmatch(key):
            hint = "Use small letters, digits and single hyphens."
            fields.problem("objectives", f"`{key}` cannot be a key", hint, code="name")
    return tuple(Objective(key, text) for key, text in pairs)
