"""A stay is the half-open range from its first day to the day of leaving."""

from datetime import date


def nights(start: date, end: date) -> int:
    """How many nights a stay has."""
    return (end - start).days


def price_cents(start: date, end: date, night_cents: int) -> int:
    """What a stay costs."""
    return nights(start, end) * night_cents
