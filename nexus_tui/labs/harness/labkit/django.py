"""Django inside a run: set up on SQLite, its queries recorded with the learner's line.

One run has one Django: `start` may be called once. Judge by queries and rows, never by time.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass

import django as framework  # type: ignore[import-untyped,unused-ignore]
from django.conf import settings  # type: ignore[import-untyped,unused-ignore]
from django.core.management import call_command  # type: ignore[import-untyped,unused-ignore]
from django.db import connection  # type: ignore[import-untyped,unused-ignore]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType, TracebackType
    from typing import Any

    Row = tuple[Any, ...]

SHOWN = 160
"""Characters of a query that are shown."""
SQLITE = "django.db.backends.sqlite3"
WAIT = 5
"""Seconds a connection waits for another one's lock."""


def start(
    lab: Any, *apps: str, urls: str = "urls", database: str = ":memory:", **more: Any
) -> None:
    """Set up Django with these apps, which lie in the workspace, and make their tables.

    ``database`` is the name of a file where more than one thread needs it. ``more`` are settings
    that replace or join those here.
    """
    # Django reports 4xx and 5xx on standard error; checks tell their own story.
    logging.getLogger("django").addHandler(logging.NullHandler())
    name = database if database == ":memory:" else str(lab.path(database))
    options = {"timeout": WAIT, "init_command": "PRAGMA synchronous = OFF"}
    settings.configure(
        **{
            "ALLOWED_HOSTS": ["testserver", "127.0.0.1"],
            "DATABASES": {"default": {"ENGINE": SQLITE, "NAME": name, "OPTIONS": options}},
            "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
            "INSTALLED_APPS": list(apps),
            "LOGGING_CONFIG": None,
            "MIDDLEWARE": [],
            "ROOT_URLCONF": urls,
            "SECRET_KEY": f"of this run: {lab.seed}",
            "TIME_ZONE": "UTC",
            "USE_TZ": True,
            **more,
        }
    )
    framework.setup()
    call_command("migrate", run_syncdb=True, verbosity=0)


@dataclass(frozen=True, slots=True)
class Query:
    """A statement that was sent. ``file`` and ``line`` are the learner's, "" and 0 if nobody's."""

    sql: str
    values: Sequence[Any]
    file: str
    line: int

    @property
    def raw(self) -> str:
        """The statement as `sqlite3` takes it, with a question mark for each of ``values``."""
        return self.sql % (("?",) * len(self.values)) if self.values else self.sql

    def __str__(self) -> str:
        text = self.sql % tuple(map(repr, self.values)) if self.values else self.sql
        text = text.replace('"', "")
        return text if len(text) <= SHOWN else f"{text[: SHOWN // 2]} … {text[-SHOWN // 2 :]}"


class Queries(list[Query]):
    """The statements of one thread or of several, in order, and how many rows they gave."""

    def __init__(self, root: str) -> None:
        super().__init__()
        self.root, self.rows = root, 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, values: Any, many: bool, context: Any
    ) -> Any:
        """An execute wrapper of Django's: keeps the statement, and lets it go on."""
        self.append(Query(sql, () if many else values or (), *here(self.root)))
        return execute(sql, values, many, context)

    def row(self, _cursor: object, row: Row) -> Row:
        """A row factory of SQLite's: counts the row."""
        self.rows += 1
        return row

    def on(self, table: str) -> Queries:
        """Those that read or write a table."""
        found = Queries(self.root)
        found.extend(query for query in self if f'"{table}"' in query.sql)
        return found

    def repeated(self) -> tuple[Query | None, int]:
        """The query that one line sent most often, with its last values, and how often."""
        if not self:
            return None, 0
        last = {(query.sql, query.file, query.line): query for query in self}
        times = Counter((query.sql, query.file, query.line) for query in self)
        key, count = times.most_common(1)[0]
        return last[key], count


@contextmanager
def record(lab: Any) -> Iterator[Queries]:
    """Record what this thread asks the database."""
    queries = Queries(root(lab))
    connection.ensure_connection()
    database = connection.connection
    database.row_factory = queries.row
    try:
        with connection.execute_wrapper(queries):
            yield queries
    finally:
        database.row_factory = None


def root(lab: Any) -> str:
    """The workspace as the beginning of the paths of its files."""
    return str(lab.path("_")).removesuffix("_")


def here(root: str, frame: FrameType | None = None) -> tuple[str, int]:
    """File and line of the innermost call in the workspace, of this thread or up from a frame."""
    frame = frame or sys._getframe(1)
    while frame:
        if frame.f_code.co_filename.startswith(root):
            return frame.f_code.co_filename.removeprefix(root), frame.f_lineno
        frame = frame.f_back
    return "", 0


def raised(trace: TracebackType | None, root: str) -> tuple[str, int]:
    """File and line of the innermost call in the workspace that an exception came through."""
    found = ("", 0)
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(root):
            found = name.removeprefix(root), trace.tb_lineno
        trace = trace.tb_next
    return found
