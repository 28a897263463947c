"""The order of a day's questions: lessons mixed, and what is easily confused side by side."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

Pair = tuple[str, str]
"""Ids of two questions that are easily confused."""


class Due(NamedTuple):
    """A question to ask today."""

    question: str
    recall: float
    """Chance that it would be answered right."""
    due: datetime
    sure_wrong: bool
    """Last time the learner was sure, and wrong."""
    firm: bool = False
    """Known by itself, so that it can be told from what resembles it."""

    @property
    def lesson(self) -> str:
        """Id of the lesson it belongs to."""
        return self.question.partition("#")[0]


def arrange(items: list[Due], pairs: Iterable[Pair] = ()) -> list[Due]:
    """Interleave the lessons; of each pair that is there and firm, put the two side by side."""
    seconds = couples(items, pairs)
    later = {second.question for second in seconds.values()}
    order = interleave([item for item in items if item.question not in later])
    for first, second in seconds.items():
        at = next(n for n, item in enumerate(order) if item.question == first)
        order.insert(at + _side(order, at, second), second)
    return order


def couples(items: list[Due], pairs: Iterable[Pair]) -> dict[str, Due]:
    """The second of each pair by the id of the first: firm both, each in one pair only."""
    firm = {item.question: n for n, item in enumerate(items) if item.firm}
    found: dict[str, Due] = {}
    for one, two in pairs:
        if one in firm and two in firm and one != two:
            first, second = sorted((firm.pop(one), firm.pop(two)))
            found[items[first].question] = items[second]
    return found


def _side(order: list[Due], at: int, second: Due) -> int:
    """1 to follow the question at ``at``; 0 to go before it, where its own lesson follows."""
    after = order[at + 1].lesson if at + 1 < len(order) else ""
    before = order[at - 1].lesson if at else ""
    return 0 if after == second.lesson != before and at else 1


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
