import importlib
import random
from datetime import date, timedelta

from labkit import Fail, check
from labkit.silencers import silencers
from labkit.tools import fail_at_first, mypy, reformatted, ruff

FILE = "pricing.py"
RULES = ("E4", "E7", "E9", "F", "A", "B", "BLE", "S110", "S112")
NO_ANY = ("--warn-unreachable", "--disallow-any-explicit", "--disallow-any-expr")
WEEKEND = (4, 5)
CLEANING = 4500
FORMAT = "%a %d %b"


@check("lint")
def _(lab):
    fail_at_first("ruff", FILE, ruff(lab.path(), RULES))


@check("honest")
def _(lab):
    found = silencers(lab.path().read_text("utf-8"))
    if found:
        raise Fail(f"{found[0].message}", file=FILE, line=found[0].line)


@check("types")
def _(lab):
    found = mypy(lab.path(), NO_ANY)
    # What follows from a missing annotation is said after the annotation itself.
    found.sort(key=lambda remark: remark.rule == "misc")
    fail_at_first("mypy", FILE, found)


class Desk:
    """Asks for prices, and knows what each should be."""

    def __init__(self, lab):
        self.module = lab.load()
        self.catalog = importlib.import_module("catalog")
        self.random = random.Random(lab.seed)
        if not callable(getattr(self.module, "stay_cents", None)):
            raise Fail(f"there is no function `stay_cents` in {FILE}", file=FILE)

    def room(self, weekend):
        """A room; ``weekend`` is the kind of its weekend price."""
        night = self.random.randrange(5_001, 20_000, 2)
        prices = {"its own": night + self.random.randrange(501, 4_000), "none": None, "free": 0}
        return self.catalog.Room(night, prices[weekend])

    def stay(self, weekday=None, count=None):
        """Arrival and departure; on a weekday, or on any."""
        day = date(2026, 1, 5) + timedelta(weeks=self.random.randrange(200))
        weekday = self.random.randrange(7) if weekday is None else weekday
        arrival = day + timedelta(days=weekday)
        return arrival, arrival + timedelta(days=count or self.random.randrange(2, 12))

    def extras(self):
        return [self.random.randrange(501, 3_000) for _ in range(self.random.randrange(1, 4))]

    def ask(self, room, stay, *args, **options):
        """What the learner's function says."""
        return self.module.stay_cents(room, *stay, *args, **options)


def nights_cents(room, stay, weekend=WEEKEND):
    """What the nights of a stay cost."""
    count = (stay[1] - stay[0]).days
    days = [stay[0] + timedelta(days=number) for number in range(count)]
    return sum(
        room.weekend_cents
        if day.weekday() in weekend and room.weekend_cents is not None
        else room.night_cents
        for day in days
    )


def told(room, stay, extras=(), coupon=""):
    """A call in words."""
    text = f"{stay[0]:{FORMAT}} to {stay[1]:{FORMAT}}, {room}"
    text += f", extras={list(extras)}" if extras else ""
    return text + (f", {coupon}" if coupon else "")


@check("prices", seconds=2)
def _(lab):
    desk = lab.desk = Desk(lab)
    kinds = ["its own", "none", "free"] * 3
    stays = [desk.stay(4, 1), desk.stay(5, 1), desk.stay(6, 1), desk.stay(3, 1)]
    cases = [(desk.room(kind), stay) for kind in ("its own", "none", "free") for stay in stays]
    cases += [(desk.room(kind), desk.stay()) for kind in kinds]
    for room, stay in cases:
        got = desk.ask(room, stay)
        want = nights_cents(room, stay) + CLEANING
        if got != want or isinstance(got, float):
            raise Fail(
                f"{told(room, stay)}: {why(room, stay, got)}",
                expected=str(want),
                got=repr(got),
                at="stay_cents",
            )
    extras(desk)
    earlier(desk)


def why(room, stay, got):
    """What a wrong price looks like."""
    plain = (stay[1] - stay[0]).days * room.night_cents + CLEANING
    if isinstance(got, float):
        return "a price in cents is an int"
    if not isinstance(got, int):
        return "it is no price"
    if got == nights_cents(room, stay):
        return "the cleaning is missing"
    if (got - nights_cents(room, stay)) % CLEANING == 0 and got > CLEANING:
        return "the cleaning of an earlier call is in it. What do two calls share?"
    if room.weekend_cents == 0 and got == plain:
        return "0 is a price too: these weekend nights are free"
    if room.weekend_cents is not None and got == plain:
        return "Friday and Saturday cost what other nights cost"
    return "another price than nights and cleaning"


def extras(desk):
    """Extras are added once, from any sequence, and the list stays the caller's."""
    room, stay = desk.room("its own"), desk.stay()
    for kind in (list, tuple):
        given = kind(desk.extras())
        before = list(given)
        got = desk.ask(room, stay, extras=given)
        want = nights_cents(room, stay) + sum(before) + CLEANING
        if list(given) != before:
            raise Fail(
                "the list of extras that was given is another one after the call: it belongs to "
                "the caller, who still needs it",
                expected=str(before),
                got=str(list(given)),
                at="stay_cents",
            )
        if got != want:
            raise Fail(
                f"{told(room, stay, before)}: nights, extras and cleaning",
                expected=str(want),
                got=repr(got),
                at="stay_cents",
            )


def earlier(desk):
    """The same question has the same answer, whatever was asked in between."""
    room, stay = desk.room("none"), desk.stay()
    first = desk.ask(room, stay)
    desk.ask(desk.room("its own"), desk.stay(), extras=desk.extras())
    again = desk.ask(room, stay)
    if first != again:
        raise Fail(
            "the same stay was asked for twice, and became dearer. What do two calls share?",
            expected=str(first),
            got=repr(again),
            at="stay_cents",
        )


@check("coupon", seconds=2)
def _(lab):
    desk = lab.desk
    coupons = desk.catalog.COUPONS
    for _ in range(6):
        code = f"C{desk.random.randrange(10_000, 99_999)}"
        coupons[code] = desk.random.choice((7, 13, 30, 33, 45))
        accepted(desk, code, coupons[code])
    for code in (f"X{desk.random.randrange(10_000, 99_999)}", ""):
        refused(desk, code)


def accepted(desk, code, percent):
    """The percent is taken off the nights alone, and what is left of a cent is the guest's loss."""
    room, stay, given = desk.room("its own"), desk.stay(), desk.extras()
    nights = nights_cents(room, stay)
    want = nights - nights * percent // 100 + sum(given) + CLEANING
    got = desk.ask(room, stay, code, given)
    if got != want:
        whole = nights + sum(given) + CLEANING
        text = "another price than nights less the coupon, extras and cleaning"
        if got == whole:
            text = "the coupon took nothing off"
        elif got == whole - whole * percent // 100:
            text = "it is taken off extras and cleaning too"
        coupon = f"coupon={code!r} ({percent} percent)"
        raise Fail(
            f"{told(room, stay, given, coupon)}: {text}",
            expected=str(want),
            got=repr(got),
            at="stay_cents",
        )


def refused(desk, code):
    """A code that nobody knows is an error that the caller sees."""
    room, stay = desk.room("its own"), desk.stay()
    try:
        got = desk.ask(room, stay, code)
    except desk.catalog.UnknownCoupon:
        return
    raise Fail(
        f"coupon={code!r} is unknown, and a price came back: the guest pays it, and believes the "
        "coupon was counted",
        expected="UnknownCoupon is raised",
        got=repr(got),
        at="stay_cents",
    )


@check("format")
def _(lab):
    change = reformatted(lab.path())
    if change:
        way = "lines in another way" if change.was != "nothing" else "lines above this one"
        raise Fail(
            f"ruff format would write these {way}",
            expected=change.now,
            got=change.was,
            file=FILE,
            line=change.line,
        )
