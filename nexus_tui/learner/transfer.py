"""Events from one machine to another: a line of JSON each, joined by id."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nexus_tui.errors import NexusError
from nexus_tui.learner.backups import settle
from nexus_tui.learner.database import Record
from nexus_tui.learner.events import INSERT
from nexus_tui.learner.facts import COLUMNS, problem_of
from nexus_tui.learner.rebuild import replay
from nexus_tui.learner.tables import dump

FORMAT = 1
_FIELDS = tuple(COLUMNS.split(", "))
_SAME = f"SELECT {COLUMNS} FROM event WHERE id = ?"


@dataclass(slots=True)
class Incoming:
    """What an import brings, or would bring."""

    new: int = 0
    known: int = 0
    """Events that are here already."""
    conflicts: int = 0
    """Events that are here with another content: ours stay."""
    refused: list[tuple[int, str]] = field(default_factory=list)
    """Lines that are no events: number and why."""
    kinds: dict[str, int] = field(default_factory=dict)
    """The new ones by kind."""


def export_jsonl(record: Record, target: Path) -> int:
    """Write all events to a file, one a line, in order; give how many. Whole, or not at all."""
    draft = target.with_name(f"{target.name}.part")
    written = 0
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as file:
            file.write(dump({"nexus-tui": "record", "format": FORMAT}) + "\n")
            for row in record.each(f"SELECT {COLUMNS} FROM event ORDER BY id"):
                *values, payload = row
                event = dict(zip(_FIELDS, [*values, json.loads(payload)], strict=True))
                file.write(dump(event) + "\n")
                written += 1
        settle(draft, target)
    except OSError as error:
        raise NexusError(
            f"The record could not be exported to {target} ({error.strerror}).",
            "Choose another folder, or make room.",
        ) from error
    finally:
        draft.unlink(missing_ok=True)
    return written


def preview(record: Record, source: Path) -> Incoming:
    """Say what :func:`import_jsonl` would change, and change nothing."""
    incoming = Incoming()
    seen: set[str] = set()
    for row in _lines(source, incoming):
        found = record.rows(_SAME, (row[0],))
        if _sort(row, found[0] if found else None, incoming, seen):
            seen.add(row[0])
    return incoming


def import_jsonl(record: Record, source: Path) -> Incoming:
    """Join a file's events with ours, by id, and derive everything anew; all of it or nothing."""
    incoming = Incoming()
    with record.write() as db:
        for row in _lines(source, incoming):
            if _sort(row, _here(db, row[0]), incoming, set()):
                db.execute(INSERT, row)
        if incoming.new:
            replay(db)
    return incoming


def _here(db: sqlite3.Connection, id: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = db.execute(_SAME, (id,)).fetchone()
    return row


def _sort(
    row: tuple[Any, ...], here: tuple[Any, ...] | None, incoming: Incoming, seen: set[str]
) -> bool:
    """Count a line; say whether it is new."""
    if here == row or row[0] in seen:
        incoming.known += 1
    elif here:
        incoming.conflicts += 1
    else:
        incoming.new += 1
        incoming.kinds[row[4]] = incoming.kinds.get(row[4], 0) + 1
        return True
    return False


def _lines(source: Path, incoming: Incoming) -> Iterator[tuple[Any, ...]]:
    try:
        with source.open(encoding="utf-8", errors="replace") as file:
            _check_header(file.readline(), source)
            for number, line in enumerate(file, 2):
                row, problem = _row(line)
                if problem:
                    incoming.refused.append((number, problem))
                elif row:
                    yield row
    except OSError as error:
        raise NexusError(f"{source} cannot be read ({error.strerror}).") from error


def _check_header(line: str, source: Path) -> None:
    try:
        header = json.loads(line)
    except ValueError:
        header = None
    if not isinstance(header, dict) or header.get("nexus-tui") != "record":
        raise NexusError(
            f"{source} is no exported record.", "Make one with `nexus-tui export` and try again."
        )
    if header.get("format") != FORMAT:
        raise NexusError(
            f"{source} was exported by a newer nexus-tui.", "Update nexus-tui on this machine."
        )


def _row(line: str) -> tuple[tuple[Any, ...] | None, str]:
    """Read a line: an event's row, or what is wrong with it."""
    if not line.strip():
        return None, ""
    try:
        value = json.loads(line)
        row = (*(value[name] for name in _FIELDS[:-1]), dump(value["payload"]))
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        return None, f"no event: {error!r}"
    return row, problem_of(row)
