"""Reads a GitHub Actions workflow: its values as GitHub sees them, and the line of each.

GitHub reads YAML by the rules of version 1.2, where ``on`` and ``yes`` are words and only
``true`` and ``false`` are truth values; PyYAML's own loader makes ``True`` of the key ``on``.
"""

from __future__ import annotations

import re

import yaml

from .. import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    Key = str | int
    Where = tuple[Key, ...]
    """The way to a value: keys and indexes, such as ``("jobs", "test", "steps", 0)``."""

WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
INTEGER = re.compile(r"[-+]?\d+|0x[0-9a-fA-F]+")
FLOAT = re.compile(r"[-+]?(\d+\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d+)?")


class Workflow:
    """A workflow file. ``data`` holds plain dictionaries, lists, texts, numbers, truth values."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self._lines: dict[Where, int] = {}
        try:
            root = yaml.compose(text, yaml.SafeLoader)
            data = self._value(root, ()) if root else None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            raise Fail(f"this is not YAML: {error.problem}", file=name, line=line) from error
        except yaml.YAMLError as error:
            raise Fail(f"this is not YAML: {error}", file=name, line=1) from error
        except RecursionError as error:
            raise Fail("a value of this file holds itself", file=name, line=1) from error
        if not isinstance(data, dict) or not isinstance(data.get("jobs"), dict):
            raise Fail("there are no jobs: a workflow needs `on:` and `jobs:`", file=name, line=1)
        self.data: dict[str, Any] = data

    @property
    def jobs(self) -> dict[str, Any]:
        """The jobs by their ids, in the order of the file."""
        jobs: dict[str, Any] = self.data["jobs"]
        return jobs

    def get(self, *where: Key, default: Any = None) -> Any:
        """The value at a place, ``default`` when there is none."""
        value: Any = self.data
        for key in where:
            try:
                value = value[key]
            except (KeyError, IndexError, TypeError):
                return default
        return value

    def permissions(self, job: str) -> Any:
        """What the token of a job may do: of the job, else of the workflow; None when not said."""
        for where in (("jobs", job), ()):
            place = self.get(*where)
            if isinstance(place, dict) and "permissions" in place:
                return place["permissions"] or {}
        return None

    def line(self, *where: Key) -> int:
        """The line of a key or item, from 1; of the nearest one around it when it is missing."""
        while where and where not in self._lines:
            where = where[:-1]
        return self._lines.get(where, 1)

    def find(self, key: str) -> Where:
        """The first place of the file with that key; the top when there is none."""
        places = sorted(self._lines, key=lambda where: self._lines[where])
        return next((where for where in places if where[-1:] == (key,)), ())

    def fail(self, message: str, *where: Key, expected: str = "", got: str = "") -> Fail:
        """A `Fail` that points at a place of the file."""
        line = self.line(*where)
        return Fail(message, expected=expected, got=got, file=self.name, line=line)

    def _value(self, node: yaml.Node, where: Where) -> Any:
        self._lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, (*where, at)) for at, item in enumerate(node.value)]
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        return scalar(node.value) if plain else node.value

    def _mapping(self, node: yaml.MappingNode, where: Where) -> dict[str, Any]:
        values = {}
        for key, value in node.value:
            line, name = key.start_mark.line + 1, str(key.value)
            if name in values:
                raise Fail(f"the key `{name}` is here twice", file=self.name, line=line)
            self._lines[(*where, name)] = line
            values[name] = self._value(value, (*where, name))
        return values


def scalar(text: str) -> Any:
    """What an unquoted text of a workflow stands for: ``3.10`` is the number 3.1."""
    if text.lower() in WORDS:
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text):
        return int(text, 16 if text.startswith("0x") else 10)
    return float(text) if FLOAT.fullmatch(text) else text


def read(path: Path, name: str) -> Workflow:
    """Read a workflow; ``name`` is what it is called to the learner. `Fail` with its line."""
    try:
        text = path.read_text("utf-8", "replace")
    except OSError as error:
        raise Fail(f"there is no file {name}") from error
    return Workflow(name, text)
