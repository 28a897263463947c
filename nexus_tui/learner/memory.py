"""FSRS-6: what an answer does to the memory of a question, and what is left of it later."""

from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from fsrs import Scheduler

MODEL = "fsrs-6-default"
"""Name of the parameters in use, stored with every answer."""

# Written here, not taken from the package: a record must replay the same after an update of it.
PARAMETERS: dict[str, tuple[float, ...]] = {
    MODEL: (
        *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
        *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
    )
}
_DECAY = -PARAMETERS[MODEL][20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1
_FUZZ = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
_LONGEST = 36500
_DAY = timedelta(days=1)


class Rating(IntEnum):
    """What the outcome says, in the numbers FSRS uses.

    "Easy" would be self-rating, and no learner's opinion gives it. One outcome does: the first
    answer ever to a hard question of a test-out, right, sure and without a hint. Who can do that
    before any lesson has known it for long, and asking again in two days would waste a review.
    """

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Card(NamedTuple):
    """The memory of one question. Times are UTC, days the learner's, stability is in days."""

    question: str
    stability: float
    difficulty: float
    state: int
    step: int | None
    due: datetime
    last: datetime
    """Last answer that counted."""
    reps: int
    """Answers given."""
    lapses: int
    """Wrong answers after the first."""
    day: str = ""
    """Local day of ``last``, ISO."""
    success: str = ""
    """Local day of the last right answer that counted, ISO."""
    sure_wrong: bool = False
    """Was "sure" and wrong on the last day it was asked."""
    alone: bool = True
    """Can be asked by itself: was met outside challenges."""
    event: str = ""
    """Id of the last answer's event: what to take back."""


def grade(
    right: bool, hint: bool = False, unknown: bool = False, *, proven: bool = False
) -> Rating:
    """Rate an outcome: never the learner's own opinion of it.

    ``proven``: the first answer, sure, to a hard question of a test-out.
    """
    if unknown or not right:
        return Rating.AGAIN
    if hint:
        return Rating.HARD
    return Rating.EASY if proven else Rating.GOOD


def retention(days: float, stability: float) -> float:
    """Chance to recall after ``days`` without seeing it (FSRS-6's curve; 0.9 at the stability)."""
    return float((1 + _FACTOR * days / stability) ** _DECAY)


def following(
    stability: float, difficulty: float, recall: float, right: bool
) -> tuple[float, float]:
    """Stability and difficulty after an answer on a later day: FSRS-6's formulas, for rehearsing.

    ``recall`` is what was predicted. Right counts as Good. A card is scheduled by :func:`review`.
    """
    w = PARAMETERS[MODEL]
    harder = 0.0 if right else 2 * w[6] * (10 - difficulty) / 9
    easy = w[4] - exp(w[5] * 3) + 1
    next_difficulty = min(max(w[7] * easy + (1 - w[7]) * (difficulty + harder), 1.0), 10.0)
    if right:
        growth = exp(w[8]) * (11 - difficulty) * stability ** -w[9]
        return stability * (1 + growth * (exp((1 - recall) * w[10]) - 1)), next_difficulty
    forgot = w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1)
    relearned = min(forgot * exp((1 - recall) * w[14]), stability / exp(w[17] * w[18]))
    return max(relearned, 0.001), next_difficulty


def recall(card: Card, when: datetime) -> float:
    """Chance that the question would be answered right at ``when``; whole days, like FSRS."""
    return retention(max(0, (when - card.last).days), card.stability)


def review(
    card: Card | None,
    rating: Rating,
    when: datetime,
    *,
    question: str = "",
    day: str = "",
    model: str = MODEL,
) -> Card:
    """Give the card after an answer at ``when``, on the learner's ``day`` (the system's if "").

    One success a day: a second right answer on the same day changes nothing but the count. A
    wrong one always counts. The interval is counted in the learner's days, so that a habit of
    nine in the evening and eight in the morning is a day apart; below zero (a clock set back) it
    is zero, and ``last`` stays where it was.
    """
    when = when.astimezone(UTC)
    day = day or when.astimezone().date().isoformat()
    if card is None:
        return _next(_blank(question, when, day), rating, when, day, model)
    if rating != Rating.AGAIN and card.success >= day:
        return card._replace(reps=card.reps + 1)
    return _next(card, rating, when, day, model)


def _blank(question: str, when: datetime, day: str) -> Card:
    return Card(question, 0.0, 0.0, 0, None, when, when, 0, 0, day)


def _next(card: Card, rating: Rating, when: datetime, day: str, model: str) -> Card:
    from fsrs import Card as Memory
    from fsrs import Rating as Outcome
    from fsrs import State

    met = card.state != 0
    last = when - _DAY * max(0, (date.fromisoformat(day) - date.fromisoformat(card.day)).days)
    memory = Memory(
        card_id=1,
        state=State(card.state) if met else State.Learning,
        step=card.step,
        stability=card.stability if met else None,
        difficulty=card.difficulty if met else None,
        due=when,
        last_review=last if met else None,
    )
    after, _ = _scheduler(model).review_card(memory, Outcome(rating), when)
    return card._replace(
        stability=float(after.stability or 0.0),
        difficulty=float(after.difficulty or 0.0),
        state=int(after.state),
        step=after.step,
        due=when + _DAY * fuzzed((after.due - when).days, card.question, card.reps),
        last=max(when, card.last),
        day=max(day, card.day),
        reps=card.reps + 1,
        lapses=card.lapses + (met and rating == Rating.AGAIN),
        success=day if rating != Rating.AGAIN else card.success,
    )


@lru_cache
def _scheduler(model: str) -> "Scheduler":
    from fsrs import Scheduler

    # No steps within a day: what is forgotten is learned again on another. Fuzz is our own,
    # because the package draws from the global generator and a replay would differ.
    return Scheduler(
        parameters=PARAMETERS.get(model, PARAMETERS[MODEL]),
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=_LONGEST,
        enable_fuzzing=False,
    )


def fuzzed(days: int, question: str, reps: int) -> int:
    """Move an interval a little, so that what was learned together does not stay together.

    The ranges are FSRS's; the draw depends on the question and the number of the review alone.
    """
    if days < 2.5:
        return days
    from hashlib import blake2b

    delta = 1.0 + sum(part * max(min(days, end) - start, 0.0) for start, end, part in _FUZZ)
    low, high = max(2, round(days - delta)), min(round(days + delta), _LONGEST)
    seed = blake2b(f"{question}\n{reps}".encode(), digest_size=8).digest()
    return min(low, high) + int.from_bytes(seed) % (high - min(low, high) + 1)
