"""Easier forms of a lab, made from its model solution: with gaps, or with its parts out of order.

A solution is cut into parts: each step's, from its first line to the next step of the same file.
What stands before the first step of a file stays where it is.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from nexus_tui.errors import NexusError

GAP = "____"
"""What stands in the place of a piece that is to be filled in."""
SHUFFLES = 3
"""Seeds from 0 that give an order; the tests prove of each that it does not pass as it is."""


class Step(Protocol):
    """What is known of a part."""

    @property
    def file(self) -> str:
        """The file it is in, "" for the first."""

    @property
    def at(self) -> str:
        """The text of its first line, without indentation."""

    @property
    def gaps(self) -> tuple[str, ...]:
        """Pieces of it that can be left open."""


@dataclass(frozen=True, slots=True)
class Part:
    """Whole lines of a solution. ``step`` counts a lab's steps from 0; -1 is before the first."""

    file: str
    text: str
    step: int = -1


def parts(solution: Mapping[str, str], steps: Sequence[Step]) -> dict[str, list[Part]]:
    """By file, in order, all of its text. NexusError when a step does not fit the solution."""
    first = next(iter(solution), "")
    made: dict[str, list[Part]] = {}
    for name, text in solution.items():
        mine = [(i, step) for i, step in enumerate(steps) if (step.file or first) == name]
        made[name] = _cut(name, text, mine)
    return made


def _cut(name: str, text: str, steps: Sequence[tuple[int, Step]]) -> list[Part]:
    rows = text.splitlines(keepends=True)
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"  # else it could stand nowhere but at the end
    starts = [_start(name, rows, step) for _, step in steps]
    if starts != sorted(set(starts)):
        raise NexusError(f"The steps of {name} are not in the order of its solution.")
    numbers = [-1, *(number for number, _ in steps)]
    spans = pairwise([0, *starts, len(rows)])
    cut = (
        Part(name, "".join(rows[a:b]), n) for n, (a, b) in zip(numbers, spans, strict=True) if b > a
    )
    return list(cut)


def _start(name: str, rows: Sequence[str], step: Step) -> int:
    found = [number for number, row in enumerate(rows) if row.strip() == step.at]
    if len(found) != 1:
        raise NexusError(f"A step of {name} begins with {step.at!r}, which is no one line of it.")
    return found[0]


# Gaps


def gaps(solution: Mapping[str, str], steps: Sequence[Step]) -> dict[str, str]:
    """The solution with its gaps left open. NexusError when one is not where it is said to be."""
    return {
        name: "".join(_open(part, steps) for part in found)
        for name, found in parts(solution, steps).items()
    }


def answers(solution: Mapping[str, str], steps: Sequence[Step]) -> dict[str, list[str]]:
    """By file, what belongs into its gaps, from the top."""
    return {
        name: [part.text[a:b] for part in found for a, b in _spans(part, steps)]
        for name, found in parts(solution, steps).items()
    }


def _open(part: Part, steps: Sequence[Step]) -> str:
    text = part.text
    for start, end in reversed(_spans(part, steps)):
        text = text[:start] + GAP + text[end:]
    return text


def _spans(part: Part, steps: Sequence[Step]) -> list[tuple[int, int]]:
    """Where the gaps of a part are, in order: each where its text stands first."""
    pieces = steps[part.step].gaps if part.step >= 0 else ()
    found = sorted((part.text.find(piece), len(piece)) for piece in pieces)
    spans = [(at, at + length) for at, length in found]
    apart = all(end <= start for (_, end), (start, _) in pairwise(spans))
    if not apart or any(at < 0 for at, _ in spans):
        raise NexusError(f"The gaps of a step of {part.file} do not fit its solution.")
    return spans


# Order


def order(solution: Mapping[str, str], steps: Sequence[Step], seed: int) -> dict[str, str]:
    """The solution with the parts of each file shuffled; the same for the same seed."""
    made = {}
    for name, found in parts(solution, steps).items():
        head, rest = split(found)
        shuffled = arrange(rest, _shuffled(len(rest), random.Random(f"{seed} {name}")))
        made[name] = "".join(part.text for part in (*head, *shuffled))
    return made


def split(found: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """What stays at the top of a file, and the parts that can change places."""
    return [p for p in found if p.step < 0], [p for p in found if p.step >= 0]


def _shuffled(count: int, chance: random.Random) -> list[int]:
    """Numbers up to ``count``, none of which comes right after the one before it."""
    numbers = list(range(count))
    for _ in range(100):
        chance.shuffle(numbers)
        if numbers[:1] != [0] and all(after != one + 1 for one, after in pairwise(numbers)):
            return numbers
    return list(range(count))[::-1]


def arrange(found: Sequence[Part], numbers: Sequence[int]) -> list[Part]:
    """The parts in another order."""
    return [found[number] for number in numbers]


def arrangement(text: str, found: Sequence[Part]) -> list[int] | None:
    """In which order a file's parts stand in ``text``, by number; None when it is not them all.

    What stays at the top is not counted. White space at the end of lines and empty lines at the
    end of a part do not matter.
    """
    head, rest = split(found)
    rows = _rows(text)
    for part in head:
        if (left := _after(rows, part)) is None:
            return None
        rows = left
    return _ordered(rows, dict(enumerate(rest)))


def _ordered(rows: list[str], left: Mapping[int, Part]) -> list[int] | None:
    """The parts that ``rows`` begin with, one after the other: each begins as no other does."""
    if not left:
        return None if rows else []
    for number, part in left.items():
        if (after := _after(rows, part)) is not None:
            others = {n: p for n, p in left.items() if n != number}
            rest = _ordered(after, others)
            return None if rest is None else [number, *rest]
    return None


def _after(rows: list[str], part: Part) -> list[str] | None:
    wanted = _rows(part.text)
    return rows[len(wanted) :] if rows[: len(wanted)] == wanted else None


def _rows(text: str) -> list[str]:
    """Lines that say something."""
    return [row.rstrip() for row in text.splitlines() if row.strip()]
