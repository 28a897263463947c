"""What a stay at Nexus Stays costs, in cents."""

from collections.abc import Sequence
from datetime import date, timedelta

from catalog import Room, percent_off

CLEANING_CENTS = 4500
WEEKEND = (4, 5)


def nights(arrival: date, departure: date) -> list[date]:
    """Return all nights of a stay; the day of departure is none of them."""
    days = (departure - arrival).days
    return [arrival + timedelta(days=number) for number in range(days)]


def night_cents(room: Room, night: date) -> int:
    """Return what one night costs. Friday and Saturday are the weekend."""
    if night.weekday() in WEEKEND:
        assert room.weekend_cents is not None
        return room.weekend_cents
    return room.night_cents


def stay_cents(
    room: Room,
    arrival: date,
    departure: date,
    coupon: str | None = None,
    extras: Sequence[int] = (),
) -> int:
    """Return nights, less the coupon's percent of them, with extras and cleaning."""
    total = sum(night_cents(room, night) for night in nights(arrival, departure))
    if coupon is not None:
        total -= total * percent_off(coupon) // 100
    return total + sum(extras) + CLEANING_CENTS
