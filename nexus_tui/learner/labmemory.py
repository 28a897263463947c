"""The memory of a lab: it comes back like a question, once it was written from the starter.

It is begun again when its files are put back to the starter, or to an easier form. From then on
a pass is a success, "hard" with a hint or with its parts given, and a run that fails on a day the
lab is due is a lapse, unless it passes later that day. Runs of what already passed say nothing.
"""

import json
from typing import NamedTuple

from nexus_tui.learner.facts import Event
from nexus_tui.learner.memory import MODEL, Card, Rating, review
from nexus_tui.learner.tables import Row, Tables, card_row, dump, read_card

_WIDTH = 14
"""Columns of the row that are those of a card."""


class LabMemory(NamedTuple):
    """What is remembered of a lab."""

    card: Card
    """Its ``question`` is the lab's id."""
    began: str = ""
    """The form it was begun again in, and has not passed since; "" when it was not."""
    before: Row = ()
    """The card's row before the first failure of the card's day; empty when there was none."""


def ran(event: Event) -> bool:
    """Whether checks ran: giving up is a ``lab_run`` in which none did."""
    return not (event.payload.get("gave_up") is True and "checks" not in event.payload)


def counts(event: Event) -> bool:
    """Whether a run proves the lab: all checks passed, and nothing of the solution was given.

    A solution with gaps, with its parts shuffled or just read through is practice. What is said
    to be known is what the learner wrote from the starter.
    """
    return event.payload.get("passed") is True and event.text("form") in ("", "blank")


def remember(tables: Tables, event: Event) -> None:
    """Bring a lab's memory up to date with one event about it: a run, or a text put in place."""
    row = tables.get("lab_card", event.subject)
    if row is None:
        if event.kind == "lab_run" and counts(event):
            _put(tables, LabMemory(_first(event)))
        return
    old = read(row)
    new = _begun(old, event) if event.kind == "lab_save" else _after(old, event)
    if new != old:
        _put(tables, new)


def read(row: Row) -> LabMemory:
    """A lab's memory from its row."""
    return LabMemory(read_card(row[:_WIDTH]), row[_WIDTH], tuple(json.loads(row[_WIDTH + 1])))


def _put(tables: Tables, memory: LabMemory) -> None:
    tables.put("lab_card", (*card_row(memory.card), memory.began, dump(list(memory.before))))


def _first(event: Event) -> Card:
    # Written with the solution in mind proves as little as not writing it at all.
    gave_up = event.payload.get("gave_up") is True
    return _rated(None, event, Rating.AGAIN if gave_up else _rating(event))


def _rating(event: Event) -> Rating:
    helped = event.whole("hints") or event.text("form") == "order"
    return Rating.HARD if helped else Rating.GOOD


def _rated(card: Card | None, event: Event, rating: Rating) -> Card:
    after = review(card, rating, event.time, question=event.subject, day=event.day, model=MODEL)
    return after._replace(event=event.id)


def _begun(old: LabMemory, event: Event) -> LabMemory:
    """The files were put back: to a start, or to texts that may have passed before."""
    why, form = event.text("why"), event.text("form") or "blank"
    if why == "reset":
        return old._replace(began="" if form == "worked" else form)
    return old._replace(began="") if why == "restore" else old


def _after(old: LabMemory, event: Event) -> LabMemory:
    today = old.card.day >= event.day
    before = old.before if today else ()
    if today and not before:
        return old  # what came of it today stands
    if not ran(event):
        return LabMemory(old.card if before else _rated(old.card, event, Rating.AGAIN))
    if not old.began:
        return old
    if event.payload.get("passed") is True:
        card = read_card(before) if before else old.card
        return LabMemory(_rated(card, event, _rating(event)))
    if before or old.card.due > event.end_of_day:
        return old
    return LabMemory(_rated(old.card, event, Rating.AGAIN), old.began, card_row(old.card))
