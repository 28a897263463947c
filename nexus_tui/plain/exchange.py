"""The record carried from one machine to another, with words for what happens."""

import sys
from collections.abc import Iterator
from pathlib import Path

from nexus_tui import paths
from nexus_tui.errors import NexusError
from nexus_tui.learner import maintenance
from nexus_tui.learner.database import Record
from nexus_tui.learner.maintenance import Incoming
from nexus_tui.plain.files import may_write
from nexus_tui.plain.lines import as_it_is, say

WORDS = {
    "answer": ("answer", "answers"),
    "section_read": ("section read", "sections read"),
    "lesson_done": ("lesson read to its end", "lessons read to their end"),
    "lab_run": ("run of a lab", "runs of labs"),
    "lab_save": ("saved file of a lab", "saved files of labs"),
    "note": ("note", "notes"),
    "known": ("lesson found known", "lessons found known"),
    "undo": ("answer taken back", "answers taken back"),
    "bookmark": ("bookmark", "bookmarks"),
    "flag": ("flagged question", "flagged questions"),
    "setting": ("setting", "settings"),
}
"""Kinds of events worth a word, in the order to say them: one, and more than one."""
REFUSED = 10
"""Refused lines that are shown."""


def export(target: Path, *, force: bool = False) -> None:
    """Write the whole record to a file. NexusError when it would take another file's place."""
    may_write(target, b'{"format":', force=force)
    with _record() as record:
        count = maintenance.export_jsonl(record, target)
    say(f"{_many(count, 'event')}. To bring them to another machine: nexus-tui import FILE")
    as_it_is(f"Written: {target}")


def import_(source: Path, *, yes: bool) -> int:
    """Say what a file would change, ask, back up, join it; 0 done or nothing to do, 1 refused."""
    with _record() as record:
        incoming = maintenance.preview(record, source)
        for sentence in _told(incoming):
            say(sentence)
        if not incoming.new:
            say("Nothing to import.")
            return 0
        if not yes and not _agreed():
            say("Nothing was changed.")
            return 1
        kept = _backed_up(record)
        done = maintenance.import_jsonl(record, source)
    say(f"Imported: {_many(done.new, 'event')}. What your record was before is kept:")
    as_it_is(f"  {kept}")
    return 0


def _record() -> Record:
    return Record.open(paths.places().record)


def _told(incoming: Incoming) -> Iterator[str]:
    """What it would change, a sentence each."""
    if incoming.new:
        parts = [_counted(kind, n) for kind, n in _sorted(incoming.kinds)]
        yield f"New: {', '.join(parts)}."
    if incoming.known:
        yield f"Here already: {_many(incoming.known, 'event')}. What is here stays as it is."
    if incoming.conflicts:
        yield f"Here with another content: {_many(incoming.conflicts, 'event')}. Yours stay."
    if incoming.refused:
        yield f"Refused, as no events: {_many(len(incoming.refused), 'line')}."
    for number, why in incoming.refused[:REFUSED]:
        yield f"  line {number}: {why}"
    if len(incoming.refused) > REFUSED:
        yield f"  and {len(incoming.refused) - REFUSED:,} more"


def _many(n: int, one: str) -> str:
    return f"{n:,} {one}{'s' * (n != 1)}"


def _sorted(kinds: dict[str, int]) -> list[tuple[str, int]]:
    order = [*WORDS, *sorted(kinds.keys() - WORDS.keys())]
    return [(kind, kinds[kind]) for kind in order if kind in kinds]


def _counted(kind: str, n: int) -> str:
    one, more = WORDS.get(kind, (f"{kind} event", f"{kind} events"))
    return f"{n:,} {one if n == 1 else more}"


def _agreed() -> bool:
    print("Import it? Type yes: ", end="", flush=True)
    typed = sys.stdin.readline()
    if not typed:
        say()
    return typed.strip().lower() == "yes"


def _backed_up(record: Record) -> Path:
    """A copy of the record as it is. NexusError when it cannot be made; nothing is changed then."""
    folder = maintenance.folder_of(record.path)
    name = f"before-import-{record.today().isoformat()}"
    taken = {path.name for path in folder.glob(f"{name}*.db")}
    names = (f"{name}{f'-{n}' if n else ''}.db" for n in range(len(taken) + 1))
    target = folder / next(one for one in names if one not in taken)
    try:
        return maintenance.copy_to(record.path, target)
    except NexusError as error:
        raise NexusError(f"{error.message} Nothing was imported.", error.hint) from error
