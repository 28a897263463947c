"""A change to a text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters from ``start`` to ``end`` of a text by ``new``."""

    start: int
    end: int
    new: str
