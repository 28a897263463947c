"""From events to what is derived: the one place that knows how. Pure but for its tables."""

import json
from collections.abc import Callable
from typing import Any

from nexus_tui.learner.facts import Event
from nexus_tui.learner.ids import micros
from nexus_tui.learner.labmemory import counts, ran, remember
from nexus_tui.learner.memory import MODEL, Card, Rating, grade, review
from nexus_tui.learner.tables import (
    Day,
    LabRow,
    LessonRow,
    Tables,
    card_row,
    dump,
    read_card,
)

LONGEST_MS = 300_000
"""An answer longer than five minutes counts as five: the learner was away."""


def apply(tables: Tables, event: Event) -> None:
    """Bring the derived tables up to date with one event. Kinds not known are left alone."""
    handler = _HANDLERS.get(event.kind)
    if handler:
        handler(tables, event)


def fold(card: Card | None, event: Event) -> Card:
    """Give the card after one answer."""
    right = event.payload.get("right") is True
    unknown = bool(event.payload.get("unknown"))
    hint = bool(event.payload.get("hint"))
    rating = grade(right, hint, unknown, proven=card is None and _proven(event))
    after = review(
        *(card, rating, event.time),
        question=event.subject,
        day=event.day,
        model=event.text("fsrs") or MODEL,
    )
    confident = rating == Rating.AGAIN and event.text("confidence") == "sure"
    # Right a minute later proves nothing: a confident error stays one until another day.
    still = card is not None and card.sure_wrong and card.day >= event.day
    return after._replace(
        sure_wrong=confident or still,
        alone=event.text("context") != "challenge" or (card is not None and card.alone),
        event=event.id,
    )


def _proven(event: Event) -> bool:
    """Whether an answer, if it is right, shows that this was known long before it was asked."""
    hard = event.payload.get("hard") is True
    return hard and event.text("context") == "test-out" and event.text("confidence") == "sure"


def _answer(tables: Tables, event: Event) -> None:
    row = tables.get("card", event.subject)
    tables.put("card", card_row(fold(read_card(row) if row else None, event)))
    _count(tables, event, **_tally(event))
    if event.text("confidence") == "sure":
        right = int(event.payload.get("right") is True)
        tables.put("sure", (event.id, event.subject, right))


def _tally(event: Event) -> dict[str, int]:
    right = int(event.payload.get("right") is True)
    counts = {
        "answers": 1,
        "right": right,
        "reviews": int(event.text("context") == "review"),
        "ms": min(event.whole("ms"), LONGEST_MS),
    }
    confidence = event.text("confidence")
    if confidence in ("guess", "think", "sure"):
        counts |= {confidence: 1, f"{confidence}_right": right}
    return counts


def _count(tables: Tables, event: Event, sign: int = 1, **counts: int) -> None:
    key = event.day
    day = Day(*(tables.get("day", key) or (key,)))
    day = day._replace(**{name: getattr(day, name) + sign * n for name, n in counts.items()})
    if any(day[1:]):
        tables.put("day", day)
    else:
        tables.drop("day", key)


def _undo(tables: Tables, event: Event) -> None:
    """Make as if an answer had not been given. Only answers, only earlier ones, only once."""
    target = tables.event(event.text("event"))
    if target is None or target.kind != "answer" or target.id >= event.id:
        return
    if tables.get("undone", target.id):
        return
    tables.put("undone", (target.id,))
    _count(tables, target, -1, **_tally(target))
    tables.drop("sure", target.id)
    card: Card | None = None
    for past in tables.answers(target.subject, event.id):
        if not tables.get("undone", past.id):
            card = fold(card, past)
    if card:
        tables.put("card", card_row(card))
    else:
        tables.drop("card", target.subject)


def _lesson(tables: Tables, event: Event, **changes: Any) -> None:
    row = LessonRow(*(tables.get("lesson", event.subject) or (event.subject,)))
    row = row._replace(last=micros(event.time), event=event.id, **changes)
    tables.put("lesson", row)


def _section_read(tables: Tables, event: Event) -> None:
    row = tables.get("lesson", event.subject)
    read = set(json.loads(LessonRow(*row).sections)) if row else set()
    section = event.whole("section")
    _lesson(tables, event, sections=dump(sorted(read | {section})))
    _count(tables, event, sections=1)


def _lesson_done(tables: Tables, event: Event) -> None:
    _lesson(tables, event, done=1)
    _count(tables, event, lessons=1)


def _position(tables: Tables, event: Event) -> None:
    _lesson(tables, event, section=event.whole("section"), scroll=event.whole("scroll"))


def _lab_run(tables: Tables, event: Event) -> None:
    remember(tables, event)
    row = LabRow(*(tables.get("lab", event.subject) or (event.subject,)))
    if not ran(event):
        tables.put("lab", row._replace(last=micros(event.time), event=event.id))
        return
    checks = event.payload.get("checks")
    row = row._replace(
        passed=int(row.passed or counts(event)),
        checks=dump(checks if isinstance(checks, dict) else {}),
        runs=row.runs + 1,
        hints=max(row.hints, event.whole("hints")),
        last=micros(event.time),
        event=event.id,
    )
    tables.put("lab", row)
    _count(tables, event, labs=1)


def _lab_save(tables: Tables, event: Event) -> None:
    if event.text("why"):
        remember(tables, event)
    tables.put("lab_file", (f"{event.subject}\n{event.text('file')}", event.id))


def _note(tables: Tables, event: Event) -> None:
    """One note a subject: the last text stands, an empty one removes it."""
    old = tables.get("note", event.subject)
    when = micros(event.time)
    if event.text("text"):
        first = old[2] if old else when
        tables.put("note", (event.subject, event.text("text"), first, when, event.id))
    else:
        tables.drop("note", event.subject)
    _count(tables, event, notes=1)


def _bookmark(tables: Tables, event: Event) -> None:
    if event.payload.get("on"):
        tables.put("bookmark", (event.subject, micros(event.time), event.id))
    else:
        tables.drop("bookmark", event.subject)


def _bury(tables: Tables, event: Event) -> None:
    if event.payload.get("on"):
        tables.put("bury", (event.subject, event.day, event.id))
    else:
        tables.drop("bury", event.subject)


def _flag(tables: Tables, event: Event) -> None:
    if event.payload.get("on"):
        row = (event.subject, event.text("text"), micros(event.time), event.id)
        tables.put("flag", row)
    else:
        tables.drop("flag", event.subject)


def _known(tables: Tables, event: Event) -> None:
    """A lesson whose questions were answered before it was read; the last word stands."""
    if event.payload.get("on") is True:
        tables.put("known", (event.subject, micros(event.time), event.id))
    else:
        tables.drop("known", event.subject)


def _setting(tables: Tables, event: Event) -> None:
    tables.put("setting", (event.subject, dump(event.payload.get("value"))))


_HANDLERS: dict[str, Callable[[Tables, Event], None]] = {
    "answer": _answer,
    "undo": _undo,
    "section_read": _section_read,
    "lesson_done": _lesson_done,
    "position": _position,
    "lab_run": _lab_run,
    "lab_save": _lab_save,
    "note": _note,
    "bookmark": _bookmark,
    "bury": _bury,
    "flag": _flag,
    "setting": _setting,
    "known": _known,
}
