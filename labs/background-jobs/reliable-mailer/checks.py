import json
import os
import random
import sqlite3
from types import SimpleNamespace

from labkit import Fail, check
from labkit.celery import Worker

BUSY, NO_BOX = "451 try again later", "550 no such mailbox"
WAITS = [1, 2, 4, 8, 16]
NAMES = ("ada", "abel", "chidi", "dalia", "emre", "femi", "gita", "hana", "imani", "jonas", "lars")
DEATHS = 4
"""Processes that one message may cost before it is given up."""
AT = "send_confirmation"
PLANNED = ("Later", "Refused", "MaxRetriesExceededError", "Reject")
"""Errors that a task may end with when the mail server does not take a mail."""


@check("queued", seconds=6)
def _(lab):
    lab.worker = Worker(lab, "mails")
    lab.draw = random.Random(lab.seed)
    lab.number = 0
    lab.site = lab.load("bookings.py")
    lab.site.make_tables()
    lab.mails = lab.load()
    for name in ("book", AT):
        lab.ok(hasattr(lab.mails, name), f"mails.py defines no function called {name}")
    said = "send_confirmation is no task: it needs @app.task in front of it"
    lab.ok(hasattr(lab.mails.send_confirmation, "apply_async"), said, at=AT)
    said = "send_confirmation must be a task of app from bookings.py, which knows the broker"
    lab.ok(lab.mails.send_confirmation.app is lab.site.app, said, at=AT)
    lab.worker.attach(lab.site.app)
    asked = guest(lab)
    lab.worker.heed(lambda message: committed(lab, asked, message))
    booked = book(lab, asked)
    refused = guest(lab)
    refused.home, refused.day = asked.home, asked.day
    taken(lab, refused)
    lab.worker.heed(None)
    only_the_id(lab, booked)
    lab.first = booked


def committed(lab, asked, message):
    """A message is about to be sent: another connection must see the booking."""
    db = sqlite3.connect(lab.site.DATABASE, timeout=5)
    rows = db.execute(
        "SELECT id FROM booking WHERE home = ? AND day = ?", (asked.home, asked.day)
    ).fetchall()
    db.close()
    if not rows:
        said = """the message was sent before the booking was committed: a worker that takes it
at once finds no booking"""
        raise Fail(said.replace("\n", " "), at="book")


def taken(lab, asked):
    """The home is taken: the error comes out, and nothing is sent."""
    before = len(lab.worker.sent())
    try:
        lab.mails.book(asked.home, asked.address, asked.day)
    except lab.site.Taken:
        pass
    else:
        raise Fail("book() of a home that is taken raised nothing", expected="Taken", at="book")
    said = "book() raised Taken, and sent a message all the same"
    lab.ok(len(lab.worker.sent()) == before, said, at="book")


def only_the_id(lab, booked):
    """The message holds the id of the booking, and nothing that can grow old."""
    [message] = booked.messages
    values = [*message["args"], *message["kwargs"].values()]
    said = """the message must hold the id of the booking alone: by the time it is read, anything
else may have changed"""
    lab.equal(values, [booked.id], said.replace("\n", " "), at="book")


def guest(lab, plan=(), address=""):
    """Somebody who will book, with what the mail server will answer them."""
    draw = lab.draw
    lab.number += 1
    made = f"{draw.choice(NAMES)}{draw.randrange(1000)}.{lab.number}@example.org"
    asked = SimpleNamespace(home=draw.randrange(10_000) * 100 + lab.number, address=address or made)
    asked.day = f"2027-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    if plan:
        path = lab.path("mailserver.plan")
        plans = json.loads(path.read_text()) if path.exists() else {}
        plans[asked.address] = list(plan)
        half = lab.path("mailserver.half")
        half.write_text(json.dumps(plans))
        half.replace(path)
    return asked


def book(lab, asked):
    """Have the learner's book() called; the booking's id, text and messages."""
    before = len(lab.worker.sent())
    try:
        asked.id = lab.mails.book(asked.home, asked.address, asked.day)
    except Exception as error:
        if type(error).__name__ == "EncodeError":
            said = f"the message cannot be written as JSON: {error}"
            raise Fail(said, at="book") from error
        raise
    row = rows(lab, "SELECT id FROM booking WHERE home = ? AND day = ?", asked.home, asked.day)
    lab.equal(asked.id, row[0][0] if row else None, "book() returns the booking's id", at="book")
    asked.text = f"Booking {asked.id} of home {asked.home} for {asked.day} is confirmed."
    if any(call["pid"] == os.getpid() for call in calls(lab)):
        said = "book() itself called the mail server: the guest waits for it, and for its failures"
        raise Fail(said, at="book")
    asked.messages = lab.worker.sent()[before:]
    asked.messages = [each for each in asked.messages if each["by"] == "site"]
    lab.equal(len(asked.messages), 1, "messages to the broker after one call of book()", at="book")
    asked.task = asked.messages[0]["id"]
    return asked


def rows(lab, sql, *values):
    db = sqlite3.connect(lab.site.DATABASE, timeout=5)
    found = db.execute(sql, values).fetchall()
    db.close()
    return found


def calls(lab, asked=None):
    """The calls of the mail server, of one booking or of all."""
    path = lab.path("mailserver.log")
    lines = path.read_text().split("\n")[:-1] if path.exists() else []
    found = [call for call in map(json.loads, lines) if call]
    return [call for call in found if asked is None or asked.text in call.values()]


def settle(lab, *guests):
    """Wait for the broker to be quiet, and fail for an error nobody planned."""
    journal = lab.worker.journal
    too_many = len(WAITS) + 2
    lab.worker.settle(
        lambda: (
            any(len(calls(lab, asked)) > too_many for asked in guests)
            or any(len(journal.of("lost", task=asked.task)) >= DEATHS for asked in guests)
        )
    )
    for asked in guests:
        if len(journal.of("lost", task=asked.task)) >= DEATHS:
            said = f"send_confirmation({asked.id}) ended its process, {DEATHS} times over"
            raise wrong(lab, asked, said)
        for entry in journal.of("failed", task=asked.task):
            kind = entry["error"].partition(":")[0]
            if kind not in PLANNED:
                said = f"in the worker, send_confirmation({asked.id}) raised {entry['error']}"
                raise Fail(said, file=entry["file"] or "mails.py", line=entry["line"])


def wrong(lab, asked, said, **more):
    """A failure, with what happened to the message."""
    story = lab.worker.story(asked.task)
    return Fail(f"{said}. On the broker: {story}", at=AT, **more)


def many(count, what):
    return f"{count} {what}" + "s" * (count != 1)


def times(count):
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def one_mail(lab, asked, said):
    """Exactly one mail has reached this guest about this booking, and the database knows."""
    mails = [call for call in calls(lab, asked) if call["sent"]]
    if len(mails) != 1:
        other_text(lab, asked)
        got, tries = many(len(mails), "mail"), times(len(calls(lab, asked)))
        what = f"{said}: {got} reached the guest (the mail server was called {tries})"
        raise wrong(lab, asked, what, expected="1 mail", got=got)
    got = (mails[0]["address"], mails[0]["text"])
    lab.equal(got, (asked.address, asked.text), "the address and text of the mail", at=AT)
    state(lab, asked, "sent", said)


def other_text(lab, asked):
    """Fail when something else was sent to this address."""
    found = [call["text"] for call in calls(lab) if call["address"] == asked.address]
    if found and not any(text.startswith("Booking ") for text in map(str, found)):
        lab.equal(found[-1], asked.text, "the text of the mail", at=AT)


def state(lab, asked, want, said):
    """The mail's state in the database; its reason."""
    [(got, reason)] = rows(lab, "SELECT state, reason FROM mail WHERE booking = ?", asked.id)
    if got != want:
        said = f"{said}: the mail of booking {asked.id} is noted as {got!r}"
        raise wrong(lab, asked, said, expected=repr(want), got=repr(got))
    return reason


@check("sends", seconds=25)
def _(lab):
    lab.worker.ready()
    again = book(lab, guest(lab, address=lab.first.address))
    settle(lab, lab.first, again)
    one_mail(lab, lab.first, "a worker took the message")
    one_mail(lab, again, "the same guest booked a second home")


@check("twice", seconds=12)
def _(lab):
    asked = book(lab, guest(lab))
    repeat(lab, asked)
    settle(lab, asked)
    one_mail(lab, asked, "the broker delivered one message twice")
    with lab.path("mailserver.log").open("a") as file:
        file.write("null\n")  # a day ends: the mail server forgets the keys
    repeat(lab, asked)
    settle(lab, asked)
    one_mail(lab, asked, "the broker delivered it once more, a day later")


def repeat(lab, asked):
    """The same message once more."""
    message = asked.messages[0]
    lab.site.app.send_task(
        message["name"], message["args"], message["kwargs"], task_id=message["id"]
    )


@check("again", seconds=12)
def _(lab):
    asked = book(lab, guest(lab, [BUSY, BUSY, ""]))
    settle(lab, asked)
    tries = len(calls(lab, asked))
    said = f"the mail server answered {BUSY!r} twice"
    if tries < 3:
        raise wrong(lab, asked, f"{said}, and was called {times(tries)}: the mail was never sent")
    backoff(lab, asked, WAITS[:2], said)
    one_mail(lab, asked, said)


def backoff(lab, asked, want, said):
    """Each attempt is a message of its own, that asks to be read later."""
    waits = [m["wait"] for m in lab.worker.sent() if m["id"] == asked.task and m["retries"]]
    if not waits:
        said += ", and no message was put back for later: a worker that waits does nothing else"
        raise wrong(lab, asked, said)
    good = len(waits) == len(want) and all(
        0.6 < wait / want < 1.4 for wait, want in zip(waits, want, strict=True)
    )
    if not good:
        got = ", ".join(f"{wait:.0f}" for wait in waits) + " s"
        want = ", ".join(map(str, want)) + " s"
        raise wrong(lab, asked, f"{said}: it was tried again after {got}", expected=want, got=got)


@check("refused", seconds=12)
def _(lab):
    never, down = book(lab, guest(lab, [NO_BOX])), book(lab, guest(lab, [BUSY]))
    settle(lab, never, down)
    said = f"the mail server answered {NO_BOX!r}"
    tries = len(calls(lab, never))
    if tries != 1:
        what = f"{said} and was called {times(tries)}: it will not change its mind"
        raise wrong(lab, never, what, expected="1 call", got=many(tries, "call"))
    reason = state(lab, never, "dead", said)
    lab.ok(NO_BOX in reason, f"the reason of a dead mail must hold {NO_BOX!r}: {reason!r}", at=AT)
    said = f"the mail server answers {BUSY!r} for hours"
    tries = len(calls(lab, down))
    if tries != len(WAITS) + 1:
        what = f"{said}: it was called {times(tries)}"
        raise wrong(
            lab, down, what, expected="6 calls, five of them retries", got=many(tries, "call")
        )
    backoff(lab, down, WAITS, said)
    state(lab, down, "dead", f"{said}, five retries are over")
    sql = "SELECT state FROM booking WHERE id IN (?, ?)"
    kept = rows(lab, sql, never.id, down.id)
    lab.equal(kept, [("confirmed",)] * 2, "state of the bookings whose mail is dead", at=AT)


@check("killed", seconds=12)
def _(lab):
    early = book(lab, guest(lab, ["dies", ""]))
    late = book(lab, guest(lab, ["taken, then dies", ""]))
    settle(lab, early, late)
    if len(calls(lab, early)) < 2:
        said = "the process was killed before the mail was sent, and nobody took the job up again"
        raise wrong(lab, early, said)
    one_mail(lab, early, "the process was killed before the mail was sent")
    one_mail(lab, late, "the mail server had taken the mail when the process was killed")
    said = "messages that the broker had to deliver a second time"
    lab.measure(said, len(lab.worker.journal.of("requeued")))
