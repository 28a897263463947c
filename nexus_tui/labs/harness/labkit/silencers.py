"""Finds what keeps a linter or a type checker quiet instead of content."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from .lintremark import Remark

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

COMMENT = re.compile(
    r"#\s*(?P<words>noqa|ruff\s*:|flake8\s*:|type:\s*ignore|mypy\s*:|pyright\s*:|fmt\s*:|"
    r"isort\s*:|pylint\s*:|nosec)",
    re.IGNORECASE,
)
NAMES = {
    "Any": "`Any` fits everything, so nothing is checked where it goes",
    "cast": "`cast` is believed without a look at the value",
    "no_type_check": "`no_type_check` takes the function out of the check",
    "TYPE_CHECKING": "`TYPE_CHECKING` shows mypy other code than Python runs",
    "MYPY": "`MYPY` shows mypy other code than Python runs",
}
DYNAMIC = ("eval", "exec", "getattr", "setattr", "globals", "locals", "vars", "__import__")
"""Functions that go round the types."""


def silencers(text: str) -> list[Remark]:
    """Comments, names and calls that silence, in the order of lines. Unreadable text has none."""
    try:
        found = [*_comments(text), *_names(ast.parse(text))]
    except (SyntaxError, ValueError, tokenize.TokenError):
        return []
    return sorted(found, key=lambda remark: remark.line)


def _comments(text: str) -> Iterator[Remark]:
    """Only real comments: the words may stand in a string."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT and (found := COMMENT.search(token.string)):
            words = f"`{token.string[found.start() :][:40]}` hides a finding and mends nothing"
            yield Remark(found["words"].lower(), words, token.start[0])


def _names(tree: ast.AST) -> Iterator[Remark]:
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for name in _used(node):
            if name in NAMES:
                yield Remark(name, NAMES[name], line)
        if isinstance(node, ast.Call) and _name(node.func) in DYNAMIC:
            called = _name(node.func)
            yield Remark(called, f"`{called}()` goes round the types, so nothing is checked", line)


def _used(node: ast.AST) -> list[str]:
    """The names a node stands for: used, imported under any name, written in an annotation."""
    if isinstance(node, ast.ImportFrom):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.findall(r"\bAny\b", node.value) if _looks_typed(node.value) else []
    return [_name(node)]


def _looks_typed(text: str) -> bool:
    """Whether a string could be an annotation: names, dots, brackets and bars alone."""
    return bool(re.fullmatch(r"[\w.\[\], |]+", text)) and not re.search(r"\w \w", text)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
