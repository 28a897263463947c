"""Search: the course, the questions already met, one's own notes, in one list.

The index is built in a thread of its own, file by file, and only where files are others than
those indexed. It can be asked meanwhile; it gives way to whoever types.
"""

import contextlib
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING
from zlib import crc32

from nexus_tui.course.search import Entry, Hit, Store, Unit, course_units, find
from nexus_tui.course.search.entries import question_stamp, questions_of
from nexus_tui.errors import NexusError
from nexus_tui.learner import journal, progress

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

REST = 0.12
"""Seconds after a key until the index is built further."""
BATCH = 40
"""Entries written at a time."""
TRIES = 20
"""How often a locked index is tried."""
KINDS = {
    "module": "Module",
    "lesson": "Lesson",
    "section": "Section",
    "breath": "In one breath",
    "term": "Term",
    "lab": "Lab",
    "challenge": "Challenge",
    "question": "Question you met",
    "note": "Your note",
}
"""What each kind of entry is called."""
NEAR = {
    "": "",
    "near": "With other forms or spellings of these words",
    "some": "With some of these words",
}
PLAIN = "This Python's SQLite has no full-text index (FTS5): words are found only as typed."
EXACT = "This Python's SQLite has no trigrams: misspelled words are not found."


def near_told(near: str) -> str:
    """How what follows was found, in words."""
    return NEAR[near]


class Search:
    """What search does. One object for a session; made when first searched."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor
        self._store = Store.of(tutor.course.root, tutor.places.cache)
        self._thread: Thread | None = None
        self._stop = Event()
        self._asked = 0.0
        self._met: frozenset[str] = frozenset()
        self._notes: frozenset[str] = frozenset()
        self._units: list[Unit] = []
        self._outline = tutor.course.outline()
        self.last = ""
        """What was searched for last."""
        self.done = self.total = 0
        """Files indexed of those that are to be."""
        self.changed: Callable[[], None] = lambda: None
        """Called in the building thread when more can be found, and at the end."""

    @property
    def building(self) -> bool:
        """Whether the index is on its way."""
        return self._thread is not None and self._thread.is_alive()

    @property
    def limits(self) -> str:
        """What search cannot do with this Python, in words; "" when nothing."""
        return "" if self._store.trigrams else EXACT if self._store.full_text else PLAIN

    @property
    def told(self) -> str:
        """How far the index is, in words."""
        if not self.total:
            return "Looking for changes."
        return f"Indexing: {self.done:,} of {self.total:,} files. More will be found."

    def find(self, typed: str, limit: int = 30, *, again: bool = False) -> list[Hit]:
        """What has the words, the best first; questions only when met.

        ``again`` says that nobody typed: the building goes on.
        """
        if not again:
            self._asked = monotonic()
        return find(self._store, typed, limit=limit, allowed=self._allowed)

    def _allowed(self, entry: Entry) -> bool:
        if entry.kind == "question":
            return entry.target in self._met
        return entry.kind != "note" or entry.target in self._notes

    def start(self) -> None:
        """Look for changes, and index them in the background."""
        if not self.building:
            self._gather()
            self._thread = Thread(target=self._build, name="search index", daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Index what has changed, here and now."""
        if self._thread is not None:
            self._thread.join()
        self._gather()
        self._build()

    def close(self) -> None:
        """Stop building; what is indexed stays so."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(2)
        self._store.close()

    # What there is to index

    def _gather(self) -> None:
        """All that must be asked of the record and the outline, in the thread that has them."""
        course = self._tutor.course
        met = [course.resolve(id) for id, *_ in progress.memories(self._tutor.record)]
        notes = journal.notes(self._tutor.record)
        self._met = frozenset(met)
        self._notes = frozenset(note.subject for note in notes)
        self._outline = course.outline()
        self._units = [*self._questions(met), *map(self._note, notes)]

    def _questions(self, met: list[str]) -> Iterator[Unit]:
        owners: defaultdict[str, list[str]] = defaultdict(list)
        for id in met:
            owners[id.partition("#")[0]].append(id)
        root = self._tutor.course.root
        titles = {h.id: h.title for m in self._outline.modules.values() for h in m.heads}
        for owner, ids in owners.items():
            if owner in titles:
                module = self._outline.modules[owner.partition("/")[0]].title
                yield _met_unit(owner, ids, f"{module} › {titles[owner]}", root)

    def _note(self, note: journal.Note) -> Unit:
        title = "Note"
        with contextlib.suppress(NexusError):
            title = self._tutor.journal.subjects.about(note.subject) or title
        entry = Entry("note", note.subject, title, "", note.text)
        stamp = f"{crc32(repr(entry).encode('utf-8', 'replace')):08x}"
        return Unit(f"note:{note.subject}", stamp, lambda: [entry])

    # In the thread

    def _build(self) -> None:
        switch = sys.getswitchinterval()
        sys.setswitchinterval(0.001)  # keys are answered meanwhile
        try:
            self._index()
        finally:
            sys.setswitchinterval(switch)
            if not self._stop.is_set():
                self.changed()

    def _index(self) -> None:
        store = self._store
        units = [*course_units(self._outline, self._tutor.course.root), *self._units]
        kept = store.stamps()
        wanted = [unit for unit in units if kept.get(unit.id) != unit.stamp]
        gone = kept.keys() - {unit.id for unit in units}
        self.done, self.total = 0, len(wanted)
        if gone:
            self._tried(lambda: store.drop(gone))
        if not self._read(wanted) or not self._may_go_on():
            return
        if wanted or gone or not store.listed:
            for _ in store.list_words():
                if not self._may_go_on():
                    return

    def _read(self, wanted: list[Unit]) -> bool:
        """Read and write them, some at a time. False when it was stopped or is locked."""
        batch: dict[str, tuple[str, list[Entry]]] = {}
        for unit in wanted:
            if not self._may_go_on():
                return False
            batch[unit.id] = unit.stamp, _entries(unit)
            self.done += 1
            if sum(len(entries) for _, entries in batch.values()) >= BATCH:
                if not self._write(batch):
                    return False
                batch = {}
        return not batch or self._write(batch)

    def _write(self, batch: dict[str, tuple[str, list[Entry]]]) -> bool:
        made = self._tried(lambda: self._store.write(batch))
        self.changed()
        return made

    def _tried(self, work: Callable[[], bool]) -> bool:
        """Again and again while another window writes."""
        for _ in range(TRIES):
            if self._stop.is_set():
                return False
            if work():
                return True
            sleep(0.05)
        return False

    def _may_go_on(self) -> bool:
        """Wait while somebody types. False when it is to stop."""
        while monotonic() - self._asked < REST and not self._stop.is_set():
            sleep(0.02)
        sleep(0.0005)
        return not self._stop.is_set()


def _met_unit(owner: str, ids: list[str], trail: str, root: Path) -> Unit:
    stamp = f"{question_stamp(owner, root, ids)}|{trail}"
    return Unit(f"question:{owner}", stamp, lambda: questions_of(owner, root, ids, trail))


def _entries(unit: Unit) -> list[Entry]:
    """What a unit has; nothing when its files cannot be read, which the lesson itself tells."""
    try:
        return unit.read()
    except (NexusError, OSError, ValueError, RecursionError):
        return []
