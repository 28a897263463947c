"""YAML as a tree of plain text with line numbers.

Nothing is converted here: ``yes`` stays the three letters. Who reads a field says what it must be
(:mod:`nexus_tui.course.fields`), and so can refuse what YAML would silently have changed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from nexus_tui.course.files import control_in, note_control
from nexus_tui.course.problems import Problems

DEEPEST = 16
"""Levels of nesting that a course file may have."""


@dataclass(slots=True)
class Scalar:
    """A single value as written; ``plain`` ones carry no quotes."""

    line: int
    value: str
    plain: bool = False
    cut: bool = False
    """A comment follows on the same line, so text may have been cut at its ``#``."""


@dataclass(slots=True)
class Seq:
    """A list."""

    line: int
    items: list["Node"] = field(default_factory=list)


@dataclass(slots=True)
class Map:
    """A mapping; keys are plain text."""

    line: int
    items: dict[str, "Node"] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    """Line of each key."""


Node: TypeAlias = Scalar | Seq | Map

_HINTS = (
    ("mapping values are not allowed", "Text that holds a colon and a space needs quotes."),
    ("cannot start any token", "Text that begins with ` @ % or a tab needs quotes."),
    ("could not find expected ':'", "A key needs a colon and a space: `title: Text`."),
    ("expected <block end>", "Look at the indentation, and at quotes inside quotes."),
    ("expected ',' or", "Look at the commas and quotes of the line, and for a missing bracket."),
    ("alphabetic or numeric character", "Text that begins with * or & needs quotes."),
    ("unexpected end of stream", "A quote or bracket is not closed."),
    ("unknown escape", 'Inside "…" write \\\\ for a backslash, or use single quotes.'),
)


def read_yaml(text: str, problems: Problems, first_line: int = 1) -> Node | None:
    """Return the tree of ``text``, whose first line is ``first_line`` of its file.

    None after noting why not. Never slow or deep, whatever the text is.
    """
    tab = text.find("\t")
    if tab >= 0:
        line = text.count("\n", 0, tab) + first_line
        problems.add(line, "There is a tab", "Use spaces.", code="yaml-tab")
        return None
    return _Builder(text, problems, first_line).build()


class _Builder:
    """Turns the parser's events into nodes, without recursion and without expanding aliases."""

    def __init__(self, text: str, problems: Problems, first_line: int) -> None:
        self.text = text
        self.rows = text.split("\n")
        self.problems = problems
        self.shift = first_line
        self.root: Node | None = None
        self.stack: list[Seq | Map] = []
        self.keys: list[Scalar | None] = []

    def build(self) -> Node | None:
        import yaml

        before = len(self.problems.errors)
        try:
            for event in self._events():
                if not self._take(event):
                    break
        except yaml.YAMLError as error:
            self._syntax(error)
        return self.root if len(self.problems.errors) == before else None

    def _events(self) -> Iterator[Any]:
        import yaml

        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        yield from yaml.parse(self.text, Loader=loader)

    def _take(self, event: Any) -> bool:
        """Work in one event; False when going on makes no sense."""
        line = event.start_mark.line + self.shift
        name = type(event).__name__
        self._refuse(event, name, line)
        if name == "ScalarEvent":
            self._place(self._scalar(event, line))
        elif name == "AliasEvent":
            self._place(Scalar(line, ""))
        elif name in ("SequenceStartEvent", "MappingStartEvent"):
            return self._open(Seq(line) if name[0] == "S" else Map(line))
        elif name in ("SequenceEndEvent", "MappingEndEvent"):
            self._close()
        return True

    def _refuse(self, event: Any, name: str, line: int) -> None:
        if name == "AliasEvent" or getattr(event, "anchor", None):
            hint = "Write the value out; text that begins with * or & needs quotes."
            self.problems.add(
                line, "Anchors and aliases are not used here", hint, code="yaml-alias"
            )
        if getattr(event, "tag", None):
            hint = "Leave it out; text that begins with ! needs quotes."
            self.problems.add(line, f"The tag {event.tag} is not used here", hint, code="yaml-tag")
        if name == "DocumentStartEvent" and self.root is not None:
            self.problems.add(line, "A second document begins", "Keep one a file.", code="yaml")

    def _scalar(self, event: Any, line: int) -> Scalar:
        plain = not event.style
        # "\x1b" in double quotes is written with harmless characters, and is none.
        if sign := control_in(event.value):
            note_control(sign, line, self.problems)
        end = event.end_mark
        rest = self.rows[end.line][end.column :] if plain and end.line < len(self.rows) else ""
        return Scalar(line, event.value, plain, rest.lstrip().startswith("#"))

    def _open(self, node: Seq | Map) -> bool:
        self._place(node)
        self.stack.append(node)
        self.keys.append(None)
        if len(self.stack) > DEEPEST:
            self.problems.add(node.line, "The nesting is too deep", "Flatten it.", code="yaml-deep")
            return False
        return True

    def _close(self) -> None:
        self.stack.pop()
        self.keys.pop()

    def _place(self, node: Node) -> None:
        """Put a finished or just opened node where it belongs."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top, Seq):
            top.items.append(node)
        elif (key := self.keys[-1]) is None:
            self.keys[-1] = self._key(node)
        else:
            self.keys[-1] = None
            self._enter(top, key, node)

    def _key(self, node: Node) -> Scalar:
        if isinstance(node, Scalar):
            return node
        self.problems.add(node.line, "A key must be text", "Write `key: value`.", code="yaml-key")
        return Scalar(node.line, "?")

    def _enter(self, top: Map, key: Scalar, node: Node) -> None:
        if key.value in top.items:
            first = top.lines[key.value]
            message = f"The key `{key.value}` stands twice (first in line {first})"
            self.problems.add(key.line, message, "Keep one.", code="yaml-duplicate")
        top.items[key.value] = node
        top.lines[key.value] = key.line

    def _syntax(self, error: Any) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = (mark.line if mark else 0) + self.shift
        said = str(getattr(error, "problem", "") or error).split("\n")[0]
        hint = next((hint for part, hint in _HINTS if part in said), "Look at quotes and indents.")
        self.problems.add(line, f"This is not YAML: {said}", hint, code="yaml")
