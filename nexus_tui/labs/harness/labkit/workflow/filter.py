"""Which events start a workflow.

After GitHub's "Workflow syntax": ``branches`` is compared with the branch pushed to, or with the
base of a pull request; ``paths`` with the changed files. All filters of an event must match. A
push of a tag does not pass a filter that names branches only, nor the other way round.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from .event import Event
    from .file import Workflow

TYPES = ("opened", "synchronize", "reopened")
"""Activity types of a pull request that start a workflow which names none."""


def starts(workflow: Workflow, event: Event) -> bool:
    """Whether the event starts the workflow."""
    on = workflow.get("on")
    named = [on] if isinstance(on, str) else list(on or ())
    if event.name not in named:
        return False
    rules = on.get(event.name) if isinstance(on, dict) else None
    rules = rules if isinstance(rules, dict) else {}
    return _types(rules, event) and _refs(rules, event) and _paths(rules, event)


def _types(rules: Mapping[str, Any], event: Event) -> bool:
    wanted = _list(rules.get("types")) or list(TYPES)
    return event.name == "push" or event.action in wanted


def _refs(rules: Mapping[str, Any], event: Event) -> bool:
    kinds = {kind for kind in ("branches", "tags") if {kind, f"{kind}-ignore"} & rules.keys()}
    kind, name = ("branches", event.branch) if event.branch else ("tags", event.ref[10:])
    if kinds and kind not in kinds and event.name == "push":
        return False
    return _chosen(rules, kind, [name])


def _paths(rules: Mapping[str, Any], event: Event) -> bool:
    return not event.branch or _chosen(rules, "paths", event.paths)


def _chosen(rules: Mapping[str, Any], kind: str, names: Sequence[str]) -> bool:
    """Whether one of the names passes the filter of that kind."""
    if kind in rules:
        return any(matches(_list(rules[kind]), name) for name in names)
    ignored = _list(rules.get(f"{kind}-ignore"))
    return not ignored or not all(matches(ignored, name) for name in names)


def _list(value: Any) -> list[str]:
    return [str(each) for each in value] if isinstance(value, list) else [str(value)] * bool(value)


def matches(patterns: Sequence[str], name: str) -> bool:
    """Whether a name passes a list of patterns: the last one that matches decides, ``!`` is no."""
    passed = False
    for pattern in patterns:
        if re.fullmatch(_expression(pattern.removeprefix("!")), name):
            passed = not pattern.startswith("!")
    return passed


def _expression(pattern: str) -> str:
    """A pattern of GitHub's as a regular expression: ``?`` and ``+`` repeat what is before."""
    pieces = re.findall(r"\*\*/|\*\*|\*|\?|\+|\[[^\]]*\]|\\.|.", pattern)
    wild = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "?", "+": "+"}
    return "".join(
        wild.get(piece) or (piece if piece[0] in "[\\" else re.escape(piece)) for piece in pieces
    )
