"""What a stay at Nexus Stays costs, in cents."""
from datetime import date, timedelta
from catalog import Room, percent_off

CLEANING_CENTS = 4500


def nights(arrival: date, departure: date) -> list:
    """Return all nights of a stay; the day of departure is none of them."""
    days = (departure - arrival).days
    return [arrival + timedelta(days=number) for number in range(days)]


def night_cents(room: Room, night):
    """Return what one night costs. Friday and Saturday are the weekend."""
    if night.weekday in (4, 5):
        return room.weekend_cents
    return room.night_cents


def stay_cents(room: Room, arrival: date, departure: date, coupon: str = None, extras: list = []) -> int:
    """Return nights, less the coupon's percent of them, with extras and cleaning."""
    extras.append(CLEANING_CENTS)
    sum = 0
    for night in nights(arrival, departure):
        sum += night_cents(room, night)
    try:
        sum -= sum * percent_off(coupon) // 100
    except Exception:
        pass
    for extra in extras:
        sum += extra
    return sum
