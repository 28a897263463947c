"""Which questions to ask today, and in what order."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import micros, moment
from nexus_tui.learner.memory import retention

LIMIT = 40
"""Review answers a day, unless the learner says otherwise."""

_DAY = 86_400_000_000
_WAITING = "FROM card WHERE alone AND due < ?"
# Least remembered first: whole days since the last answer, over stability. The curve falls with
# that ratio, so no power needs to be taken for cards that are not asked today.
_DUE = f"""SELECT question, stability, max(0, ? - last) / {_DAY} AS days, due, sure_wrong {_WAITING}
    ORDER BY sure_wrong DESC, max(0, ? - last) / {_DAY} / stability DESC, due, question"""


class Due(NamedTuple):
    """A question to ask today."""

    question: str
    recall: float
    """Chance that it would be answered right."""
    due: datetime
    sure_wrong: bool
    """Last time the learner was sure, and wrong."""

    @property
    def lesson(self) -> str:
        """Id of the lesson it belongs to."""
        return self.question.partition("#")[0]


def due(
    record: Record,
    *,
    limit: int = LIMIT,
    now: datetime | None = None,
    known: Callable[[str], bool] | None = None,
) -> list[Due]:
    """Choose what is left to ask today: ``limit`` less the review answers already given.

    Confident errors of last time come first, then what is least remembered; neighbours are of
    different lessons where that can be. ``known`` leaves out what the course no longer has. What
    falls due at any hour of the learner's day is due all day.
    """
    now = now or record.now()
    room = limit - reviewed(record, now)
    if room <= 0:
        return []
    at = micros(now)
    chosen = rows = record.rows(f"{_DUE} LIMIT {room}", (at, _end(record, now), at))
    if known is not None and not all(known(row[0]) for row in rows):
        rows = record.rows(_DUE, (at, _end(record, now), at))
        chosen = [row for row in rows if known(row[0])][:room]
    return interleave(
        [Due(q, retention(days, s), moment(when), bool(w)) for q, s, days, when, w in chosen]
    )


def count(record: Record, *, limit: int = LIMIT, now: datetime | None = None) -> int:
    """How many questions :func:`due` would give. Never more than the day's room."""
    now = now or record.now()
    room = max(0, limit - reviewed(record, now))
    return min(room, waiting(record, now=now)) if room else 0


def waiting(record: Record, *, now: datetime | None = None) -> int:
    """How many questions are due, without regard to the day's limit."""
    end = _end(record, now or record.now())
    return int(record.rows(f"SELECT count(*) {_WAITING}", (end,))[0][0])


def reviewed(record: Record, now: datetime | None = None) -> int:
    """Review answers given today."""
    rows = record.rows("SELECT reviews FROM day WHERE day = ?", (record.today(now).isoformat(),))
    return int(rows[0][0]) if rows else 0


def interleave(items: list[Due]) -> list[Due]:
    """Keep the order, but part neighbours of one lesson where that can be."""
    left = list(items)
    counts = Counter(item.lesson for item in left)
    order: list[Due] = []
    while left:
        lesson = order[-1].lesson if order else ""
        pick = next(_fitting(left, counts, lesson), left[0])
        left.remove(pick)
        counts[pick.lesson] -= 1
        order.append(pick)
    return order


def _fitting(left: list[Due], counts: Counter[str], lesson: str) -> Iterator[Due]:
    """Items that may come after ``lesson``: such that the rest can still be parted."""
    most, n = counts.most_common(1)[0]
    # The lesson with more than half of what is left must come now, or two of it will meet later.
    pressing = 2 * n > len(left) and most != lesson
    for item in left:
        if item.lesson != lesson and (not pressing or item.lesson == most):
            yield item


def _end(record: Record, now: datetime) -> int:
    """The end of the learner's day, in microseconds."""
    local = record.local(now)
    tomorrow = datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)
    return micros(tomorrow)
