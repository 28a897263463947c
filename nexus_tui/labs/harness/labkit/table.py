"""How rows and query plans of SQLite are printed, for samples and for labs alike."""

from __future__ import annotations

import sqlite3

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Cell = str | int | float | bytes | None
    PlanRow = tuple[int, int, int, str]
    """id, parent's id, unused, what SQLite does there."""


def cell(value: Cell) -> str:
    """One value as it is printed: NULL, numbers as Python writes them, blobs in hexadecimal."""
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return str(value).replace("\n", "\\n")


def table(header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> str:
    """Header and rows, columns two spaces apart, columns of numbers aligned to the right."""
    shown = [list(header), *([cell(value) for value in row] for row in rows)]
    widths = [max(map(len, column)) for column in zip(*shown, strict=True)]
    numeric = [_numeric([row[at] for row in rows]) for at in range(len(header))]
    return "\n".join(_line(row, widths, numeric) for row in shown)


def _numeric(column: Sequence[Cell]) -> bool:
    known = [value for value in column if value is not None]
    return bool(known) and all(isinstance(value, (int, float)) for value in known)


def _line(row: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    pairs = zip(row, widths, numeric, strict=True)
    cells = (text.rjust(width) if right else text.ljust(width) for text, width, right in pairs)
    return "  ".join(cells).rstrip()


def tree(rows: Iterable[PlanRow]) -> str:
    """The rows of ``EXPLAIN QUERY PLAN`` as a tree under the words ``QUERY PLAN``."""
    below: dict[int, list[tuple[int, str]]] = {}
    for key, parent, _, detail in rows:
        below.setdefault(parent, []).append((key, detail))
    return "\n".join(["QUERY PLAN", *_branches(below, 0, "")])


def _branches(below: dict[int, list[tuple[int, str]]], parent: int, indent: str) -> Iterator[str]:
    nodes = below.get(parent, [])
    for at, (key, detail) in enumerate(nodes, 1):
        last = at == len(nodes)
        yield f"{indent}{'└─ ' if last else '├─ '}{detail}"
        yield from _branches(below, key, indent + ("   " if last else "│  "))


def statements(script: str) -> Iterator[tuple[int, str]]:
    """Each statement of a script with the line it starts on, from 1; comments alone are none."""
    start, text = 0, ""
    for at, line in enumerate(script.splitlines(keepends=True)):
        for piece in _pieces(line):
            if not text.strip() and piece.strip():
                start = at
            text += piece
            if sqlite3.complete_statement(text):
                if bare(text).strip(";"):
                    yield start + 1, text.strip()
                text = ""
    if bare(text):
        yield start + 1, text.strip()


def _pieces(line: str) -> Iterator[str]:
    """A line cut after each semicolon: the places where a statement may end."""
    *ended, rest = line.split(";")
    yield from (piece + ";" for piece in ended)
    yield rest


def bare(statement: str) -> str:
    """The statement without the comments before its first word."""
    text = statement.strip()
    while text.startswith(("--", "/*")):
        end = "\n" if text.startswith("--") else "*/"
        text = text.partition(end)[2].strip()
    return text


def is_plan(statement: str) -> bool:
    """Whether the statement asks for a query plan."""
    return bare(statement).upper().split()[:3] == ["EXPLAIN", "QUERY", "PLAN"]


def run(db: sqlite3.Connection, statement: str) -> str:
    """Execute one statement; its rows printed as a table or tree, or "" when there are none."""
    cursor = db.cursor()
    cursor.row_factory = None
    rows = cursor.execute(statement).fetchall()
    if not rows:
        return ""
    if is_plan(statement):
        return tree(rows)
    return table([column[0] for column in cursor.description], rows)
