"""A Python text and its tree, with places in characters instead of lines and bytes."""

import ast
from collections.abc import Iterator

from nexus_tui.labs.certify.edit import Edit


class Source:
    """A text and its tree, with places in characters."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tree = ast.parse(text)
        self._starts = [0]
        self._lines = text.splitlines(keepends=True)
        for line in self._lines:
            self._starts.append(self._starts[-1] + len(line))
        self._left_alone = self._annotations()

    def nodes(self) -> Iterator[ast.AST]:
        """The nodes worth changing."""
        waiting: list[ast.AST] = [self.tree]
        while waiting:
            node = waiting.pop()
            if id(node) not in self._left_alone:
                yield node
                waiting.extend(ast.iter_child_nodes(node))

    def _annotations(self) -> set[int]:
        """Nodes that no check should look at: annotations, docstrings, texts of messages."""
        alone = set()
        for node in ast.walk(self.tree):
            for field in ("annotation", "returns"):
                if child := getattr(node, field, None):
                    alone.add(id(child))
            if isinstance(node, (ast.Import, ast.ImportFrom, ast.JoinedStr)) or _is_docstring(node):
                alone.add(id(node))
        return alone

    def at(self, line: int, column: int) -> int:
        """Characters before a place given as ast gives it: line from 1, column in bytes."""
        before = self._lines[line - 1].encode()[:column].decode()
        return self._starts[line - 1] + len(before)

    def span(self, node: ast.expr | ast.stmt) -> tuple[int, int]:
        """Where a node begins and ends."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.at(node.lineno, node.col_offset)
        return start, self.at(node.end_lineno, node.end_col_offset)

    def code(self, node: ast.expr | ast.stmt) -> str:
        """The text of a node."""
        start, end = self.span(node)
        return self.text[start:end]

    def put(self, node: ast.expr | ast.stmt, new: str) -> Edit:
        """Replace a node."""
        return Edit(*self.span(node), new)

    def between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> Edit | None:
        """Replace the operator that stands between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        found = self.text.find(old, start, end)
        return Edit(found, found + len(old), new) if found >= 0 else None


def _is_docstring(node: ast.AST) -> bool:
    """A string that stands alone as a statement."""
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Constant):
        return False
    return isinstance(node.value.value, (str, type(...)))
