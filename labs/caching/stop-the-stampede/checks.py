import random
import threading
import time
from functools import partial

from labkit import Fail, check
from labkit.cache import connect
from labkit.crowd import Crowd, install

VISITORS, PROCESSES = 24, 4
READS = {"GET", "MGET", "EXISTS", "TTL", "PTTL", "TYPE", "STRLEN", "HGET", "HMGET", "HGETALL"}
WORDS = ("Quiet", "Sunny", "Green", "Cozy", "loft", "cabin", "house", "studio")


class Query:
    """The slow query behind a card: what it answers, who asked, and what happens meanwhile."""

    def __init__(self, rows):
        self.rows, self.asked, self.meanwhile = rows, [], None

    def load(self, home):
        self.asked.append(home)
        if self.meanwhile:
            self.meanwhile(home)
        return self.rows.get(home)


class Process:
    """One of the site's processes: its own copy of cards.py, its own client."""

    def __init__(self, lab):
        self.module, self.cache = lab.load(), lab.engine.client()

    def card(self, query, home):
        return self.module.card(self.cache, query.load, home)

    def changed(self, home):
        self.module.changed(self.cache, home)

    def listen(self, heard):
        """Have every command told to `heard(name, keys, answer)`; without it, none."""
        self.cache.after = heard


def rows(lab, name, count):
    """Cards of some homes, other ones in each run."""
    draw = random.Random(f"{lab.seed}{name}")
    homes = draw.sample(range(100, 100_000), count)
    return {
        home: {"title": draw.choice(WORDS), "cents": draw.randrange(5000, 30000)} for home in homes
    }


def fresh(lab, name, count=1):
    """An empty cache, a query and its homes."""
    lab.engine.clear()
    for process in lab.processes:
        process.listen(None)
    query = Query(rows(lab, name, count))
    return query, list(query.rows)


def same(lab, got, want, said):
    lab.equal(got, want, said, at="card")


def finish(crowd, calls, said):
    """Wait for calls; one that ended with an error fails the check."""
    crowd.join(calls)
    for call in calls:
        if call.error is not None:
            if type(call.error).__name__ == "Busy":
                raise Fail(f"{said}: a visitor was told Busy", at="card") from call.error
            raise call.error


@check("copy")
def _(lab):
    install()
    lab.engine = connect(lab)
    lab.agreed = lab.load("agreed.py")
    lab.processes = [Process(lab) for _ in range(PROCESSES)]
    for name in ("card", "changed"):
        lab.ok(
            hasattr(lab.processes[0].module, name), f"cards.py defines no function called {name}"
        )
    query, (home, other) = fresh(lab, "copy", 2)
    one, two = lab.processes[:2]
    same(lab, one.card(query, home), query.rows[home], f"card(cache, load, {home}), an empty cache")
    same(lab, one.card(query, other), query.rows[other], f"card(…, {other}), after card(…, {home})")
    hits(lab, query, two, home)
    absent = max(query.rows) + 1
    same(lab, one.card(query, absent), None, f"card(…, {absent}): load returns None, no such home")
    hits(lab, query, two, absent)


def hits(lab, query, process, home):
    """Another visitor, who has to find the copy, and only reads."""
    sent = []
    process.listen(lambda name, keys, answer: sent.append((name, keys)))
    query.asked.clear()
    want = query.rows.get(home)
    again = process.card(query, home)
    process.listen(None)
    said = f"load({home}) ran again for the second visitor, in another process"
    if query.asked and want is None:
        said += ": keep the answer 'no such home' too"
    lab.ok(not query.asked, said, at="card")
    same(lab, again, want, f"card(…, {home}), the second visitor")
    for name, keys in sent:
        said = f"the copy of {home} is there, and the visitor sent {name} {' '.join(keys)}"
        lab.ok(name in READS, f"{said}: a hit only reads", at="card")


@check("crowd")
def _(lab):
    stampede(lab, "crowd")
    look_again(lab)
    stampede(lab, "nobody", absent=True)
    two_homes(lab)


def stampede(lab, name, absent=False):
    """All visitors at once. The query is not over before everybody else waits, or asks it too."""
    query, (home,) = fresh(lab, name)
    home += absent
    crowd = Crowd()
    query.meanwhile = lambda _: crowd.work(lambda: all(call.settled for call in crowd.calls))
    visitors = [partial(lab.processes[at % PROCESSES].card, query, home) for at in range(VISITORS)]
    calls = crowd.start(*visitors)
    finish(crowd, calls, f"{VISITORS} visitors came at once")
    ran = len(query.asked)
    if not absent:
        lab.measure(f"loads for {VISITORS} visitors at once", ran)
    if ran != 1:
        said = f"{VISITORS} visitors came at once, in {PROCESSES} processes"
        raise Fail(said + f", and load({home}) ran {ran} times, not once", at="card")
    for call in calls:
        same(lab, call.answer, query.rows.get(home), "the answer of a visitor who waited")


def look_again(lab):
    """A visitor finds nothing, and before it does more, another finds, stores and leaves."""
    query, (home,) = fresh(lab, "again")
    first, second = lab.processes[:2]
    crowd, met = Crowd(), threading.Event()

    def heard(name, keys, answer):
        if name in READS and not met.is_set():
            met.set()
            crowd.work(lambda: crowd.calls[-1].done and len(crowd.calls) > 1)

    first.listen(heard)
    slow = crowd.start(partial(first.card, query, home))
    crowd.until(lambda: slow[0].settled)
    quick = crowd.start(partial(second.card, query, home))
    finish(crowd, quick + slow, "two visitors of one card")
    said = f"""a visitor saw no copy; before its next command another had stored one
and let go of the lock; then load({home}) ran a second time"""
    lab.ok(len(query.asked) == 1, said.replace("\n", " "), at="card")
    same(lab, slow[0].answer, query.rows[home], "the answer of a visitor who came late to the lock")


def two_homes(lab):
    """While one card is worked out, another is as well."""
    query, (home, other) = fresh(lab, "two", 2)
    one, two = lab.processes[:2]
    crowd = Crowd()
    query.meanwhile = lambda asked: (
        asked == home and crowd.work(lambda: len(crowd.calls) > 1 and crowd.calls[1].settled)
    )
    calls = crowd.start(partial(one.card, query, home))
    crowd.until(lambda: calls[0].settled)
    calls += crowd.start(partial(two.card, query, other))
    finish(crowd, calls, "two visitors of two homes")
    said = f"card(…, {other}) waited for the work on card(…, {home}): each home needs its own lock"
    lab.ok(not calls[1].sleeps, said, at="card")


class Held:
    """A card that is being worked out: its query goes on until the check ends it."""

    def __init__(self, lab, name, *, hasty=False):
        self.query, (self.home,) = fresh(lab, name)
        self.lab, self.engine, self.crowd = lab, lab.engine, Crowd(hasty=hasty)
        self.over, self.lives, self.stolen = set(), {}, None
        self.query.meanwhile = self._work
        lab.processes[0].listen(self._heard)
        self.first = self.visit(0)
        self.locks = sorted(lab.engine.present())
        said = "while load runs, the cache holds no lock that other processes could see"
        lab.ok(self.locks, said, at="card")

    def visit(self, process):
        """Another visitor, up to the point where it waits, works or is done."""
        card = self.lab.processes[process].card
        call = self.crowd.start(partial(card, self.query, self.home))[0]
        self.crowd.until(lambda: call.settled)
        return call

    def end(self, call, which):
        """The query that was asked first (0), second (1) … is over, and so is that call."""
        self.over.add(which)
        self.crowd.wake()
        finish(self.crowd, [call], "a visitor whose load ran")

    def values(self):
        """What the locks hold."""
        return [self.engine.get(lock) for lock in self.locks]

    def _work(self, _home):
        which = len(self.query.asked) - 1
        self.crowd.work(lambda: which in self.over, seconds=4.0)

    def _heard(self, name, keys, answer):
        for key in keys:
            if key not in self.lives and (left := self.engine.left(key)) != -2:
                self.lives[key] = left
        if self.stolen is False and name == "GET" and keys[0] in self.locks and answer:
            self.stolen = True
            self.engine.put(keys[0], "another visitor")


@check("waits")
def _(lab):
    held = Held(lab, "waits", hasty=True)
    before = held.values()
    held.over.add(1)  # should the one who waits ask the query too, it is answered
    waiter = held.visit(1)
    held.crowd.join([waiter])
    lab.measure("virtual wait before Busy", round(waiter.slept, 2), "s")
    gave_up(lab, held, waiter)
    said = f"a visitor who gave up removed the lock {held.locks[0]} of the one whose load runs"
    lab.ok(before == held.values(), said, at="card")
    held.end(held.first, 0)
    same(lab, held.first.answer, held.query.rows[held.home], "the answer of the one who loaded")


def gave_up(lab, held, waiter):
    """A visitor has waited about as long as agreed, with many looks, and was told Busy."""
    said = "another visitor's load never ends"
    if waiter.error is None:
        ran = "ran load too" if len(held.query.asked) > 1 else "returned"
        raise Fail(f"{said}: after {waiter.slept:g} s of sleep card() {ran}", expected="Busy",
                   got=repr(waiter.answer), at="card")  # fmt: skip
    if not isinstance(waiter.error, lab.agreed.Busy):
        raise waiter.error
    patience = lab.agreed.PATIENCE
    if abs(waiter.slept - patience) > 0.2:
        said += f": Busy came after {waiter.slept:.2f} s of sleep, {patience} s are agreed"
        raise Fail(said, at="card")
    if waiter.sleeps < 6:
        raise Fail(f"{said}: {waiter.sleeps} looks in {patience} s; look every 0.05 s", at="card")


@check("dies")
def _(lab):
    raises(lab)
    held = Held(lab, "dies")
    leased(lab, held)
    lab.engine.lapse(*held.locks)
    held.query.meanwhile = None
    visitors = [partial(process.card, held.query, held.home) for process in lab.processes[1:]]
    calls = held.crowd.start(*visitors)
    finish(held.crowd, calls, "the lock of a dead process has lapsed")
    ran = len(held.query.asked) - 1
    said = f"a process died, its lock lapsed, three visitors came: load ran {ran} times, not once"
    lab.ok(ran == 1, said, at="card")
    held.end(held.first, 0)


class Gone(Exception):
    """The database went away."""


def raises(lab):
    """An error in load comes out, and leaves nothing behind."""
    query, (home,) = fresh(lab, "raises")
    crowd = Crowd(hasty=True)

    def fail(_home):
        raise Gone("the database went away")

    query.meanwhile = fail
    call = crowd.start(partial(lab.processes[0].card, query, home))[0]
    crowd.join([call])
    if not isinstance(call.error, Gone):
        if call.error:
            raise call.error
        raise Fail("load raised an error, and card() hides it", expected="Gone(…)",
                   got=repr(call.answer), at="card")  # fmt: skip
    left = sorted(lab.engine.present())
    if left:
        said = f"load raised an error, and {left[0]} stays behind: the next visitor cannot load"
        raise Fail(said, at="card")
    query.meanwhile = None
    same(lab, lab.processes[1].card(query, home), query.rows[home], "card() after load had failed")


def leased(lab, held):
    """Every key a holder has made lapses by itself, from its first moment on."""
    most = lab.agreed.LEASE * 1000
    for lock in held.locks:
        left = held.lives.get(lock, lab.engine.left(lock))
        if left == -1:
            said = f"{lock} was stored without an end: a process that dies now leaves it for ever"
            raise Fail(said, at="card")
        if not most - 1000 < left <= most:
            said = f"the lock {lock} lapses after {left / 1000:.1f} s, {most // 1000} s are agreed"
            raise Fail(said, at="card")


@check("owner")
def _(lab):
    late(lab)
    between(lab)


def late(lab):
    """A query takes so long that its lock lapses and another visitor takes it. Then it ends."""
    held = Held(lab, "late")
    lab.engine.lapse(*held.locks)
    second = held.visit(1)
    before = held.values()
    lab.ok(any(before), "a lock had lapsed, and the next visitor took none", at="card")
    held.end(held.first, 0)
    if before != held.values():
        said = "its lock had lapsed, and another visitor holds it"
        raise Fail(f"load took long: {said}. Then card() deleted that lock", at="card")
    held.end(second, 1)


def between(lab):
    """The lock lapses and is taken again between the look at it and what follows."""
    held = Held(lab, "between")
    held.stolen = False
    held.end(held.first, 0)
    if held.stolen and held.values()[0] != "another visitor":
        said = "it lapsed and another visitor took it, and then it was deleted: that takes one step"
        raise Fail(f"card() looked whether the lock is its own; {said}", at="card")


@check("lives")
def _(lab):
    query, homes = fresh(lab, "lives", 40)
    one, began = lab.processes[0], time.monotonic()
    for home in homes:
        one.card(query, home)
    keys = sorted(lab.engine.present())
    said = f"40 cards lie under {len(keys)} key{'s' * (len(keys) > 1)}"
    lab.ok(len(keys) >= len(homes), f"{said}: a life belongs to a key, not to a card", at="card")
    spread(lab, keys, began)
    lapsed(lab, query, one, homes[0])
    absent = max(homes) + 1
    kept = lab.engine.present()
    one.card(query, absent)
    spread(lab, sorted(lab.engine.present() - kept), began)
    rewritten(lab, query, homes[:2])


def spread(lab, keys, began):
    """How long copies live: within what is agreed, and not all alike."""
    least, most = lab.agreed.SHORTEST, lab.agreed.LONGEST
    lives = [lab.engine.left(key) / 1000 for key in keys]
    passed = time.monotonic() - began + 0.1
    for key, life in zip(keys, lives, strict=True):
        lab.ok(life >= 0, f"{key} never lapses: give it an end", at="card")
        said = f"{key} lapses after {life:.1f} s, {least} to {most} s are agreed"
        lab.ok(least - passed <= life <= most, said, at="card")
    if len(lives) > 1 and max(lives) - min(lives) < 30:
        said = (
            f"{len(lives)} copies stored together all lapse within {max(lives) - min(lives):.0f} s"
        )
        raise Fail(f"{said}, and then {len(lives)} loads run together: draw each life", at="card")


def lapsed(lab, query, process, home):
    lab.engine.lapse(*lab.engine.present())
    query.rows[home] = {**query.rows[home], "cents": 1}
    said = f"card(…, {home}) after its copy has lapsed"
    same(lab, process.card(query, home), query.rows[home], said)


def rewritten(lab, query, homes):
    """A host changes one home; in another process, the other home stays as it is kept."""
    one, two = lab.processes[:2]
    home, other = homes
    for each in homes:
        one.card(query, each)
    query.rows[home] = {**query.rows[home], "cents": 2}
    one.changed(home)
    query.asked.clear()
    said = f"card(…, {home}) in another process, after changed(cache, {home})"
    lab.equal(two.card(query, home), query.rows[home], said, at="changed")
    two.card(query, other)
    said = f"changed(cache, {home}) cost home {other} its copy too"
    lab.ok(query.asked == [home], said, at="changed")
    query.rows[home] = None
    one.changed(home)
    said = f"card(…, {home}) after the home was removed and changed(cache, {home}) called"
    lab.equal(two.card(query, home), None, said, at="changed")
