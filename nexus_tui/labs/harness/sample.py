# ruff: noqa: PTH109, PTH119, PTH123
"""Runs one sample: the request comes on stdin, what the sample prints goes to stdout.

The request is a ``marshal`` of ``{language, source, setup, paths, seconds}``. Few modules are
imported here on purpose: a sample should start as fast as Python itself does.
"""

from __future__ import annotations

import marshal
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAME = "sample.py"
DATA, FILE = 1 << 30, 64 << 20
"""Bytes of memory, bytes of one file, that a sample may take."""


class Source:
    """Loader that knows a sample's text, for tracebacks and ``inspect``."""

    def __init__(self, text: str) -> None:
        self.text = text

    def get_source(self, name: str) -> str:
        """The text, whatever the module is called."""
        return self.text


def receive() -> dict[str, Any]:
    """The request; afterwards standard input is empty for good."""
    with open(0, "rb", closefd=False) as pipe:
        request: dict[str, Any] = marshal.loads(pipe.read())
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)
    return request


def limit(seconds: float) -> None:
    """Let the system stop a sample that its parent can no longer stop."""
    if sys.platform == "win32":
        return
    import resource
    import signal

    wanted = {"DATA": DATA, "FSIZE": FILE, "CORE": 0, "CPU": int(seconds) + 2}
    for name, value in wanted.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        except (ValueError, OSError):
            continue
    signal.alarm(int(seconds) + 3)


def namespace(request: dict[str, Any]) -> dict[str, Any]:
    """The module a sample runs in, after its setup has run there."""
    module = type(sys)("__main__")
    names = module.__dict__
    names["__file__"] = NAME
    names["__loader__"] = Source(request["source"])
    sys.modules["__main__"] = sys.modules["setup"] = module
    if request["setup"]:
        with open(request["setup"], encoding="utf-8") as file:
            code = compile(file.read(), request["setup"], "exec")
        names["__name__"] = "setup"
        exec(code, names)
        names["__name__"] = "__main__"
    return names


def run_python(source: str, names: dict[str, Any]) -> None:
    """Execute Python text in the namespace."""
    exec(compile(source, NAME, "exec"), names)


def run_sql(source: str, names: dict[str, Any]) -> None:
    """Execute SQL on the namespace's ``db``, or on an empty database, and print what it returns."""
    import sqlite3

    from .labkit import table

    db: sqlite3.Connection = names.get("db") or sqlite3.connect(":memory:")
    db.commit()
    db.isolation_level = None
    first = True
    for _, statement in table.statements(source):
        text = table.run(db, statement)
        if text:
            print(text if first else "\n" + text)
            first = False


def last_line(error: BaseException, setup: str) -> str:
    """What Python would print of an exception at the very end of a traceback.

    One that the setup raised while it ran is the author's: it says where.
    """
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    if setup and not any(frame.filename == NAME for frame in frames):
        at = [frame.lineno for frame in frames if frame.filename == setup]
        where = f"{os.path.basename(setup)}, line {at[-1]}: " if at else ""
    else:
        where = ""
    lines = traceback.format_exception_only(error)
    return where + (lines[-1] if isinstance(error, SyntaxError) else "".join(lines))


def leave(error: SystemExit) -> int:
    """Exit code of a sample that ended itself; a text it left with is printed."""
    if isinstance(error.code, str):
        print(error.code)
        return 1
    return int(error.code or 0)


def run(request: dict[str, Any]) -> int:
    """Run the sample; 0 when it ended well, 1 when an exception reached the end."""
    try:
        names = namespace(request)
        (run_sql if request["language"] == "sql" else run_python)(request["source"], names)
    except SystemExit as error:
        return leave(error)
    except BaseException as error:
        sys.stdout.write(last_line(error, request["setup"]))
        return 1
    return 0


def main() -> None:
    """Read the request, run the sample, end."""
    request = receive()
    limit(request["seconds"])
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    sys.argv = [NAME]
    sys.path[:0] = [os.getcwd(), *request["paths"]]
    sys.exit(run(request))
