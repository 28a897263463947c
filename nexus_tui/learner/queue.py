"""Which questions to ask today, and in what order.

Confident errors of last time come first, then what is least remembered. A quarter of a day that
has not room for all goes to what has waited longest: among N cards with a room of R a day, each
that is due is asked within N / (R / 4) days, rounded up, however much is forgotten meanwhile.

Of two questions that are easily confused, each has to be known by itself before the two help
each other: right again on a later day (a stability of :data:`FIRM` days, which no first answer
gives) and no confident error. Then they stand side by side; one that is not due yet comes along
when the day has room and it is due within :data:`NEAR` days.
"""

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import micros, moment
from nexus_tui.learner.memory import retention
from nexus_tui.learner.order import Due, Pair, arrange, interleave

__all__ = ["LIMIT", "Due", "count", "due", "interleave", "reviewed", "waiting"]

LIMIT = 40
"""Review answers a day, unless the learner says otherwise."""
FIRM = 4.0
"""Days of stability from which a question counts as known by itself."""
NEAR = 7
"""Days before its time that a question may come along with the one it is confused with."""
_OLDEST = 4
"""Every so manieth question of a full day is one that has waited longest."""

_DAY = 86_400_000_000
_ASKED = "FROM card WHERE alone AND question NOT IN (SELECT question FROM bury WHERE day = ?)"
_WAITING = f"{_ASKED} AND due < ?"
_FIELDS = f"""question, stability, max(0, ? - last) / {_DAY} AS days, due, sure_wrong,
    NOT sure_wrong AND success != '' AND stability >= {FIRM} AS firm"""
# Least remembered first: whole days since the last answer, over stability. The curve falls with
# that ratio, so no power needs to be taken for cards that are not asked today.
_DUE = f"""SELECT {_FIELDS} {_WAITING}
    ORDER BY sure_wrong DESC, max(0, ? - last) / {_DAY} / stability DESC, due, question"""
_LONGEST = f"SELECT {_FIELDS} {_WAITING} ORDER BY due, question"

Row = tuple[Any, ...]
Known = Callable[[str], bool]


def due(
    record: Record,
    *,
    limit: int = LIMIT,
    now: datetime | None = None,
    known: Known | None = None,
    pairs: Collection[Pair] = (),
) -> list[Due]:
    """Choose what is left to ask today: ``limit`` less the review answers already given.

    ``known`` leaves out what the course no longer has; ``pairs`` are easily confused. What falls
    due at any hour of the learner's day is due all day, unless it was buried.
    """
    now = now or record.now()
    room = limit - reviewed(record, now)
    if room <= 0:
        return []
    items = [_due(row) for row in _chosen(record, now, room, known)]
    if pairs and len(items) < room:
        items += _along(record, now, items, pairs)[: room - len(items)]
    return arrange(items, pairs)


def _due(row: Row) -> Due:
    question, stability, days, when, sure_wrong, firm = row
    return Due(question, retention(days, stability), moment(when), bool(sure_wrong), bool(firm))


def _chosen(record: Record, now: datetime, room: int, known: Known | None) -> list[Row]:
    """What is worth most; where there is not room for all, some of what waited longest."""
    at, values = micros(now), (micros(now), record.today(now).isoformat(), end_of_day(record, now))
    rows = _first(record, _DUE, (*values, at), room, known)
    oldest = _first(record, _LONGEST, values, room // _OLDEST, known) if len(rows) == room else []
    kept = {row[0] for row in oldest}
    left = room - len(kept)
    chosen = []
    for row in rows:
        if row[0] in kept:
            chosen.append(row)
        elif left > 0:
            chosen.append(row)
            left -= 1
    there = {row[0] for row in chosen}
    return [*chosen, *(row for row in oldest if row[0] not in there)]


def _first(
    record: Record, sql: str, values: tuple[object, ...], room: int, known: Known | None
) -> list[Row]:
    rows = record.rows(f"{sql} LIMIT {room}", values)
    if known is None or all(known(row[0]) for row in rows):
        return rows
    return [row for row in record.rows(sql, values) if known(row[0])][:room]


def _along(record: Record, now: datetime, items: list[Due], pairs: Collection[Pair]) -> list[Due]:
    """Firm questions that are confused with one of today's, not asked today, and due soon."""
    here = {item.question for item in items}
    firm = {item.question for item in items if item.firm}
    wanted = [two if one in firm else one for one, two in pairs if firm & {one, two}]
    missing = [question for question in dict.fromkeys(wanted) if question not in here]
    if not missing:
        return []
    today = record.today(now).isoformat()
    rows = record.rows(
        f"SELECT {_FIELDS} {_WAITING} AND firm AND card.day < ? "
        f"AND question IN ({', '.join('?' * len(missing))}) ORDER BY due, question",
        (micros(now), today, end_of_day(record, now) + NEAR * _DAY, today, *missing),
    )
    return [_due(row) for row in rows]


class LabDue(NamedTuple):
    """A lab to do again."""

    lab: str
    recall: float
    """Chance that it would be done without help."""
    began: str
    """The form it was begun again in, "" when it was not."""


def labs_due(record: Record) -> list[LabDue]:
    """Labs that passed and are due, least remembered first."""
    now = record.now()
    rows = record.rows(
        f"SELECT lab, stability, max(0, ? - last) / {_DAY} AS days, began FROM lab_card "
        f"WHERE due < ? ORDER BY max(0, ? - last) / {_DAY} / stability DESC, lab",
        (micros(now), end_of_day(record, now), micros(now)),
    )
    return [LabDue(lab, retention(days, stability), began) for lab, stability, days, began in rows]


def count(record: Record, *, limit: int = LIMIT, now: datetime | None = None) -> int:
    """How many questions :func:`due` would give. Never more than the day's room."""
    now = now or record.now()
    room = max(0, limit - reviewed(record, now))
    return min(room, waiting(record, now=now)) if room else 0


def waiting(record: Record, *, now: datetime | None = None) -> int:
    """How many questions are due and not buried, without regard to the day's limit."""
    now = now or record.now()
    values = (record.today(now).isoformat(), end_of_day(record, now))
    return int(record.rows(f"SELECT count(*) {_WAITING}", values)[0][0])


def reviewed(record: Record, now: datetime | None = None) -> int:
    """Review answers given today."""
    rows = record.rows("SELECT reviews FROM day WHERE day = ?", (record.today(now).isoformat(),))
    return int(rows[0][0]) if rows else 0


def end_of_day(record: Record, now: datetime | None = None) -> int:
    """The end of the learner's day, in microseconds."""
    local = record.local(now or record.now())
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return micros(tomorrow)
