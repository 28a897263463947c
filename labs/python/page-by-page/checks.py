import random

import stays
from labkit import Fail, check

FIVE = [11, 12, 13, 14, 15]


def call(lab, bookings, page, size):
    """Ask for one page of a copy of the list; fail unless it has the form of a page."""
    shown = bookings if len(bookings) < 10 else "bookings"
    said = f"paginate({shown}, page={page}, size={size})"
    result = lab.paginate(list(bookings), page=page, size=size)
    if not isinstance(result, dict) or set(result) != {"items", "next"}:
        raise Fail(f"{said} returns {result!r}, not a dict with items and next", at="paginate")
    return said, result["items"], result["next"]


def page_is(lab, bookings, page, size, items, following):
    said, got, got_next = call(lab, bookings, page, size)
    lab.equal(got, items, f"{said}: items", at="paginate")
    lab.equal(got_next, following, f"{said}: next", at="paginate")


@check("first-page")
def _(lab):
    module = lab.load()
    lab.ok(hasattr(module, "paginate"), "pages.py defines no function called paginate")
    lab.paginate = module.paginate
    said, items, _ = call(lab, FIVE, 1, 2)
    lab.ok(items != [13, 14], f"{said}: items are those of page 2, [13, 14]", at="paginate")
    page_is(lab, FIVE, 1, 2, [11, 12], 2)


@check("last-page")
def _(lab):
    page_is(lab, FIVE, 3, 2, [15], None)
    page_is(lab, FIVE[:4], 2, 2, [13, 14], None)
    page_is(lab, FIVE, 4, 2, [], None)
    page_is(lab, [], 1, 2, [], None)
    page_is(lab, FIVE, 2, 1, [12], 3)


@check("every-booking")
def _(lab):
    draw = random.Random(lab.seed)
    rows = stays.connect(300).execute("SELECT id FROM booking ORDER BY price_cents DESC, id")
    bookings = [row[0] for row in rows][: draw.randrange(40, 120)]
    size = draw.randrange(3, 17)
    seen, page = [], 1
    while page is not None and page <= len(bookings):
        _, items, following = call(lab, bookings, page, size)
        seen, page = seen + items, following
    message = f"all pages of {len(bookings)} bookings, {size} a page, in the order of the list"
    lab.equal(seen, bookings, message, at="paginate")
    twice = [0, 8, 8, 3, 8]
    page_is(lab, twice, 1, 3, [0, 8, 8], 2)
    page_is(lab, twice, 2, 3, [3, 8], None)


@check("own-list")
def _(lab):
    bookings = list(FIVE)
    first = lab.paginate(bookings, page=1, size=2)
    said = "the caller's list after paginate(bookings, page=1, size=2)"
    lab.equal(bookings, FIVE, said, at="paginate")
    lab.paginate(bookings, page=2, size=2)
    said = "page 1, looked at again after page 2 was asked for"
    lab.equal(first, {"items": [11, 12], "next": 2}, said, at="paginate")
    lab.paginate(bookings, page=1, size=9)["items"].append(99)
    said = "the caller's list after 99 was added to a page that holds all of it"
    lab.equal(bookings, FIVE, said, at="paginate")
    for page, items in ((1, [11, 12]), (3, [15]), (9, [])):
        lab.paginate(list(FIVE), page=page, size=2)["items"].append(99)
        got = lab.paginate(list(FIVE), page=page, size=2)["items"]
        said = f"page {page}, asked for again after 99 was added to the list returned before"
        lab.equal(got, items, said, at="paginate")


@check("refuses")
def _(lab):
    draw = random.Random(lab.seed)
    low, less = -draw.randrange(100, 999), -draw.randrange(5, 99)
    for page, size, wrong in ((0, 2, 0), (low, 2, low), (1, 0, 0), (1, less, less)):
        said = f"paginate([11, 12, 13, 14, 15], page={page}, size={size})"
        try:
            got = lab.paginate(list(FIVE), page=page, size=size)
        except ValueError as error:
            message = f"{said} raises ValueError({str(error)!r}), which says nothing of {wrong}"
            lab.ok(str(wrong) in str(error), message, at="paginate")
        else:
            as_page_1 = isinstance(got, dict) and 11 in got.get("items", ())
            how = ", not answer with page 1" if as_page_1 else ""
            raise Fail(f"{said} must raise ValueError{how}", got=repr(got), at="paginate")
