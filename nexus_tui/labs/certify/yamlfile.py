"""Small changes to YAML: keys, items, truth values, numbers, commands, expressions, other texts.

Meant for workflows and Compose files, where a text is a command, an expression or a name.
"""

import re
from collections.abc import Iterator

import yaml

from nexus_tui.labs.certify.edit import Edit

NAMES = ("name", "run-name", "id", "group", "concurrency", "description", "container_name")
"""Keys whose text is a name that nothing refers to: another one means the same."""
COMMANDS = ("run", "command", "entrypoint", "test")
EXPRESSIONS = ("if", "cancel-in-progress", "continue-on-error")
"""Keys whose text is an expression even outside of ``${{ }}``."""
FLIPPED = {"true": "false", "false": "true"}
SIGNS = {"==": "!=", "!=": "==", "&&": "||", "||": "&&"}
INTEGER = re.compile(r"\d+")


def valid(text: str) -> bool:
    """Whether it is YAML, with a mapping at the top."""
    try:
        return isinstance(yaml.compose(text, yaml.SafeLoader), yaml.MappingNode)
    except yaml.YAMLError:
        return False


def edits(text: str) -> Iterator[Edit]:
    """All changes to a YAML file."""
    root = yaml.compose(text, yaml.SafeLoader)
    if root:
        yield from _node(text, root, "")


def _node(text: str, node: yaml.Node, key: str) -> Iterator[Edit]:
    """Changes within a value; ``key`` is the one it belongs to."""
    if isinstance(node, yaml.MappingNode):
        yield from _mapping(text, node)
    elif isinstance(node, yaml.SequenceNode):
        yield from _sequence(text, node, key)
    elif isinstance(node, yaml.ScalarNode) and key not in NAMES:
        yield from _scalar(text, node, key)


def _mapping(text: str, node: yaml.MappingNode) -> Iterator[Edit]:
    """Each key left out, but for names; then what is in its value."""
    for key, value in node.value:
        if key.value not in NAMES or key.value == "concurrency":
            yield _without(text, node, key, value)
        yield from _node(text, value, key.value)


def _sequence(text: str, node: yaml.SequenceNode, key: str) -> Iterator[Edit]:
    """Each item left out; those of a command's list are words, and no commands themselves."""
    key = "" if key in COMMANDS else key
    for item in node.value:
        yield _without(text, node, item, item)
        yield from _node(text, item, key)


def _without(text: str, parent: yaml.CollectionNode, first: yaml.Node, last: yaml.Node) -> Edit:
    """Leave out what reaches from ``first`` to the end of ``last``."""
    start, end = first.start_mark.index, last.end_mark.index
    if parent.flow_style:
        return _from_flow(text, start, end)
    if len(parent.value) == 1:
        empty = "{}" if isinstance(parent, yaml.MappingNode) else "[]"
        begin = parent.start_mark.index
        return Edit(begin, _content_end(text, begin, end), empty)
    return _from_block(text, parent, start, _content_end(text, start, end))


def _content_end(text: str, start: int, end: int) -> int:
    """The end of a block without the blank lines and comments after it."""
    lines = text[start:end].splitlines(keepends=True)
    while len(lines) > 1 and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return start + len("".join(lines).rstrip())


def _from_flow(text: str, start: int, end: int) -> Edit:
    """An element of ``[a, b]`` with the comma after it, or before the last one."""
    after = re.match(r"\s*,\s*", text[end:])
    if after:
        return Edit(start, end + after.end(), "")
    before = re.search(r",\s*$", text[:start])
    return Edit(before.start() if before else start, end, "")


def _from_block(text: str, parent: yaml.Node, start: int, end: int) -> Edit:
    """An entry with its line. The first of a mapping in a list leaves its dash to the next."""
    line = text.rfind("\n", 0, start) + 1
    lead = text[line:start]
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop + 1
    if isinstance(parent, yaml.MappingNode) and "-" in lead:
        indent = re.match(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*", text[stop:])
        return Edit(start, stop + (indent.end() if indent else 0), "")
    return Edit(line, stop, "")


def _scalar(text: str, node: yaml.ScalarNode, key: str) -> Iterator[Edit]:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        yield from _block(text, node)
    elif node.style is None and node.value.lower() in FLIPPED:
        yield Edit(start, end, FLIPPED[node.value.lower()])
    elif node.style is None and INTEGER.fullmatch(node.value):
        yield Edit(start, end, "0" if int(node.value) else "1")
    elif node.value:
        inside = (start + 1, end - 1) if node.style else (start, end)
        yield from _line(text, *inside, key)


def _block(text: str, node: yaml.ScalarNode) -> Iterator[Edit]:
    """Each line of a block: left out, and changed like a command of its own."""
    first = text.find("\n", node.start_mark.index) + 1
    for found in re.finditer(r"[ \t]*(\S[^\n]*)\n?", text[first : node.end_mark.index]):
        yield Edit(first + found.start(), first + found.end(), "")
        yield from _command(text, first + found.start(1), first + found.end(1))


def _line(text: str, start: int, end: int, key: str) -> Iterator[Edit]:
    inner = text[start:end]
    if key in EXPRESSIONS or "${{" in inner:
        yield from _expression(text, start, end)
    if key in COMMANDS:
        yield from _command(text, start, end)
    elif key not in EXPRESSIONS and "${{" not in inner:
        yield Edit(end, end, "~")


def _command(text: str, start: int, end: int) -> Iterator[Edit]:
    """A command whose failure does not count, and one with a word too few."""
    yield Edit(end, end, " || true")
    words = list(re.finditer(r"\S+\s*", text[start:end]))
    for word in words if len(words) > 1 else ():
        yield Edit(start + word.start(), start + word.end(), "")


def _expression(text: str, start: int, end: int) -> Iterator[Edit]:
    """Operators turned into their opposites, and the texts compared with changed."""
    for found in re.finditer(r"==|!=|&&|\|\||'[^']*'", text[start:end]):
        if found[0] in SIGNS:
            yield Edit(start + found.start(), start + found.end(), SIGNS[found[0]])
        else:
            yield Edit(start + found.end() - 1, start + found.end() - 1, "~")
