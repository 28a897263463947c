"""Small changes to SQL: constants, operators, order, columns, constraints, clauses, statements."""

import contextlib
import sqlite3
from collections.abc import Iterator
from itertools import pairwise

from nexus_tui.labs.certify.edit import Edit
from nexus_tui.labs.certify.script import ENDS, Script
from nexus_tui.labs.harness.labkit.table import statements

SIGNS = {
    "=": ("<>",),
    "==": ("<>",),
    "<>": ("=",),
    "!=": ("=",),
    "<": ("<=", ">="),
    "<=": ("<", ">"),
    ">": (">=", "<="),
    ">=": (">", "<"),
    "+": ("-",),
    "-": ("+",),
    "/": ("*",),
}
WORDS = {"and": "OR", "or": "AND", "desc": "ASC", "asc": "DESC", "min": "max", "max": "min"}
DROPPED = (
    ("unique",),
    ("not", "null"),
    ("check", "()"),
    ("foreign", "key", "()", "references", "", "()"),
    ("references", "", "()"),
    ("references", ""),
    ("primary", "key"),
    ("on", "delete", "set", "null"),
    ("on", "delete", ""),
    ("default", ""),
    ("distinct",),
    ("without", "rowid"),
    ("not",),
    ("left",),
    ("all",),
)
"""Clauses that can be left out: "" is any one token, "()" a parenthesis with all in it."""
CLAUSES = ("where", "having", "limit")
KEYS = ("unique", "key")
LISTS = (("order", "by"), ("group", "by"), ("partition", "by"), ("select",))


def valid(text: str) -> bool:
    """Whether SQLite can read each statement. That tables are missing here is no matter."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        return not any(_unreadable(db, statement) for _, statement in statements(text))


def _unreadable(db: sqlite3.Connection, statement: str) -> bool:
    try:
        db.execute(f"EXPLAIN {statement}")
    except sqlite3.Error as error:
        return "syntax error" in str(error) or "incomplete input" in str(error)
    return False


def edits(text: str) -> Iterator[Edit]:
    """All changes to an SQL script."""
    script = Script(text)
    for at in range(len(script.tokens)):
        yield from _constants(script, at)
        yield from _operators(script, at)
        yield from _clauses(script, at)
        yield from _lists(script, at)
    yield from _statements(script)


def _constants(script: Script, at: int) -> Iterator[Edit]:
    token = script.tokens[at]
    if token.kind == "number":
        value = float(token.low) if "." in token.low else int(token.low)
        yield script.put(at, at, str(value + 1))
        yield script.put(at, at, str(value - 1))
    elif token.kind == "string":
        yield Edit(token.end - 1, token.end - 1, "~")


def _operators(script: Script, at: int) -> Iterator[Edit]:
    token = script.tokens[at]
    if token.kind == "sign" and script.low(at - 2) != "set":
        for new in SIGNS.get(token.low, ()):
            yield script.put(at, at, new)
    elif token.kind == "word" and token.low in WORDS and not _between(script, at):
        yield script.put(at, at, WORDS[token.low])


def _between(script: Script, at: int) -> bool:
    """Whether this AND belongs to a BETWEEN."""
    return script.low(at) == "and" and "between" in [script.low(at - back) for back in (2, 3, 4)]


def _clauses(script: Script, at: int) -> Iterator[Edit]:
    for pattern in DROPPED:
        last = _match(script, at, pattern)
        if last is not None and not _part_of_more(script, at):
            yield _dropped(script, at, last)
            break
    if script.low(at) in CLAUSES:
        yield script.put(at, script.clause_end(at) - 1, "")


def _dropped(script: Script, first: int, last: int) -> Edit:
    """The clause left out, with what belongs to it: an action, a list of columns, a comma."""
    if "references" in (script.low(first), script.low(first + 3), script.low(last - 4)):
        while script.low(last + 1) == "on":
            last += 4 if script.low(last + 3) == "set" else 3
    alone = script.low(first - 1) in (",", "(")
    if alone and script.low(last + 1) == "(":
        last = script.closing(last + 1)
    if alone and script.low(first - 1) == ",":
        first -= 1
    return script.put(first, last, "")


def _match(script: Script, at: int, pattern: tuple[str, ...]) -> int | None:
    """Index of the last token of a pattern that stands here; None when it does not."""
    for word in pattern:
        here = script.low(at)
        if not here or (word == "()" and here != "(") or (word not in ("", "()", here)):
            return None
        at = (script.closing(at) if here == "(" else at) + 1
    return at - 1


def _part_of_more(script: Script, at: int) -> bool:
    """Words that belong to the one before, such as NOT in IS NOT NULL."""
    before = script.low(at - 1)
    pairs = {("if", "not"), ("is", "not")}
    return (before, script.low(at)) in pairs


def _lists(script: Script, at: int) -> Iterator[Edit]:
    """Drop and swap the elements of a list: of columns, of an order, of what is selected."""
    first = stop = 0
    for words in LISTS:
        last = _match(script, at, words)
        if last is not None:
            first, stop = last + 1, _list_end(script, last + 1)
    if script.low(at) == "(" and _holds_columns(script, at):
        first, stop = at + 1, script.closing(at)
    elements = script.elements(first, stop)
    yield from _shorter(script, elements)
    for left, right in pairwise(elements if _order_matters(script, at) else []):
        gap = script.text[script.tokens[left[1]].end : script.tokens[right[0]].start]
        yield script.put(left[0], right[1], script.slice(right) + gap + script.slice(left))
    if script.low(at) == "order":
        yield from _reversed(script, elements)


def _order_matters(script: Script, at: int) -> bool:
    """Not in GROUP BY, nor in the list of a constraint: there it means the same either way."""
    return script.low(at) not in ("group", "partition") and script.low(at - 1) not in KEYS


def _list_end(script: Script, at: int) -> int:
    ends = (*ENDS, "from", "where", "rows", "range", "")
    while script.low(at) not in ends:
        at = (script.closing(at) if script.low(at) == "(" else at) + 1
    return at


def _holds_columns(script: Script, at: int) -> bool:
    """Whether the parenthesis here is the list of an index or of a key."""
    before = [script.low(at - back) for back in range(1, 7)]
    return before[0] in KEYS or ("on" in before[:3] and "index" in before)


def _shorter(script: Script, elements: list[tuple[int, int]]) -> Iterator[Edit]:
    if len(elements) < 2:
        return
    for number, (first, last) in enumerate(elements):
        if number:
            yield script.put(elements[number - 1][1] + 1, last, "")
        else:
            yield script.put(first, elements[1][0] - 1, "")


def _reversed(script: Script, elements: list[tuple[int, int]]) -> Iterator[Edit]:
    """Each term of an ORDER BY the other way round."""
    for _, last in elements:
        if script.low(last) not in ("asc", "desc"):
            end = script.tokens[last].end
            yield Edit(end, end, " DESC")


def _statements(script: Script) -> Iterator[Edit]:
    """Leave out each statement. Semicolons inside BEGIN … END of a trigger are not ends."""
    begin = depth = 0
    for at, token in enumerate(script.tokens):
        depth += {"case": 1, "end": -1}.get(token.low, 0)
        depth += token.low == "begin" and script.low(at + 1) != ";"
        if token.low == ";" and depth <= 0:
            yield script.put(begin, at, "")
            begin, depth = at + 1, 0
