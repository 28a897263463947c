"""A lesson line by line: its sections, its questions where they stand, the place kept."""

from dataclasses import dataclass
from itertools import groupby

from nexus_tui.course.model import Ask, Block, Code, Lesson
from nexus_tui.errors import NexusError
from nexus_tui.launch import course_folder
from nexus_tui.plain import blocks, page
from nexus_tui.plain.asking import KEYS, Asker
from nexus_tui.plain.lesson import tell_end, tell_section, tell_title
from nexus_tui.plain.prompt import line
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.study import Position

WAYS = "Enter: go on. back: the section before. run: run its samples. undo. stop: leave."


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for. ``section`` counts from 1; 0: where it was left."""

    section: int = 0
    questions: bool | None = None
    """Ask the questions of the lesson; None: when somebody sits before it."""


def run(course: str | None, id: str, wishes: Wishes) -> None:
    """Read a lesson, the one left open last without an id. NexusError when there is none.

    Into a pipe it is printed, whole or one section. On a terminal one reads section by section,
    and what was read is recorded as on the screen.
    """
    tutor = Tutor.open(root=course_folder(course))
    try:
        lesson = tutor.study.open(id or _last(tutor))
        _check(lesson, wishes.section)
        if page.interactive() or wishes.questions:
            _Reader(tutor, lesson, asks=wishes.questions is not False).go(wishes.section)
        else:
            _print(tutor, lesson, wishes.section)
    finally:
        tutor.close()


def _last(tutor: Tutor) -> str:
    id = tutor.study.last()
    if not id:
        raise NexusError("No lesson is open yet.", "Name one: nexus-tui read LESSON")
    return id


def _check(lesson: Lesson, section: int) -> None:
    count = len(lesson.sections)
    if section > count:
        raise NexusError(
            f"{lesson.head.title} has {count} sections.", f"Choose one from 1 to {count}."
        )


def _print(tutor: Tutor, lesson: Lesson, section: int) -> None:
    """All of it, or one section; of that one the place is kept, as when it is opened."""
    wanted = [section - 1] if section else range(len(lesson.sections))
    for at in wanted:
        tell_section(tutor, lesson, at)
    if section:
        tutor.study.keep_position(lesson.head.id, Position(section - 1))
    if wanted[-1] == len(lesson.sections) - 1:
        tell_end(tutor, lesson)


class _Reader:
    """Reads with somebody: a section, its questions, then the next when they say so."""

    def __init__(self, tutor: Tutor, lesson: Lesson, *, asks: bool) -> None:
        self.tutor, self.lesson, self.asks = tutor, lesson, asks
        self._asker: Asker | None = None
        """Who asked what stands in this section."""

    def go(self, section: int) -> None:
        """From a section (from 1; 0: where it was left) until the end, or until one leaves."""
        study, id, last = self.tutor.study, self.lesson.head.id, len(self.lesson.sections) - 1
        at: int | None = section - 1 if section else min(study.position(id).section, last)
        if at and not section:
            page.tell("Where you left it. From the start: --section 1", style="muted")
        while at is not None:
            study.keep_position(id, Position(at))
            if not self._section(at):
                return
            at = self._turn(at)

    def _section(self, at: int) -> bool:
        """Tell a section and ask its questions where they stand; False when it was stopped."""
        if not self.asks:
            tell_section(self.tutor, self.lesson, at)
            return True
        tell_title(self.tutor, self.lesson, at)
        for asks, group in groupby(self.lesson.sections[at].blocks, _is_ask):
            parts = list(group)
            if asks:
                going = self._ask([part.question for part in parts if isinstance(part, Ask)])
            else:
                blocks.tell_all(parts)
                page.blank()
                going = True
            if not going:
                return False
        return True

    def _ask(self, questions: list[str]) -> bool:
        """Ask questions that stand together; False when it was stopped."""
        if self._asker is None:
            page.tell(KEYS, style="muted")
            page.blank()
        session = self.tutor.quiz.session(self.lesson.head.title, tuple(questions), "lesson")
        self._asker = Asker(self.tutor, session, goes_on=True)
        going = self._asker.go()
        for id, reason in session.broken.items():
            page.tell(f"{id} cannot be read: {reason}")
        return going

    def _turn(self, at: int) -> int | None:
        """Where to go from a section; going on means that it was read."""
        page.tell(WAYS, style="muted")
        while (typed := line("> ")) is not None:
            word = typed.strip().casefold()
            if not word:
                return self._on(at)
            if word == "back":
                return max(at - 1, 0)
            if word in ("stop", "quit"):
                return None
            if word == "run":
                self._run(at)
            elif word == "undo" and self._asker and self._asker.undo() and not self._asker.go():
                return None
            page.tell(WAYS, style="muted")
        return None

    def _on(self, at: int) -> int | None:
        self.tutor.study.read(self.lesson, at)
        if at + 1 < len(self.lesson.sections):
            return at + 1
        tell_end(self.tutor, self.lesson)
        return None

    def _run(self, at: int) -> None:
        """Run the samples of a section here and now."""
        found = [b for b in self.lesson.sections[at].blocks if isinstance(b, Code) and b.run]
        if not found:
            page.tell("Nothing here runs.")
        for sample in found:
            try:
                result = self.tutor.bench.sample(self.lesson.head.id, sample)
            except NexusError as error:
                page.tell(f"{error.message} {error.hint}".strip())
                return
            page.tell("It prints:" if result.ok else f"It fails. {result.stopped}".strip())
            page.code(result.output, "text")


def _is_ask(block: Block) -> bool:
    return isinstance(block, Ask)
