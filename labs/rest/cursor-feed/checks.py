import base64
import importlib
import random
import sqlite3
import sys
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, quote, urlsplit

from django.urls import clear_url_caches
from labkit import Fail, check
from labkit.rest import DATABASE, Api, short
from labkit.sqlite import plan, steps

USUAL, MOST = 20, 50
PAGE = 5
MANY = 1000
INSERT = "INSERT INTO message (id, recipient_id, sent_at, body) VALUES (?, ?, ?, ?)"
BEST = """SELECT id, recipient_id, body, sent_at FROM message WHERE recipient_id = ?
ORDER BY sent_at DESC, id DESC LIMIT ?"""
BODIES = ("Can we check in at noon?", "Is there parking nearby?", "Yes. See you then.")


class Inbox:
    """The messages of one user, in the database and here, newest first.

    ``ids`` come in no order: a message may have been imported long after it was sent.
    """

    def __init__(self, lab, name, ticks):
        """``ticks`` are the moments of the messages, in seconds from the first."""
        self.lab, self.name = lab, name
        self.draw = random.Random(f"{lab.seed}{name}")
        self.user = self.draw.randrange(10**6, 10**9)
        self.first = datetime(2026, 1, 1, tzinfo=UTC)
        self.first += timedelta(seconds=self.draw.randrange(10**7))
        self.rows = {}
        self.add(ticks)

    def add(self, ticks):
        """Store messages sent at these moments; their ids."""
        ids = [self.lab.ids.pop() for _ in ticks]
        new = {}
        for key, tick in zip(ids, ticks, strict=True):
            body = f"{self.draw.choice(BODIES)} ({self.draw.randrange(10**6)})"
            new[key] = (self.first + timedelta(seconds=tick), body)
        model = self.lab.message
        model.objects.bulk_create(
            model(id=key, recipient_id=self.user, sent_at=sent_at, body=body)
            for key, (sent_at, body) in new.items()
        )
        self.rows |= new
        return ids

    def remove(self, ids):
        self.lab.message.objects.filter(id__in=ids).delete()
        for key in ids:
            del self.rows[key]

    def after(self, last=None):
        """The ids that come after a place, ``(sent_at, id)``, in the order of the feed."""
        places = sorted(((sent_at, key) for key, (sent_at, _) in self.rows.items()), reverse=True)
        return [key for sent_at, key in places if last is None or (sent_at, key) < last]

    def place(self, key):
        return self.rows[key][0], key

    def url(self, query=""):
        return f"/users/{self.user}/messages/{query}"


class Walk:
    """From the first page of an inbox to the last by ``next``, each page compared."""

    def __init__(self, inbox, limit, query, meanwhile=None):
        self.lab, self.inbox, self.limit = inbox.lab, inbox, limit
        self.meanwhile, self.seen, self.pages, self.last = meanwhile, [], [], None
        url = inbox.url(query)
        while url:
            url = self.page(url)

    def page(self, url):
        """Ask for one page; the URL of the next one."""
        answer = ask(self.lab, url, f"page {len(self.pages) + 1} of {self.inbox.name}: ")
        left = self.inbox.after(self.last)
        wanted = left[: self.limit]
        got = [each["id"] for each in answer.data["results"]]
        if got != wanted:
            raise self.wrong(got, wanted)
        bodies = [each["body"] for each in answer.data["results"]]
        said = f"page {len(self.pages) + 1} of {self.inbox.name}: the bodies"
        self.lab.equal(bodies, [self.inbox.rows[key][1] for key in got], said, at="MessageFeed")
        self.pages.append(answer)
        self.seen += got
        self.last = self.inbox.place(got[-1]) if got else self.last
        self.end(answer.data["next"], len(left) - len(got))
        if answer.data["next"] and self.meanwhile:
            self.meanwhile(self)
        return answer.data["next"]

    def end(self, url, left):
        said = f"page {len(self.pages)} of {self.inbox.name}: {left} messages come after it"
        if url and not left:
            said += ", and next is not null"
            raise Fail(said, expected="None", got=short(url), at=where(self.lab))
        if left and not url:
            said += ", and next is null"
            raise Fail(said, expected="a URL", got="None", at=where(self.lab))

    def wrong(self, got, wanted):
        """What is wrong with a page, in words."""
        number = len(self.pages) + 1
        again = [key for key in got if key in self.seen]
        missing = [key for key in wanted if key not in got]
        why = "the messages stand in another order"
        if again:
            why = f"{count(again)} for the second time"
        elif missing:
            why = f"{count(missing)} left out"
        elif len(got) > len(wanted):
            why = f"{count(got)} instead of {len(wanted)}"
        return Fail(
            f"page {number} of {self.inbox.name}: {why}",
            expected=f"ids {wanted}"[:300],
            got=f"ids {got}"[:300],
            at=where(self.lab),
        )


def count(messages):
    return f"{len(messages)} message{'s' * (len(messages) != 1)}"


def where(lab):
    """The name that a message about a page points at."""
    return "paginate_queryset" if lab.where("paginate_queryset") else "Feed"


def ask(lab, url, what=""):
    """A page that must be one."""
    answer = lab.api.get(url)
    lab.equal(answer.status, 200, f"{what}GET {short(answer.path)}", at=where(lab))
    if not isinstance(answer.data, dict) or sorted(answer.data) != ["next", "results"]:
        said = f"GET {short(answer.path)} must answer two keys, results and next"
        raise Fail(said, got=repr(answer.data)[:200], at="get_paginated_response")
    lab.ok(isinstance(answer.data["results"], list), "results must be a list", at="Feed")
    return answer


def ticks(draw, number):
    """Moments of messages: microseconds apart, minutes apart, and three at the same one."""
    found, at = [], 0.0
    while len(found) < number:
        found += [at] * draw.choice((1, 1, 3))
        at += draw.choice((0.000003, 0.4, 70))
    return found[:number]


@check("feed", seconds=6)
def _(lab):
    lab.api = Api(lab, "inbox")
    from inbox.models import Message

    module = lab.load()
    lab.ok(hasattr(module, "MessageFeed"), "feed.py defines no class called MessageFeed")
    lab.message, draw = Message, random.Random(lab.seed)
    lab.ids = draw.sample(range(10**6, 10**7), 1000)
    Inbox(lab, "another user", ticks(draw, 5))
    inbox = Inbox(lab, "an inbox of 30", ticks(draw, 30))
    answer = ask(lab, inbox.url())
    got = [each.get("id") for each in answer.data["results"]]
    lab.equal(got, inbox.after()[:USUAL], "the ids of the newest 20 messages", at="MessageFeed")


@check("pages")
def _(lab):
    draw = random.Random(f"{lab.seed}pages")
    for number in (23, 15, 4, 0):
        inbox = Inbox(lab, f"an inbox of {number}, {PAGE} a page", ticks(draw, number))
        walk = Walk(inbox, PAGE, f"?limit={PAGE}")
        if number == 23:
            for answer in walk.pages:
                print(answer.status, f"{len(answer.data['results'])} messages", short(answer.path))
    Walk(Inbox(lab, "an inbox of 45", ticks(draw, 45)), USUAL, "")
    for moments, name in (
        ([0.5] * 12, "moment"),
        ([at / 12 for at in range(12)], "second"),
        ([0.5 + at / 10**6 for at in range(12)], "millisecond"),
    ):
        tied = Inbox(lab, f"12 messages of one {name}, {PAGE} a page", moments)
        Walk(tied, PAGE, f"?limit={PAGE}")


def arrives(walk):
    """Two new messages, at the top of the feed."""
    walk.inbox.add([10**6 + len(walk.seen), 10**6 + len(walk.seen)])


def deletes_shown(walk):
    """The first messages of the page that was shown last are gone; its last one is still there."""
    walk.inbox.remove(walk.seen[-PAGE:-2])


def deletes_last(walk):
    """The message the cursor stands at is gone."""
    walk.inbox.remove(walk.seen[-1:])


def deletes_next(walk):
    """The next messages are gone before they are shown."""
    walk.inbox.remove(walk.inbox.after(walk.last)[:2])


def arrives_late(walk):
    """An old message is imported: it belongs further down, and has not been passed yet."""
    if len(walk.pages) < 3:
        walk.inbox.add([-1.0 - len(walk.pages)])


MOVES = (
    (arrives, "while two messages arrive after each page"),
    (deletes_shown, "while messages that were shown are deleted"),
    (deletes_last, "while the last message of each page is deleted"),
    (deletes_next, "while messages that come next are deleted"),
    (arrives_late, "while old messages are imported"),
)


@check("moving")
def _(lab):
    draw = random.Random(f"{lab.seed}moving")
    for move, name in MOVES:
        Walk(Inbox(lab, f"a feed {name}", ticks(draw, 22)), PAGE, f"?limit={PAGE}", move)
        if move is not arrives_late:
            tied = Inbox(lab, f"a feed of one moment, {name}", [7.25] * 13)
            Walk(tied, PAGE, f"?limit={PAGE}", move)


BAD = (
    "abc", "-1", "7", "%%%", "1e400", "Ünï", "WzEsMl0=", "WzEsMl0", "bnVsbA==", "e30=", "W10=",
    "x" * 3000,
)  # fmt: skip
"""Nonsense, and what base64 makes of [1,2], null, {} and []."""


@check("cursor")
def _(lab):
    draw = random.Random(f"{lab.seed}cursor")
    inbox = Inbox(lab, "an inbox of 12", ticks(draw, 12))
    url = ask(lab, inbox.url(f"?limit={PAGE}")).data["next"]
    name, cursor = cursor_of(lab, url)
    last = inbox.after()[PAGE - 1]
    for what, text in (("id", str(last)), ("date", inbox.rows[last][0].date().isoformat())):
        said = f"a client can read the {what} of the last message in the cursor: make it opaque"
        if text in cursor:
            raise Fail(said, got=cursor[:200], at="Feed")
    restart(lab)
    answer = lab.api.get(url)
    said = "next, asked of another worker: what the cursor means must not be kept in memory"
    lab.equal(answer.status, 200, said, at=where(lab))
    said = "ids of the second page, asked of another worker"
    got = [each["id"] for each in answer.data["results"]]
    lab.equal(got, inbox.after()[PAGE : 2 * PAGE], said, at=where(lab))
    for bad in (*BAD, cursor[: len(cursor) // 2], cursor[::-1]):
        answer = lab.api.get(inbox.url(f"?{name}={quote(bad)}"))
        if answer.status != 400:
            said = f"a cursor that the feed never gave, {bad[:40]!r}"
            if answer.status == 200 and ids_of(answer) == inbox.after()[:USUAL]:
                said += ", answers the first page"
            raise Fail(said, expected="400", got=str(answer.status), at=where(lab))
    for bad in damaged(draw, cursor):
        answer = lab.api.get(inbox.url(f"?{name}={quote(bad)}"))
        said = f"a cursor of which one character was changed answers {answer.status}"
        lab.ok(answer.status in (200, 400), said, at=where(lab))
        # Base64 may leave bits unused: then two texts are one cursor.
        same = answer.status == 400 or ids_of(answer) == inbox.after()[PAGE:]
        said = "a cursor of which one character was changed is taken: anybody can make one"
        lab.ok(same, said, at=where(lab))


def ids_of(answer):
    return [each["id"] for each in answer.data["results"]]


def restart(lab):
    """Have the next request served by a fresh copy of the learner's module."""
    lab.load()
    importlib.reload(sys.modules["urls"])
    clear_url_caches()


def cursor_of(lab, url):
    """Name and value of the parameter in ``next`` that is not the limit."""
    found = parse_qs(urlsplit(url).query)
    found.pop("limit", None)
    if list(found) != ["cursor"]:
        raise Fail("next must hold one cursor, besides the limit", got=url, at="Feed")
    return "cursor", found["cursor"][0]


def damaged(draw, cursor):
    """The cursor with one character changed, at several places and in what base64 holds."""
    for at in draw.sample(range(len(cursor)), min(12, len(cursor))):
        yield cursor[:at] + draw.choice(f"AZaz09_{cursor}") + cursor[at + 1 :]
    text, (head, colon, rest) = b"", cursor.partition(":")
    with suppress(ValueError):
        text = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4))
    for at, byte in enumerate(text):
        if chr(byte).isdigit():
            new = text[:at] + b"%d" % ((byte + 5) % 10) + text[at + 1 :]
            yield base64.b64encode(new).decode() + colon + rest


@check("limit")
def _(lab):
    draw = random.Random(f"{lab.seed}limit")
    inbox = Inbox(lab, "an inbox of 120", ticks(draw, 120))
    for limit, wanted in (
        ("1", 1), (str(MOST), MOST), (str(MOST + 1), MOST), ("1000000", MOST), ("0", USUAL),
        ("-3", USUAL), ("abc", USUAL), ("", USUAL),
    ):  # fmt: skip
        answer = ask(lab, inbox.url(f"?limit={limit}"))
        said = f"messages on a page with limit={limit}"
        lab.equal(len(answer.data["results"]), wanted, said, at="Feed")
    Walk(inbox, MOST, "?limit=1000")


@check("plan")
def _(lab):
    inbox = Inbox(lab, f"an inbox of {MANY}", [])
    with sqlite3.connect(lab.path(DATABASE)) as db:
        db.executemany(INSERT, old_mail(inbox))
    url, answers = inbox.url(f"?limit={MOST}"), []
    while url:
        answers.append(ask(lab, url))
        url = answers[-1].data["next"]
    lab.equal(len(answers), MANY // MOST, f"pages of {MOST} for {MANY} messages", at=where(lab))
    usual, work = steps(db, BEST, (inbox.user, MOST + 1)), []
    for number, answer in enumerate(answers, 1):
        if number in (1, 2, len(answers) // 2, len(answers)):
            work.append(look(lab, db, number, answer))
    lab.measure("VM steps for the first page", work[0])
    lab.measure(f"VM steps for page {len(answers)}", work[-1])
    if max(work) > 2 * usual:
        raise Fail(
            "a page costs more than the messages on it: it passes over others, or reads on",
            expected=f"about {usual} steps for each page",
            got=f"{work[0]} for page 1, {work[-1]} for page {len(answers)}",
            at=where(lab),
        )


def old_mail(inbox):
    """Rows of many messages, two at each moment, as SQLite keeps them."""
    start = random.Random(inbox.user).randrange(10**8, 10**9)
    for at in range(MANY):
        sent_at = inbox.first + timedelta(minutes=at // 2)
        yield start + at, inbox.user, sent_at.strftime("%Y-%m-%d %H:%M:%S"), BODIES[at % 3]


def look(lab, db, number, answer):
    """Look at the queries of a page; the steps of the one it should be."""
    if len(answer.queries) != 1:
        texts = "\n".join(map(str, answer.queries))
        said = f"page {number} takes {len(answer.queries)} queries, one is enough"
        raise Fail(said, got=texts, at=where(lab))
    query = answer.queries[0]
    read = len(db.execute(query.raw, query.values).fetchall())
    if read > MOST + 1:
        said = f"page {number} reads {read} messages, {MOST + 1} are enough for a page of {MOST}"
        raise Fail(said, got=str(query), at=where(lab))
    lines = plan(db, query.raw, query.values)
    for line in lines:
        if "TEMP B-TREE" in line or line.startswith("SCAN"):
            said = f"page {number} reads or sorts more than it shows: {line}"
            raise Fail(said, got=str(query), at=where(lab))
    lab.ok(" OFFSET " not in query.sql, f"page {number} passes over rows by OFFSET", at=where(lab))
    return steps(db, query.raw, query.values)
