"""What a lab looked like at each run: read from the record, which keeps every text once.

A text lies in the record under the id of the ``lab_save`` event that brought it, and a run names
those ids: the same text run twice is kept once, and any run can be seen and brought back.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Literal, NamedTuple

from nexus_tui.learner.database import Record
from nexus_tui.learner.facts import COLUMNS, Event, read_event
from nexus_tui.learner.labmemory import ran

Why = Literal["reset", "restore", "outside", "left"]
"""Why a text was saved, other than by typing: the lab was started over, an earlier text was
brought back, another program's text was taken, or the program ended while both had changed."""

_BRIEF = (
    "SELECT id, device, time, zone, kind, subject, digest, "
    "CASE kind WHEN 'lab_run' THEN payload ELSE json_remove(payload, '$.text') END "
    "FROM event WHERE kind IN ('lab_run', 'lab_save') AND subject = ? ORDER BY id"
)
"""Everything about a lab but the texts, which are read when they are looked at."""


class Figure(NamedTuple):
    """A number that a check measured."""

    name: str
    value: float
    unit: str = ""


class Moment(NamedTuple):
    """The lab at one time: a run, or what was there before something else took its place."""

    id: str
    """Of the event that the moment is about."""
    time: datetime
    saves: Mapping[str, str]
    """By file, the ``lab_save`` that brought its text; files not in it were as they came."""
    kind: Literal["run", "reset", "restore", "outside", "left"] = "run"
    checks: Mapping[str, str] = {}
    """Status by id, of a run."""
    passed: bool = False
    hints: int = 0
    """Hints that were open."""
    hinted: Mapping[str, int] = {}
    """Those of each check."""
    ms: int = 0
    variant: str = ""
    """The engine it ran on, "" for the embedded one."""
    figures: tuple[Figure, ...] = ()
    gave_up: bool = False
    """The model solution had been looked at before the lab passed."""
    form: str = ""
    """What the files of a run had begun as; "" is the starter."""
    eased: tuple[str, ...] = ()
    """The easier forms that had passed by then, this run's included."""

    @property
    def passing(self) -> int:
        """How many checks passed."""
        return sum(status == "pass" for status in self.checks.values())


def moments(record: Record, lab: str) -> list[Moment]:
    """Every run of a lab and every text that another took the place of, oldest first."""
    rows = record.rows(_BRIEF, (lab,))
    return list(_moments(read_event(row) for row in rows))


def _moments(events: Iterable[Event]) -> Iterator[Moment]:
    saves: dict[str, str] = {}
    seen: dict[str, str] | None = None
    """What the last moment showed: the same need not be shown again."""
    for event in events:
        if event.kind == "lab_run":
            if ran(event):
                made = _run(event, saves)
                seen = dict(made.saves)
                yield made
            continue
        after = saves | {event.text("file"): event.id}
        why = event.text("why")
        if why in ("reset", "restore", "outside") and saves and saves != seen:
            yield Moment(event.id, event.time, dict(saves), why)  # type: ignore[arg-type]
            seen = dict(saves)
        if why == "left":
            yield Moment(event.id, event.time, after, "left")
        elif why in ("reset", "restore"):
            seen = after  # files of one reset come one by one: what is between never was
        saves = after


def _run(event: Event, saves: Mapping[str, str]) -> Moment:
    checks = event.payload.get("checks")
    files = event.payload.get("files")
    return Moment(
        id=event.id,
        time=event.time,
        saves=_texts(files) if isinstance(files, dict) else dict(saves),
        checks=_texts(checks) if isinstance(checks, dict) else {},
        passed=event.payload.get("passed") is True,
        hints=event.whole("hints"),
        hinted=_counts(event.payload.get("hinted")),
        ms=event.whole("ms"),
        variant=event.text("variant"),
        figures=_figures(event.payload.get("measures")),
        gave_up=event.payload.get("gave_up") is True,
        form=event.text("form"),
        eased=_words(event.payload.get("eased")),
    )


def _words(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        return ()
    return tuple(value for value in values if isinstance(value, str))


def _texts(values: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): value for key, value in values.items() if isinstance(value, str)}


def _counts(values: Any) -> dict[str, int]:
    if not isinstance(values, dict):
        return {}
    return {str(key): value for key, value in values.items() if isinstance(value, int)}


def _figures(values: Any) -> tuple[Figure, ...]:
    if not isinstance(values, list):
        return ()
    good = (v for v in values if isinstance(v, list) and len(v) == 3 and is_number(v[1]))
    return tuple(Figure(str(name), value, str(unit)) for name, value, unit in good)


def is_number(value: object) -> bool:
    """Whether it can be kept and compared: an infinity cannot."""
    return isinstance(value, int | float) and math.isfinite(value)


class Standing(NamedTuple):
    """How a lab stands: its first and its newest run, and whether one gave up on it."""

    first: Moment | None = None
    last: Moment | None = None
    gave_up: bool = False


def standing(record: Record, lab: str) -> Standing:
    """How a lab stands, by three look-ups: however long the record is."""
    rows = record.rows("SELECT event FROM lab WHERE lab = ?", (lab,))
    newest = _event(record, rows[0][0]) if rows else None
    if newest is None:
        return Standing()
    gave_up = newest.payload.get("gave_up") is True
    last = newest if ran(newest) else _event(record, newest.text("last"))
    if last is None:
        return Standing(gave_up=gave_up)
    first = _event(record, last.text("first")) or last
    return Standing(_run(first, {}), _run(last, {}), gave_up)


def text(record: Record, save: str) -> str:
    """The text that a ``lab_save`` brought, "" when there is no such event."""
    event = _event(record, save)
    return event.text("text") if event and event.kind == "lab_save" else ""


class Saved(NamedTuple):
    """A file's newest text in the record."""

    id: str
    text: str
    why: str
    form: str = ""


def saved(record: Record, lab: str, file: str) -> Saved | None:
    """What a file was last saved with, None when it never was."""
    rows = record.rows("SELECT event FROM lab_file WHERE name = ?", (f"{lab}\n{file}",))
    event = _event(record, rows[0][0]) if rows else None
    if event is None:
        return None
    return Saved(event.id, event.text("text"), event.text("why"), event.text("form"))


def form(record: Record, save: str) -> str:
    """What the files had begun as when a ``lab_save`` was made, "" for the starter."""
    event = _event(record, save)
    return event.text("form") if event else ""


def _event(record: Record, id: str) -> Event | None:
    rows = record.rows(f"SELECT {COLUMNS} FROM event WHERE id = ?", (id,)) if id else []
    return read_event(rows[0]) if rows else None


class Change(NamedTuple):
    """A number beside what it was: in the first run and in the one before."""

    name: str
    unit: str
    now: float
    first: float | None = None
    last: float | None = None


def changes(now: Iterable[Figure], first: Moment | None, last: Moment | None) -> list[Change]:
    """This run's numbers beside those of other runs; the nth of a name beside the nth."""
    then, before = _by_name(first), _by_name(last)
    made = []
    for key, figure in _numbered(now):
        old, recent = then.get(key), before.get(key)
        made.append(Change(figure.name, figure.unit, figure.value, old, recent))
    return made


def _by_name(moment: Moment | None) -> dict[tuple[str, int], float]:
    return {key: figure.value for key, figure in _numbered(moment.figures if moment else ())}


def _numbered(figures: Iterable[Figure]) -> Iterator[tuple[tuple[str, int], Figure]]:
    seen: dict[str, int] = {}
    for figure in figures:
        seen[figure.name] = number = seen.get(figure.name, 0) + 1
        yield (figure.name, number), figure


def dumped(figures: Iterable[Figure]) -> list[list[Any]]:
    """Numbers as a ``lab_run`` keeps them; what is no number is left out."""
    return [[str(f.name), f.value, str(f.unit)] for f in figures if is_number(f.value)]
