"""What a plain YAML word means, and how to refuse what its author did not mean."""

import re

from nexus_tui.course.problems import Problems
from nexus_tui.course.yamltree import Node, Scalar, Seq

_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WHOLE = re.compile(r"-?\d{1,15}")
_NAMES = {"bool": "true or false", "int": "a number", "float": "a number", "null": "nothing"}


def meant(node: Scalar) -> str:
    """Return what YAML makes of a scalar: str, int, float, bool, null or timestamp."""
    if not node.plain:
        return "str"
    from yaml.resolver import Resolver

    table = Resolver.yaml_implicit_resolvers
    first = node.value[:1]
    for tag, pattern in [*table.get(first, []), *table.get(None, [])]:
        if pattern.match(node.value):
            return str(tag).rsplit(":", 1)[-1]
    return "float" if _NUMBER.fullmatch(node.value) else "str"


def as_text(node: Node, problems: Problems, what: str) -> str:
    """Return text; note it when it is not text, or would not stay what was written."""
    if not isinstance(node, Scalar):
        kind = "a list" if isinstance(node, Seq) else "a mapping"
        problems.add(node.line, f"{what} is {kind}; text is meant", "Quote it.", code="type")
        return ""
    kind = meant(node)
    if kind != "str":
        _not_text(node, kind, problems, what)
        return ""
    if node.cut:
        hint = "Quote the text, or move the comment to a line of its own."
        problems.add(node.line, f"{what} ends at a #", hint, code="yaml-cut", severity="warning")
    return node.value


def _not_text(node: Scalar, kind: str, problems: Problems, what: str) -> None:
    if not node.value:
        problems.add(node.line, f"{what} is empty", "Write it, or leave the key out.", code="empty")
        return
    name = _NAMES.get(kind, "a date")
    message = f"{what}: unquoted {node.value} is {name} to YAML, and text is meant"
    problems.add(node.line, message, f'Quote it: "{node.value}".', code="unquoted")


def as_whole(node: Node, problems: Problems, what: str) -> int:
    """Return a whole number, or 0 after noting that it is none."""
    if isinstance(node, Scalar) and node.plain and _WHOLE.fullmatch(node.value):
        return int(node.value)
    problems.add(node.line, f"{what} must be a whole number", "Write digits only.", code="type")
    return 0


def as_number(node: Node, problems: Problems, what: str) -> str:
    """Return a decimal number as written, or "0" after noting that it is none."""
    if isinstance(node, Scalar) and len(node.value) < 40 and _NUMBER.fullmatch(node.value):
        return node.value.replace("_", "")
    problems.add(node.line, f"{what} must be a number", "Write it like 51 or 0.5.", code="type")
    return "0"


def as_flag(node: Node, problems: Problems, what: str) -> bool:
    """Return a truth value; only ``true`` and ``false`` are taken."""
    if isinstance(node, Scalar) and node.plain and node.value in ("true", "false"):
        return node.value == "true"
    problems.add(node.line, f"{what} must be true or false", "Write true or false.", code="type")
    return False
