import random
from datetime import date, timedelta
from pathlib import Path

from django.test import Client, RequestFactory
from labkit import Fail, check
from labkit.django import record, start
from stays import CITIES, FIRST, KINDS, LAST, LOOKS, PLACES

SIZES = (1, 10, 100)
MOST = 5
"""Queries that any way of doing it well can need."""
WIDE = 20
"""Rows that nobody reads for one home and does not show, unless they belong to other cities."""
AMENITIES = ("Wi-Fi", "Kitchen", "Parking", "Garden", "Sauna", "Crib", "Heating", "Desk")


class Town:
    """A city with homes, each with a host of its own, and the JSON that its page must hold.

    ``busy`` adds that many reviews, and stays the page does not list, to each home.
    """

    def __init__(self, lab, name, homes, busy=0):
        self.lab, self.models = lab, lab.models
        self.draw = random.Random(f"{lab.seed}{name}")
        self.city = f"{self.draw.choice(CITIES)} {self.draw.randrange(10**6)}"
        self.day = date(2026, 1, 1) + timedelta(self.draw.randrange(300))
        self.homes = self.settle(homes)
        self.wanted = [self.furnish(home, at, busy) for at, home in enumerate(self.homes)]

    def settle(self, homes):
        """Make the homes, in another order than their hosts."""
        names = [
            f"{self.draw.choice(FIRST)} {self.draw.choice(LAST)} {n}" for n in range(homes + 3)
        ]
        hosts = self.models.User.objects.bulk_create(self.models.User(name=name) for name in names)
        self.draw.shuffle(hosts)
        kinds = [" ".join(map(self.draw.choice, (LOOKS, KINDS, PLACES))) for _ in range(homes)]
        return self.models.Property.objects.bulk_create(
            self.models.Property(title=title, city=self.city, host=host)
            for title, host in zip(kinds, hosts, strict=False)
        )

    def furnish(self, home, at, busy):
        """Give a home amenities, reviews and stays; what the page must say of it.

        The second home of a town has nothing at all, the third has no reviews.
        """
        some = at != 1
        amenities = self.draw.sample(self.lab.amenities, self.draw.randint(2, 5) * some)
        ratings = [self.draw.randint(1, 5) for _ in range(self.draw.randint(2, 4) + busy)]
        ratings *= some and at != 2
        stays = self.stays(busy) if some else []
        self.save(home, amenities, ratings, stays)
        coming = [d for d, status in stays if status == "confirmed" and d >= self.day]
        return {
            "id": home.id,
            "title": home.title,
            "host": home.host.name,
            "amenities": sorted(amenity.name for amenity in amenities),
            "rating": sum(ratings) / len(ratings) if ratings else None,
            "reviews": len(ratings),
            "new": not ratings,
            "stays": sum(status == "confirmed" for _, status in stays),
            "next_stays": [str(each) for each in sorted(coming)],
        }

    def stays(self, busy):
        """First day and status of stays: one on the day itself, others around it."""
        away = self.draw.sample(range(1, 400), 6 + busy)
        found = [(self.day, "confirmed"), (self.day + timedelta(500), "cancelled")]
        found += [(self.day + timedelta(days), "confirmed") for days in away[:2]]
        found += [(self.day + timedelta(away[2]), "pending")]
        found += [(self.day - timedelta(days), "confirmed") for days in away[3:]]
        self.draw.shuffle(found)
        return found

    def save(self, home, amenities, ratings, stays):
        models = self.models
        link = models.Property.amenities.through
        link.objects.bulk_create(link(property=home, amenity=each) for each in amenities)
        models.Review.objects.bulk_create(
            models.Review(property=home, rating=rating) for rating in ratings
        )
        models.Booking.objects.bulk_create(
            models.Booking(
                property=home, start_date=first, end_date=first + timedelta(2), status=status
            )
            for first, status in stays
        )

    def ask(self, when=""):
        """The page of this town, compared with what it must say; the queries it took."""
        with record(self.lab) as queries:
            answer = Client().get("/properties/", {"city": self.city, "from": str(self.day)})
        self.lab.equal(answer.status_code, 200, "GET /properties/", at="property_list")
        try:
            found = answer.json()["results"]
        except (ValueError, KeyError, TypeError):
            said = 'GET /properties/ must answer {"results": […]}'
            raise Fail(said, got=repr(answer.content)[:200], at="property_list") from None
        self.compare(found, when)
        return queries

    def compare(self, found, when):
        ids, wanted = [each.get("id") for each in found], [each["id"] for each in self.wanted]
        said = "the ids of the city's properties, in order"
        self.lab.equal(ids, wanted, said, at="property_list")
        for got, want in zip(found, self.wanted, strict=True):
            for key, value in want.items():
                if got.get(key, "missing") != value:
                    raise Fail(
                        f"{when}property {want['id']}: {key!r}{self.multiplied(key, got, want)}",
                        expected=repr(value),
                        got=repr(got.get(key, "missing")),
                        at="property_json",
                    )
            extra = sorted(got.keys() - want.keys())
            self.lab.ok(not extra, f"the JSON has a key it had not: {extra}", at="property_json")

    def multiplied(self, key, got, want):
        """What to say of a count that two joins have multiplied."""
        value = got.get(key)
        if key not in ("reviews", "stays") or not want[key] or not isinstance(value, int):
            return ""
        times, rest = divmod(value, want[key])
        said = f" is {times} times too large: two joins in one query multiply their rows"
        return said if times > 1 and not rest else ""


def same_number(lab, what, chosen):
    """Fail when these queries are more for a hundred homes than for one.

    ``chosen`` takes the queries of a page and gives those to look at.
    """
    found = [(town, chosen(queries)) for town, queries in lab.pages]
    counts = [len(queries) for _, queries in found]
    if counts[-1] <= counts[0]:
        return
    query, times = found[-1][1].repeated()
    sizes = ", ".join(map(str, SIZES))
    raise Fail(
        f"{what}: one of them is sent {times} times for {SIZES[-1]} homes: {query}",
        expected="as many queries for 100 homes as for 1",
        got=f"{', '.join(map(str, counts))} queries for {sizes} homes",
        file=query.file,
        line=query.line,
    )


@check("same", seconds=6)
def _(lab):
    start(lab, "homes")
    import homes.models

    lab.models = homes.models
    lab.amenities = lab.models.Amenity.objects.bulk_create(
        lab.models.Amenity(name=name) for name in AMENITIES
    )
    lab.before = as_it_was(lab)
    for name in ("serializers", "views"):
        module = lab.load(f"{name}.py")
    lab.ok(hasattr(module, "property_list"), "views.py defines no function called property_list")
    Town(lab, "other", 2)
    town = Town(lab, "same", 6)
    town.ask()
    changed(town)
    town.ask("after a host got another name, and their home a review: ")
    Town(lab, "nobody", 0).ask()


def as_it_was(lab):
    """How many queries the starter sends for 100 homes."""
    starter = Path(__file__).parent / "starter"
    for name in ("serializers", "views"):
        module = lab.load(str(starter / f"{name}.py"))
    town = Town(lab, "before", SIZES[-1])
    query = {"city": town.city, "from": str(town.day)}
    with record(lab) as queries:
        module.property_list(RequestFactory().get("/properties/", query))
    return len(queries)


def changed(town):
    """Change what a page that remembers its last answer would get wrong."""
    home, wanted = town.homes[0], town.wanted[0]
    wanted["host"] = f"{wanted['host']} the younger"
    type(home.host).objects.filter(pk=home.host_id).update(name=wanted["host"])
    total = wanted["rating"] * wanted["reviews"] + 5
    wanted["reviews"] += 1
    wanted["rating"] = round(total) / wanted["reviews"]
    town.save(home, [], [5], [])


@check("host")
def _(lab):
    towns = [Town(lab, f"town{size}", size) for size in SIZES]
    lab.pages = [(town, town.ask()) for town in towns]
    lab.measure("queries for 100 homes, as it was", lab.before)
    for town, queries in lab.pages:
        homes = len(town.homes)
        lab.measure(f"queries for {homes} home{'s' * (homes > 1)}", len(queries))
    same_number(lab, "queries on user", lambda queries: queries.on("user"))


@check("amenities")
def _(lab):
    same_number(lab, "queries on amenity", lambda queries: queries.on("amenity"))


@check("next")
def _(lab):
    def listing(queries):
        found = queries.on("booking")
        found[:] = [each for each in found if '"start_date"' in each.sql.partition(" FROM ")[0]]
        return found

    same_number(lab, "queries on booking for the next stays", listing)


@check("numbers")
def _(lab):
    for table in ("review", "booking"):
        same_number(lab, f"queries on {table} for numbers", lambda all, on=table: all.on(on))
    same_number(lab, "queries", lambda queries: queries)


@check("rows")
def _(lab):
    for town, queries in lab.pages:
        if len(queries) > MOST:
            said = f"{len(town.homes)} homes take {len(queries)} queries, {MOST} are enough"
            raise Fail(said, at="property_list")
    quiet, busy = Town(lab, "quiet", 10), Town(lab, "busy", 10, busy=40)
    shown = {town: sum(map(size, town.wanted)) for town in (quiet, busy)}
    rows = {town: town.ask().rows for town in (quiet, busy)}
    lab.measure("rows read for 10 homes", rows[quiet])
    lab.measure("rows read when each has 80 more reviews and past stays", rows[busy])
    lab.ok(
        rows[quiet] < shown[quiet] + WIDE * len(quiet.homes),
        f"a page of 10 homes shows {shown[quiet]} rows and reads {rows[quiet]}: "
        "those of other cities are among them, filter in the query",
        at="property_list",
    )
    more = (rows[busy] - shown[busy]) - (rows[quiet] - shown[quiet])
    if more > 0:
        raise Fail(
            "each of 10 homes gets 40 more reviews and 40 more past stays, of which the page shows "
            f"two numbers. It reads {more} rows more for that, and throws them away",
            expected=f"{rows[busy] - more} rows read",
            got=f"{rows[busy]} rows read",
            at="property_list",
        )


def size(wanted):
    """Rows that a home's entry takes at the least: its own, its amenities and next stays."""
    return 1 + len(wanted["amenities"]) + len(wanted["next_stays"])
