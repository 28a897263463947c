"""The journal: notes on anything, takeaways, challenges of one's own, bookmarks."""

from functools import cached_property
from typing import TYPE_CHECKING, Literal

from nexus_tui.course.value import value
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, journal
from nexus_tui.learner.journal import Version
from nexus_tui.tutor.subjects import OWN, TAKEAWAY, Subjects, split

if TYPE_CHECKING:
    from datetime import datetime

    from nexus_tui.tutor import Tutor

Kind = Literal["own", "takeaway", "note", "bookmark"]
KINDS: dict[Kind, str] = {
    "own": "Challenges of your own",
    "takeaway": "Takeaways",
    "note": "Notes",
    "bookmark": "Bookmarks",
}
"""What a journal holds, in the order in which it is shown."""
NAMES: dict[Kind, str] = {
    "own": "a challenge of your own",
    "takeaway": "a takeaway",
    "note": "a note",
    "bookmark": "a bookmark",
}
LONGEST = 50_000
"""Characters that a note may have."""
PARTS = ("Symptom", "Cause", "Remedy", "Cost", "How to notice it earlier")
SITTING = 300
"""Seconds within which a text that only grew is still the same version."""


@value
class Entry:
    """One thing in the journal."""

    subject: str
    kind: Kind
    about: str
    """What it is about, in words, or ""."""
    text: str
    when: "datetime"
    """When it was last written, on the learner's clock."""

    @property
    def title(self) -> str:
        """Its first line, without what marks it as a heading; what it is about when it is empty."""
        lines = (line.strip().lstrip("#").strip() for line in self.text.split("\n", 40)[:40])
        return next((line[:200] for line in lines if line), self.about)


@value
class Draft:
    """Something that can be written now: where it goes, what stands there, what it begins as."""

    subject: str
    kind: Kind
    about: str
    text: str
    template: str = ""


class Journal:
    """Writes events; everything it shows is derived from them."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    @cached_property
    def subjects(self) -> Subjects:
        """What subjects are called, and where they lead."""
        return Subjects(self._tutor)

    # Writing

    def text(self, subject: str) -> str:
        """What is written on a subject, "" when nothing is."""
        return journal.note(self._tutor.record, subject)

    def write(self, subject: str, text: str) -> bool:
        """Keep a text; an empty one removes it. Whether anything changed.

        Raises NexusError when it is too long, or cannot be written.
        """
        text = text.strip("\n").rstrip()
        if text == self.draft(subject).template.strip():
            text = ""
        if len(text) > LONGEST:
            told = f"A note has at most {LONGEST:,} characters; this one has {len(text):,}."
            raise NexusError(told, "Shorten it, or keep it in a file of its own.")
        if text == self.text(subject):
            return False
        events.append(self._tutor.record, "note", subject, {"text": text})
        return True

    def add(self, subject: str, text: str) -> None:
        """Put a text under what is there already."""
        before = self.text(subject)
        self.write(subject, f"{before}\n\n{text.strip()}" if before else text)

    def mark(self, subject: str) -> bool:
        """Set a bookmark, or take it away. Whether there is one now."""
        on = not journal.marked(self._tutor.record, subject)
        events.append(self._tutor.record, "bookmark", subject, {"on": on})
        return on

    def marked(self, subject: str) -> bool:
        """Whether there is a bookmark."""
        return journal.marked(self._tutor.record, subject)

    def versions(self, subject: str) -> list[Version]:
        """What stood there, newest first; of texts that grew in one sitting, the last."""
        found: list[Version] = []
        for version in journal.versions(self._tutor.record, subject):
            newer = found[-1] if found else None
            soon = newer and (newer.when - version.when).total_seconds() <= SITTING
            if not (newer and soon and newer.text.startswith(version.text)):
                found.append(version)
        return found

    # What can be written

    def drafts(self, subject: str, first: Kind = "note") -> list[Draft]:
        """What one can write about a section, question, lab or challenge; ``first`` leads."""
        owner = split(subject)[0]
        made = [
            self.draft(subject),
            self.draft(f"{TAKEAWAY}{owner}"),
            self.draft(f"{OWN}{owner}"),
        ]
        return sorted(made, key=lambda draft: draft.kind != first)

    def draft(self, subject: str) -> Draft:
        """What one writes on this very subject."""
        kind, about = self.subjects.kind(subject), self.subjects.about(subject)
        template = template_of(about) if kind == "own" else ""
        return Draft(subject, kind, about, self.text(subject), template)

    def fresh(self, kind: Kind) -> Draft:
        """Something new that is about nothing in the course."""
        stamp = self._tutor.record.now().strftime("%Y%m%d-%H%M%S-%f")
        return self.draft(f"{kind}:{stamp}")

    # Looking

    def entries(self, containing: str = "") -> list[Entry]:
        """Everything that has these words, by kind, in each the newest first."""
        record = self._tutor.record
        found = [self._entry(note.subject, note.text, note.last) for note in journal.notes(record)]
        found += [
            self._entry(mark.subject, "", mark.when, "bookmark") for mark in journal.marks(record)
        ]
        wanted = containing.casefold().split()
        order = list(KINDS)
        kept = [entry for entry in found if _has(entry, wanted)]
        return sorted(kept, key=lambda entry: order.index(entry.kind))

    def _entry(self, subject: str, text: str, when: "datetime", kind: Kind | None = None) -> Entry:
        from datetime import timedelta

        ahead = timedelta(minutes=self._tutor.record.zone_minutes(when))
        about = self.subjects.about(subject)
        return Entry(subject, kind or self.subjects.kind(subject), about, text, when + ahead)


def template_of(about: str) -> str:
    """What a challenge of one's own begins as."""
    parts = "".join(f"\n## {part}\n\n" for part in PARTS)
    return f"# {about or 'What happened'}\n{parts}"


def _has(entry: Entry, wanted: list[str]) -> bool:
    if not wanted:
        return True
    folded = f"{entry.about} {entry.subject} {entry.text}".casefold()
    return all(part in folded for part in wanted)
