"""How a pile of due questions goes away: so many a day, for so many days, rehearsed beforehand."""

from collections import deque
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from nexus_tui.learner import queue
from nexus_tui.learner.database import Record
from nexus_tui.learner.ids import micros
from nexus_tui.learner.memory import following, retention

AWAY = 7
"""Days without an answer that make a break."""
SOON = 14
"""Days in which what piled up in a break should be gone, where the day's limit allows it."""
LEAST = 10
"""Questions a day, at least."""
HORIZON = 90
"""Days that are rehearsed."""

_DAY = 86_400_000_000


class Memory(NamedTuple):
    """What a rehearsal knows of a card; days count from today."""

    stability: float
    difficulty: float
    last: int
    """Day of the last answer, 0 or less."""
    due: int
    """Day on which it is asked again; 0 or less: it waits."""


class Plan(NamedTuple):
    """Questions a day, and for how many days until nothing waits."""

    a_day: int
    days: int
    """0: longer than was rehearsed."""
    asked: tuple[int, ...] = ()
    """On each of the days, from today."""


def rehearse(cards: list[Memory], a_day: int, first: int, horizon: int = HORIZON) -> Plan:
    """Go through the days to come: ``first`` questions today, then ``a_day``.

    Each is answered right as often as its recall predicts, and comes back when its memory says.
    What falls due meanwhile is counted too.
    """
    waiting = deque(sorted((c for c in cards if c.due <= 0), key=lambda c: c.last / c.stability))
    coming: dict[int, list[Memory]] = {}
    for card in cards:
        if card.due > 0:
            coming.setdefault(card.due, []).append(card)
    asked, doubt = [], 0.5
    for day in range(horizon):
        waiting.extend(coming.pop(day, ()))
        asked.append(min(a_day if day else first, len(waiting)))
        for _ in range(asked[-1]):
            card = waiting.popleft()
            recall = retention(day - card.last, card.stability)
            doubt += 1 - recall
            after = _answered(card, recall, doubt < 1, day)
            doubt -= doubt >= 1
            coming.setdefault(after.due, []).append(after)
        if not waiting:
            return Plan(a_day, day + 1, tuple(asked))
    return Plan(a_day, 0, tuple(asked))


def _answered(card: Memory, recall: float, right: bool, day: int) -> Memory:
    stability, difficulty = following(card.stability, card.difficulty, recall, right)
    return Memory(stability, difficulty, day, day + max(1, round(stability)))


def make(record: Record, cap: int, known: Callable[[str], bool]) -> Plan:
    """Today's plan: after a break as few a day as will do in :data:`SOON` days, else ``cap``.

    Each day after a break is planned anew with the days that are left, so that a day left out
    is made up for on the others. ``cap`` is never passed.
    """
    done = queue.reviewed(record)
    back = returned(record)
    if back is None:
        waiting = queue.waiting(record) + done
        if waiting <= cap:
            return Plan(cap, 1)
        if waiting > cap * HORIZON:
            return Plan(cap, 0, (max(cap - done, 0), *[cap] * (HORIZON - 1)))
    cards = memories(record, known)

    def rehearsed(a_day: int) -> Plan:
        return rehearse(cards, a_day, max(a_day - done, 0))

    found = rehearsed(cap)
    left = SOON - back if back is not None else 0
    low, high = LEAST, cap
    while low < high and 0 < found.days <= left:
        middle = (low + high) // 2
        tried = rehearsed(middle)
        if 0 < tried.days <= left:
            found, high = tried, middle
        else:
            low = middle + 1
    return found


def returned(record: Record) -> int | None:
    """Days since the learner came back from a break, 0 for today; None when that is long ago."""
    today = record.today()
    since = (today - timedelta(days=SOON - 1)).isoformat()
    rows = record.rows(
        "SELECT day FROM day WHERE answers AND day BETWEEN ? AND ? UNION "
        "SELECT max(day) FROM day WHERE answers AND day < ? ORDER BY day DESC",
        (since, today.isoformat(), since),
    )
    active = [today, *(date.fromisoformat(row[0]) for row in rows if row[0])]
    back = (later for later, before in pairwise(active) if (later - before).days >= AWAY)
    found = next(back, None)
    return None if found is None or found.isoformat() < since else (today - found).days


def memories(record: Record, known: Callable[[str], bool]) -> list[Memory]:
    """What waits, and what falls due while it is worked off."""
    at, end = micros(record.now()), queue.end_of_day(record)
    rows = record.rows(
        f"SELECT question, stability, difficulty, max(0, ? - last) / {_DAY}, "
        f"max(0, due - ? + {_DAY}) / {_DAY} FROM card WHERE alone AND due < ?",
        (at, end, end + HORIZON * _DAY),
    )
    return [Memory(s, d, -ago, ahead) for question, s, d, ago, ahead in rows if known(question)]
