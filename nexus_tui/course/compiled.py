"""Lessons and quizzes, read, as JSON in the cache: opening one again needs no parser.

A value is written as ``[number of its class, field, …]``, a tuple as ``[0, item, …]``, a path as
``{"path": …}``; text, numbers, truth values and None as they are.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from nexus_tui import __version__
from nexus_tui.course import model
from nexus_tui.course.index import write_whole

VERSION = [2, __version__]
"""Raise the number when a value of the model changes, or what is read from the same file does."""

_CLASSES: tuple[type, ...] = (
    tuple,
    model.Span,
    model.Inline,
    model.Paragraph,
    model.Heading,
    model.Listing,
    model.Code,
    model.Callout,
    model.Table,
    model.Diagram,
    model.Ask,
    model.Rule,
    model.Objective,
    model.Need,
    model.LessonHead,
    model.Section,
    model.Source,
    model.Lesson,
    model.Evidence,
    model.Option,
    model.Accept,
    model.Question,
)
_NUMBERS = {kind: number for number, kind in enumerate(_CLASSES)}


def save(path: Path, stamps: Sequence[object], value: object) -> None:
    """Keep ``value`` for as long as its files have the same ``stamps``."""
    data = {"version": VERSION, "stamps": stamps, "value": _pack(value)}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    write_whole(path, text.encode("utf-8", "surrogatepass"))


def load(path: Path, stamps: Sequence[object]) -> Any:
    """Return what was kept, or None when there is nothing, or it is stale or damaged."""
    try:
        data = json.loads(path.read_bytes())
        if data["version"] != VERSION or data["stamps"] != stamps:
            return None
        return _unpack(data["value"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _pack(value: Any) -> Any:
    if isinstance(value, tuple):
        return [0, *map(_pack, value)]
    if isinstance(value, Path):
        return {"path": str(value)}
    number = _NUMBERS.get(type(value))
    if number is None:
        return value
    return [number, *[_pack(getattr(value, name)) for name in type(value).__match_args__]]


def _unpack(data: Any) -> Any:
    if isinstance(data, list):
        fields = [_unpack(item) if isinstance(item, list | dict) else item for item in data]
        number = fields.pop(0)
        return _CLASSES[number](*fields) if number else tuple(fields)
    return Path(data["path"]) if isinstance(data, dict) else data
