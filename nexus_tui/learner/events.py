"""The append-only record: the only writer.

Payloads by kind (``subject`` in brackets; values that are missing count as empty):

- ``answer`` [question]: ``chosen`` list of option ids, ``text`` typed, ``unknown`` said "I don't
  know", ``right``, ``share`` 0 to 1, ``confidence`` guess | think | sure | "", ``hint`` was opened,
  ``ms``, ``context`` lesson | challenge | review | test-out, ``fsrs`` the memory's parameters,
  ``explained`` the line written before the options were shown, when one was; ``hard`` a test-out
  asked it as one of its harder ones
- ``section_read`` [lesson]: ``section`` its number, from 0
- ``position`` [lesson]: ``section``, ``scroll`` in lines
- ``lesson_done`` [lesson]: nothing
- ``lab_run`` [lab]: ``checks`` status by id, ``passed`` all of them, ``hints`` opened, ``hinted``
  those of each check, ``ms``, ``variant`` the engine, ``measures`` lists of name, value and unit,
  ``files`` the id of the ``lab_save`` of each file that ran, ``first`` the id of the lab's first
  run; ``form`` what the files began as: blank | worked (blank, the model solution read before) |
  gaps | order, "" counts as blank, and only a run in this form can pass the lab; ``eased`` the
  other forms that passed up to now; ``gave_up`` the model solution was seen before the lab
  passed. Without ``checks`` nothing ran: that is when one gave up, and ``last`` is the id of the
  run before it
- ``lab_save`` [lab]: ``file``, ``text``; ``why`` reset | restore | outside | left, "" when typed;
  ``form`` as in ``lab_run``
- ``note`` [any id]: ``text``; the last one stands, "" removes it
- ``bookmark`` [any id]: ``on``
- ``setting`` [name]: ``value``
- ``known`` [lesson]: ``on``, ``answers`` ids of the events of a test-out that show it; with ``on``
  false the mark is taken back
- ``undo`` [question]: ``event`` the id of the answer that is taken back
- ``bury`` [question]: ``on``; from now to the end of the learner's day it is not asked
- ``flag`` [question]: ``on``, ``text`` why it is worth another look, or ""
"""

from typing import Any, Literal, NamedTuple

from nexus_tui.errors import NexusError
from nexus_tui.learner.database import Record
from nexus_tui.learner.facts import COLUMNS, KINDS, Event, write_time
from nexus_tui.learner.facts import read_event as _read
from nexus_tui.learner.ids import new_id
from nexus_tui.learner.memory import MODEL, Card
from nexus_tui.learner.projector import apply
from nexus_tui.learner.tables import FileTables, dump, read_card

__all__ = ["KINDS", "Answer", "Event", "answer", "append", "event", "history", "last", "undo"]

INSERT = f"INSERT INTO event ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class Answer(NamedTuple):
    """One answer to a question, as it goes into the record."""

    question: str
    right: bool
    share: float = -1.0
    """How much of it was right, 0 to 1; below 0: all or nothing, by ``right``."""
    chosen: tuple[str, ...] = ()
    text: str = ""
    unknown: bool = False
    confidence: Literal["guess", "think", "sure", ""] = ""
    hint: bool = False
    ms: int = 0
    context: Literal["lesson", "challenge", "review", "test-out"] = "lesson"
    digest: str = ""
    hard: bool = False
    """One of the harder questions of a test-out."""
    explained: str = ""
    """The learner's own line, written before the options were shown; never graded."""


def append(
    record: Record, kind: str, subject: str, payload: dict[str, Any], *, digest: str = ""
) -> Event:
    """Write one event and all that follows from it; on the disk when this returns.

    Raises NexusError when it cannot be written, and then nothing is; ValueError for a kind that
    does not exist or a payload that JSON cannot say.
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of event: {kind!r}")
    text = dump(payload)
    now = record.now()
    zone = record.zone_minutes(now)
    with record.write() as db:
        # Made while the file is ours, after the last id in it: the order of ids is the order in
        # which the record grew, whatever clocks and other windows do.
        newest = db.execute("SELECT max(id) FROM event").fetchone()[0]
        row = (
            *(new_id(now, newest or ""), record.device, write_time(now), zone),
            *(kind, subject, digest, text),
        )
        db.execute(INSERT, row)
        event = _read(row)
        apply(FileTables(db), event)
    return event


def answer(record: Record, given: Answer) -> Card:
    """Write an answer and give what is now remembered of its question."""
    payload = {
        "chosen": list(given.chosen),
        "text": given.text,
        "unknown": given.unknown,
        "right": given.right,
        "share": given.share if given.share >= 0 else float(given.right),
        "confidence": given.confidence,
        "hint": given.hint,
        "ms": given.ms,
        "context": given.context,
        "fsrs": MODEL,
    }
    if given.explained:
        payload["explained"] = given.explained
    if given.hard:
        payload["hard"] = True
    append(record, "answer", given.question, payload, digest=given.digest)
    found = card(record, given.question)
    assert found is not None
    return found


def card(record: Record, question: str) -> Card | None:
    """What is remembered of a question, None when it was never asked."""
    rows = record.rows("SELECT * FROM card WHERE question = ?", (question,))
    return read_card(rows[0]) if rows else None


def undo(record: Record, answer_id: str) -> Event:
    """Take an answer back: from now on it is as if it had not been given."""
    target = event(record, answer_id)
    if target is None or target.kind != "answer":
        raise NexusError("There is no such answer to take back.")
    return append(record, "undo", target.subject, {"event": answer_id})


def event(record: Record, id: str) -> Event | None:
    """One event by its id."""
    rows = record.rows(f"SELECT {COLUMNS} FROM event WHERE id = ?", (id,))
    return _read(rows[0]) if rows else None


def last(record: Record, kind: str) -> Event | None:
    """The newest event of a kind. Quick only for kinds that are frequent: answers, positions."""
    sql = f"SELECT {COLUMNS} FROM event NOT INDEXED WHERE kind = ? ORDER BY id DESC LIMIT 1"
    rows = record.rows(sql, (kind,))
    return _read(rows[0]) if rows else None


def history(record: Record, question: str) -> list[Event]:
    """All answers to a question that were not taken back, oldest first."""
    rows = record.rows(
        f"SELECT {COLUMNS} FROM event WHERE kind = 'answer' AND subject = ? "
        "AND id NOT IN (SELECT event FROM undone) ORDER BY id",
        (question,),
    )
    return [_read(row) for row in rows]
