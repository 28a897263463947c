"""Helpers for labs on GraphQL: run an operation, and see what it cost and what went wrong.

Takes a schema of Strawberry or of graphql-core. Judge resolvers by the statements they send.
"""

from __future__ import annotations

import asyncio
import logging
import re
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import graphql

from . import Fail
from .clock import _Clock

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Coroutine, Mapping, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")

__all__ = ["Database", "Operation", "Problem", "Statement", "execute", "execute_together", "run"]

SHOWN = 4
"""Statements or errors that a message lists."""


@dataclass(frozen=True)
class Statement:
    """One SQL statement that was sent."""

    sql: str
    """On one line, with ``?`` for its values."""
    rows: int
    """How many rows it gave."""
    values: tuple[Any, ...] = ()


class Database:
    """What resolvers read: a SQLite connection that lists the statements sent through it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.sent: list[Statement] = []

    async def rows(self, sql: str, *values: Any) -> list[dict[str, Any]]:
        """The rows of a query, each as a dict. Others run meanwhile, as with a real driver."""
        await asyncio.sleep(0)
        cursor = self.connection.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        self.sent.append(Statement(" ".join(sql.split()), len(found), values))
        return found


@dataclass(frozen=True)
class Problem:
    """An entry of ``errors``."""

    message: str
    path: tuple[str | int, ...] = ()
    cause: BaseException | None = None
    """What a resolver raised."""

    @property
    def where(self) -> str:
        """The path as one writes it: ``bookings[3].guest``, "" when it has none."""
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in self.path)
        return "".join(steps).removeprefix(".")

    @property
    def told(self) -> str:
        """The message, and of what kind the exception was that a resolver raised."""
        kind = f"{type(self.cause).__name__}: " if self.cause else ""
        return kind + self.message

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.path else self.message


@dataclass(frozen=True)
class Operation:
    """What an operation gave: ``data``, its ``errors``, and the SQL sent meanwhile."""

    data: dict[str, Any] | None
    errors: tuple[Problem, ...] = ()
    sent: tuple[Statement, ...] = field(default=())

    def expect_data(self, said: str, *, at: str = "") -> dict[str, Any]:
        """The data. `Fail` with the first errors and their paths when there are any."""
        if self.errors:
            first = self.errors[0]
            alike = sum(each.told == first.told for each in self.errors)
            words = f"{said}: {first.where}{': ' * bool(first.path)}{first.told}"
            words += f" (and {alike - 1} more like it)" if alike > 1 else ""
            file, line = _place(first.cause)
            raise Fail(words, at="" if line else at, file=file, line=line) from first.cause
        return self.data or {}

    def listing(self) -> str:
        """The statements, those that differ only in their values counted."""
        counts: dict[str, int] = {}
        for statement in self.sent:
            text = re.sub(r"\?(, ?\?)+", "?, …", statement.sql)
            counts[text] = counts.get(text, 0) + 1
        return listed([f"{count} × {sql}" for sql, count in counts.items()])


def _place(error: BaseException | None) -> tuple[str, int]:
    """The last line of the workspace that an exception came through."""
    file, line = "", 0
    trace = error.__traceback__ if error else None
    while trace:
        path = Path(trace.tb_frame.f_code.co_filename)
        if path.parent == Path.cwd():
            file, line = path.name, trace.tb_lineno
        trace = trace.tb_next
    return file, line


def listed(lines: Sequence[str]) -> str:
    """Some lines, the first few of them, joined by semicolons."""
    more = len(lines) - SHOWN
    return "; ".join(lines[:SHOWN]) + (f"; and {more} more" if more > 0 else "")


def execute(
    schema: Any,
    query: str,
    *,
    context: Any = None,
    variables: Mapping[str, Any] | None = None,
    db: Database | None = None,
) -> Operation:
    """Run one operation on a clock where waiting takes no time.

    ``sent`` lists what went through ``db``. `Fail` when nothing could ever wake it.
    """
    return execute_together(schema, [(query, context)], variables=variables, db=db)[0]


def execute_together(
    schema: Any,
    requests: Sequence[tuple[str, Any]],
    *,
    variables: Mapping[str, Any] | None = None,
    db: Database | None = None,
) -> list[Operation]:
    """Run several operations, each with its context, at the same time.

    Each has all that was ``sent`` meanwhile: nobody knows whose a statement is.
    """
    logging.getLogger("strawberry.execution").setLevel(logging.CRITICAL)
    before = len(db.sent) if db else 0

    async def main() -> list[Any]:
        asked = (_run(schema, query, context, variables) for query, context in requests)
        return await asyncio.gather(*asked)

    results = run(main())
    sent = tuple(db.sent[before:]) if db else ()
    return [Operation(each.data, _problems(each.errors), sent) for each in results]


_runners: list[asyncio.Runner] = []


def run(coroutine: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine on the one loop of this process, as a server would all its requests.

    Waiting takes no time. `Fail` when every task waits and nothing could wake one.
    """
    if not _runners:
        loop = asyncio.SelectorEventLoop(_Clock())
        _runners.append(asyncio.Runner(loop_factory=lambda: loop))
    try:
        return _runners[0].run(coroutine)
    except Fail:
        with suppress(Fail):  # what hangs on this loop would hang the next coroutine
            _runners.pop().close()
        raise


async def _run(schema: Any, query: str, context: Any, variables: Any) -> Any:
    if isinstance(schema, graphql.GraphQLSchema):
        return await graphql.graphql(
            schema, query, context_value=context, variable_values=variables
        )
    return await schema.execute(query, variable_values=variables, context_value=context)


def _problems(errors: Sequence[Any] | None) -> tuple[Problem, ...]:
    return tuple(
        Problem(error.message, tuple(error.path or ()), error.original_error)
        for error in errors or ()
    )
