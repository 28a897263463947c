"""What rooms cost, and what coupons take off. Finished: nothing to do here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Room:
    """A room and its prices in cents.

    ``weekend_cents`` is None where the weekend costs what other nights cost; 0 is a price.
    """

    night_cents: int
    weekend_cents: int | None = None


class UnknownCoupon(LookupError):
    """No coupon has this code."""


COUPONS = {"SPRING": 10, "FRIEND": 25}
"""Percent by code."""


def percent_off(code: str) -> int:
    """Return what a coupon takes off, in percent; raise UnknownCoupon."""
    try:
        return COUPONS[code.strip().upper()]
    except KeyError:
        raise UnknownCoupon(f"there is no coupon {code}") from None
