"""Values of workflow expressions: how they are compared, looked into, and made into text.

After GitHub's reference "Evaluate expressions in workflows and actions": comparing texts ignores
case, values of different types are compared as numbers, and a missing property is null.
"""

from __future__ import annotations

import json
import math
import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    Functions = Mapping[str, Callable[..., Any]]


class Unsupported(Exception):
    """Something of GitHub's that is not modeled here: it is said, and nothing is guessed."""


class Closed(dict):  # type: ignore[type-arg]
    """A context of which not everything is modeled: what it does not hold is `Unsupported`."""

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.name = name


def operate(sign: str, left: Any, right: Any) -> Any:
    """What an operator makes of two values; ``&&`` and ``||`` give one of them."""
    if sign == "&&":
        return right if truth(left) else left
    if sign == "||":
        return left if truth(left) else right
    if isinstance(left, str) and isinstance(right, str):
        left, right = left.lower(), right.lower()
    elif isinstance(left, dict | list) and type(left) is type(right):
        left, right = id(left), id(right)
    else:
        left, right = number(left), number(right)
    return {
        "==": left == right,
        "!=": left != right,
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
    }[sign]


def truth(value: Any) -> bool:
    """Whether a value counts as true: not false, 0, "" or null."""
    return not (value is None or value is False or value == "" or value == 0 or value != value)


def number(value: Any) -> float:
    """A value as a number, NaN when it is none."""
    if value is None or isinstance(value, bool | int | float):
        return float(value or 0)
    text = value.strip() if isinstance(value, str) else "?"
    try:
        return float(int(text, 16)) if "0x" in text else float(text or 0)
    except ValueError:
        return math.nan


def text_of(value: Any) -> str:
    """A value as it is put into a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dict | list):
        return "Object" if isinstance(value, dict) else "Array"
    return str(value)


def property_of(value: Any, key: Any) -> Any:
    """A property, an item, or the properties of all items; None for one that is missing."""
    if isinstance(value, list):
        if isinstance(key, str):
            return [item for item in (property_of(each, key) for each in value) if item is not None]
        at = int(key) if key == key and key >= 0 else len(value)
        return value[at] if at < len(value) else None
    if not isinstance(value, dict):
        return None
    wanted = text_of(key).lower()
    for name, item in value.items():
        if str(name).lower() == wanted:
            return item
    if isinstance(value, Closed):
        raise Unsupported(f"`{value.name}.{text_of(key)}` is not modeled here")
    return None


def every(value: Any) -> list[Any]:
    """What ``.*`` stands for."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _contains(where: Any, item: Any) -> bool:
    if isinstance(where, list):
        return any(operate("==", each, item) for each in where)
    return text_of(item).lower() in text_of(where).lower()


def _format(pattern: str, *values: Any) -> str:
    def put(found: re.Match[str]) -> str:
        return text_of(values[int(found[1])]) if found[1] else found[0][0]

    return re.sub(r"\{\{|\}\}|\{(\d+)\}", put, pattern)


def _join(values: Any, by: str = ",") -> str:
    return by.join(map(text_of, values)) if isinstance(values, list) else text_of(values)


FUNCTIONS: Functions = {
    "contains": _contains,
    "startswith": lambda a, b: text_of(a).lower().startswith(text_of(b).lower()),
    "endswith": lambda a, b: text_of(a).lower().endswith(text_of(b).lower()),
    "format": _format,
    "join": _join,
    "tojson": lambda value: json.dumps(value, indent=2),
    "fromjson": lambda value: json.loads(text_of(value)),
}
