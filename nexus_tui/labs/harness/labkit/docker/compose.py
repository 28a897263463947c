"""A Compose file: checked with the specification's schema, read with line numbers, put in order.

The schema is the one that `check_jsonschema` brings. It names its own dialect, so the validator
is chosen by it: one of another draft lets a wrong key pass. Docker's "Control startup and
shutdown order" says what a condition waits for: without one, until the other container runs.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files

import yaml
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from jsonschema.validators import validator_for  # type: ignore[import-untyped]

from .. import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

STARTED = "service_started"
HEALTHY = "service_healthy"
EXTRA = ("unevaluatedProperties", "additionalProperties")
"""Rules of a schema that are broken by a key too many."""
LONGEST = 200
"""Characters of a validator's message that are shown."""


@cache
def _schema() -> dict[str, Any]:
    folder = files("check_jsonschema") / "builtin_schemas" / "vendor"
    found: dict[str, Any] = json.loads((folder / "compose-spec.json").read_text("utf-8"))
    return found


def _keys(part: dict[str, Any]) -> set[str]:
    """The keys that a part of the schema knows, those it is put together from included."""
    found = set(part.get("properties", ()))
    for other in part.get("allOf", ()):
        name = other.get("$ref", "").rpartition("/")[2]
        found |= _keys(_schema()["$defs"].get(name, {}) if name else other)
    return found


class Compose:
    """A Compose file that could be read. `Fail` with the line when it is not YAML."""

    def __init__(self, text: str, file: str = "compose.yaml") -> None:
        self.file = file
        try:
            self.root = yaml.compose(text, yaml.SafeLoader)
            self.data: Any = yaml.safe_load(text)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + 1 if error.problem_mark else 1
            raise Fail(f"this is not YAML: {error.problem}", file=file, line=line) from error
        self._twice(self.root)

    def _twice(self, node: yaml.Node | None) -> None:
        """Fail where a mapping has a key twice: the first would be lost without a word."""
        if isinstance(node, yaml.MappingNode):
            seen = set()
            for key, value in node.value:
                if key.value in seen and key.value != "<<":
                    line = key.start_mark.line + 1
                    raise Fail(f"the key {key.value} stands here twice", file=self.file, line=line)
                seen.add(key.value)
                self._twice(value)
        elif isinstance(node, yaml.SequenceNode):
            for child in node.value:
                self._twice(child)

    def line(self, *path: str | int) -> int:
        """The line of what a path of keys and indexes leads to, or of the last part that exists."""
        node, line = self.root, 1
        for part in path:
            if isinstance(node, yaml.MappingNode):
                found = [pair for pair in node.value if pair[0].value == str(part)]
                if not found:
                    break
                key, node = found[0]
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
                node = node.value[part]
                line = node.start_mark.line + 1
        return line

    def fail(self, message: str, *path: str | int) -> Fail:
        """A `Fail` that points at the line of a path."""
        return Fail(message, file=self.file, line=self.line(*path))

    def validate(self) -> None:
        """Fail unless the file follows the Compose specification."""
        schema = _schema()
        errors = list(validator_for(schema)(schema).iter_errors(self.data))
        for error in errors:
            self._unknown(error)
        # Where one key is wrong, its neighbors count as unexpected: that says nothing.
        telling = [error for error in errors if error.validator not in EXTRA] or errors
        if error := best_match(telling):
            path = list(error.absolute_path)
            where = ".".join(map(str, path)) or "the file"
            raise self.fail(f"{where}: {error.message[:LONGEST]}", *path)
        if not self.services:
            raise self.fail("the file has no services")

    def _unknown(self, error: Any) -> None:
        """Fail at a key that the schema does not know, with the one that may be meant."""
        if error.validator not in EXTRA:
            return
        known = _keys(error.schema)
        for key in error.instance:
            if key not in known and not str(key).startswith("x-"):
                close = get_close_matches(str(key), list(known), 1)
                said = f"{key} is not a key that Compose knows here"
                said += f": is {close[0]} meant?" if close else ""
                raise self.fail(said, *error.absolute_path, key)

    @property
    def services(self) -> dict[str, dict[str, Any]]:
        """The services by name."""
        found = self.data.get("services") if isinstance(self.data, dict) else None
        return {name: service or {} for name, service in (found or {}).items()}

    def waits(self, name: str) -> dict[str, str]:
        """What a service waits for: the other services, each with the condition."""
        asked = self.services[name].get("depends_on") or {}
        if isinstance(asked, list):
            return dict.fromkeys(asked, STARTED)
        return {other: (how or {}).get("condition", STARTED) for other, how in asked.items()}

    def start_order(self) -> list[list[str]]:
        """The services in waves: each wave waits for those before it.

        Fails where a service is unknown, where some wait for one another, and where one waits
        for another to be healthy that has no health check.
        """
        graph = {name: self.waits(name) for name in self.services}
        for name, others in graph.items():
            for other, condition in others.items():
                self._possible(name, other, condition)
        sorter = TopologicalSorter({name: set(others) for name, others in graph.items()})
        try:
            sorter.prepare()
        except CycleError as error:
            circle = error.args[1]
            said = f"each waits for the next: {' -> '.join(circle)}"
            raise self.fail(said, "services", circle[0], "depends_on") from error
        waves = []
        while sorter.is_active():
            waves.append(sorted(sorter.get_ready()))
            sorter.done(*waves[-1])
        return waves

    def _possible(self, name: str, other: str, condition: str) -> None:
        path = ("services", name, "depends_on", other)
        if other not in self.services:
            raise self.fail(f"{name} waits for {other}, which is not a service", *path)
        if condition == HEALTHY and not self.health(other):
            said = f"{name} waits until {other} is healthy, and {other} has no healthcheck"
            raise self.fail(said, "services", other)

    def health(self, name: str) -> list[str]:
        """The command of a service's health check; empty when there is none in the file."""
        check = self.services[name].get("healthcheck") or {}
        test = check.get("test") or []
        words = ["CMD-SHELL", test] if isinstance(test, str) else list(test)
        return [] if check.get("disable") or words[:1] == ["NONE"] else words

    def mounts(self, name: str) -> list[tuple[str, str, str]]:
        """What is mounted in a service: source ("" for none), target, and volume, bind or tmpfs."""
        found = []
        for each in self.services[name].get("volumes") or []:
            if isinstance(each, dict):
                found.append((each.get("source", ""), each.get("target", ""), each["type"]))
                continue
            source, colon, rest = each.partition(":")
            target = rest.partition(":")[0] if colon else source
            source = source if colon else ""
            kind = "bind" if source[:1] in tuple("./~") and source else "volume"
            found.append((source, target, kind))
        return found

    def undeclared(self) -> list[tuple[str, str]]:
        """Service and name of each named volume that `volumes:` at the top does not list."""
        listed = self.data.get("volumes") or {}
        return [
            (name, source)
            for name in self.services
            for source, _, kind in self.mounts(name)
            if kind == "volume" and source and source not in listed
        ]
