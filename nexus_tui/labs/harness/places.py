"""Finds the line of the learner's code that a message should point at."""

from __future__ import annotations

import os
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator
    from types import TracebackType

    Place = dict[str, str | int]
    """``file`` (relative to the workspace), ``line`` from 1 and ``code``; empty for nowhere."""

SUFFIXES = (".py", ".sql", ".graphql", ".yml", ".yaml", ".toml", ".md")


class Sources:
    """The text of the learner's files, read before any of their code can change them."""

    def __init__(self, workspace: str, files: list[str]) -> None:
        self.root = workspace + os.sep
        self.files = files
        self.lines: dict[str, list[str]] = {}
        for name in self._names(workspace):
            text = Path(self.root, name).read_text("utf-8", "replace")
            self.lines[name] = text.splitlines()

    def _names(self, workspace: str) -> Iterator[str]:
        for folder, _, names in os.walk(workspace):
            for name in names:
                path = str(Path(folder, name).relative_to(self.root))
                if name.endswith(SUFFIXES) or path.replace(os.sep, "/") in self.files:
                    yield path

    def place(self, name: str, line: int) -> Place:
        """A line of a file, with its text."""
        lines = self.lines.get(name, [])
        code = lines[line - 1].strip() if 0 < line <= len(lines) else ""
        return {"file": name.replace(os.sep, "/"), "line": line, "code": code}

    def of_path(self, path: str, line: int) -> Place:
        """A line of a file given by its path; nowhere when it is outside the workspace."""
        name = path.removeprefix(self.root)
        return self.place(name, line) if name in self.lines else {}

    def of_traceback(self, trace: TracebackType | None) -> Place:
        """The innermost frame in a file the learner edits, else in the workspace."""
        inside = []
        while trace:
            place = self.of_path(trace.tb_frame.f_code.co_filename, trace.tb_lineno)
            inside += [place] if place else []
            trace = trace.tb_next
        own = [place for place in inside if place["file"] in self.files]
        return (own or inside or [{}])[-1]

    def of_syntax(self, error: SyntaxError) -> Place:
        """Where Python could not read on."""
        return self.of_path(error.filename or "", error.lineno or 0)

    def of_name(self, name: str) -> Place:
        """Where a function or class of that name is defined, the learner's files first."""
        import ast  # only once a check has failed

        wanted = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        for file in sorted(self.lines, key=lambda file: file not in self.files):
            for node in ast.walk(self._tree(file)):
                if isinstance(node, wanted) and node.name == name:
                    return self.place(file, node.lineno)
        return {}

    def _tree(self, file: str) -> ast.AST:
        import ast

        try:
            return ast.parse("\n".join(self.lines[file]) if file.endswith(".py") else "")
        except (SyntaxError, ValueError):
            return ast.Module([], [])
