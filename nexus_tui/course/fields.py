"""Take typed fields out of a YAML mapping, noting every problem on the way."""

import re
from collections.abc import Iterator

from nexus_tui.course.problems import Problems
from nexus_tui.course.scalars import as_flag, as_number, as_text, as_whole
from nexus_tui.course.yamltree import Map, Node, Scalar, Seq

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""Names of modules, lessons, labs, challenges, questions, objectives."""
WORD = re.compile(r"[a-zA-Z0-9]+(?:[-_.][a-zA-Z0-9]+)*")
"""Names inside one question or lab: options, checks, mistakes."""


class Fields:
    """A mapping that is read key by key; ``done`` notes the keys nobody asked for."""

    def __init__(self, node: Map, problems: Problems, what: str) -> None:
        self.node = node
        self.problems = problems
        self.what = what
        self.known: list[str] = []

    @property
    def line(self) -> int:
        """Line where the mapping begins."""
        return self.node.line

    def line_of(self, name: str) -> int:
        """Line of a key, or of the mapping when the key is missing."""
        return self.node.lines.get(name, self.node.line)

    def problem(self, name: str, message: str, hint: str = "", *, code: str = "content") -> None:
        """Note an error at a key."""
        self.problems.add(self.line_of(name), f"{self.what}: {message}", hint, code=code)

    def node_of(self, name: str, required: bool) -> Node | None:
        """Return what stands under a key, noting a required one that is missing."""
        if name not in self.known:
            self.known.append(name)
        node = self.node.items.get(name)
        if node is None and required:
            self.problem("", f"`{name}` is missing", f"Add `{name}:`.", code="missing-key")
        return node

    def has(self, name: str) -> bool:
        """Tell whether a key is there."""
        return self.node_of(name, False) is not None

    def text(self, name: str, default: str | None = None) -> str:
        """Return text; required unless there is a default."""
        node = self.node_of(name, default is None)
        if node is None:
            return default or ""
        value = as_text(node, self.problems, f"{self.what}: `{name}`")
        if default is None and not value.strip() and isinstance(node, Scalar) and not node.plain:
            self.problem(name, f"`{name}` is empty", "Write it.", code="empty")
        return value

    def name(self, name: str, pattern: re.Pattern[str] = NAME) -> str:
        """Return a required name: small letters, digits and hyphens (or as ``pattern`` says)."""
        value = self.text(name)
        if value and not pattern.fullmatch(value):
            hint = "Use small letters, digits and single hyphens."
            self.problem(name, f"`{value}` cannot be a name", hint, code="name")
            return ""
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from ``low`` to ``high``."""
        node = self.node_of(name, default is None)
        if node is None:
            return low if default is None else default
        before = len(self.problems.items)
        value = as_whole(node, self.problems, f"{self.what}: `{name}`")
        if len(self.problems.items) == before and not low <= value <= high:
            self.problem(name, f"`{name}` must be from {low} to {high}", code="range")
        return min(max(value, low), high)

    def number(self, name: str, default: str | None = None) -> str:
        """Return a decimal number as it is written."""
        node = self.node_of(name, default is None)
        if node is None:
            return default or "0"
        return as_number(node, self.problems, f"{self.what}: `{name}`")

    def flag(self, name: str) -> bool:
        """Return a truth value, False when the key is missing."""
        node = self.node_of(name, False)
        if node is None:
            return False
        return as_flag(node, self.problems, f"{self.what}: `{name}`")

    def items(self, name: str, required: bool = False) -> list[Node]:
        """Return the nodes of a list."""
        node = self.node_of(name, required)
        if node is None:
            return []
        if not isinstance(node, Seq):
            self.problem(name, f"`{name}` must be a list", "Write `[a, b]`.", code="type")
            return []
        if required and not node.items:
            self.problem(name, f"`{name}` is empty", "It needs at least one.", code="empty")
        return node.items

    def texts(self, name: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        what = f"{self.what}: `{name}`"
        return tuple(as_text(node, self.problems, what) for node in self.items(name, required))

    def names(self, name: str, required: bool = False) -> tuple[str, ...]:
        """Return a list of names; the ones that cannot be names are noted and left out."""
        values = self.texts(name, required)
        for value in values:
            if not NAME.fullmatch(value):
                hint = "Use small letters, digits and single hyphens."
                self.problem(name, f"`{value}` cannot be a name", hint, code="name")
        return tuple(value for value in values if NAME.fullmatch(value))

    def children(self, name: str, what: str, required: bool = False) -> list["Fields"]:
        """Return the mappings of a list; ``what`` names one of them."""
        found = []
        for number, node in enumerate(self.items(name, required), 1):
            child = fields_of(node, self.problems, f"{what} {number}")
            if child is not None:
                found.append(child)
        return found

    def child(self, name: str, required: bool = False) -> "Fields | None":
        """Return the mapping under a key."""
        node = self.node_of(name, required)
        return None if node is None else fields_of(node, self.problems, f"{self.what}: `{name}`")

    def pairs(self, name: str, required: bool = False) -> list[tuple[str, str]]:
        """Return a mapping of free keys to texts."""
        child = self.child(name, required)
        return [] if child is None else list(child.free())

    def free(self) -> Iterator[tuple[str, str]]:
        """Yield every key with its text."""
        for key, node in self.node.items.items():
            self.known.append(key)
            yield key, as_text(node, self.problems, f"{self.what}: `{key}`")

    def done(self) -> None:
        """Note the keys that nobody asked for, with the one that was probably meant."""
        for key in self.node.items:
            if key not in self.known:
                self.problem(key, f"unknown key `{key}`", self._meant(key), code="unknown-key")

    def _meant(self, key: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(key, self.known, 1)
        known = ", ".join(self.known)
        return f"Did you mean `{near[0]}`?" if near else f"Known here: {known}."


def fields_of(node: Node, problems: Problems, what: str) -> Fields | None:
    """Return the fields of a mapping, or None after noting that it is none."""
    if isinstance(node, Map):
        return Fields(node, problems, what)
    problems.add(node.line, f"{what} must be a mapping", "Write `key: value`.", code="type")
    return None
