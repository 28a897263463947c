"""What a course is made of: frozen values, read from files, knowing no learner."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from nexus_tui.course.blocks import (
    Ask as Ask,
)
from nexus_tui.course.blocks import (
    Block as Block,
)
from nexus_tui.course.blocks import (
    Callout as Callout,
)
from nexus_tui.course.blocks import (
    CalloutKind as CalloutKind,
)
from nexus_tui.course.blocks import (
    Code as Code,
)
from nexus_tui.course.blocks import (
    Diagram as Diagram,
)
from nexus_tui.course.blocks import (
    Heading as Heading,
)
from nexus_tui.course.blocks import (
    Inline as Inline,
)
from nexus_tui.course.blocks import (
    Listing as Listing,
)
from nexus_tui.course.blocks import (
    Paragraph as Paragraph,
)
from nexus_tui.course.blocks import (
    Rule as Rule,
)
from nexus_tui.course.blocks import (
    Span as Span,
)
from nexus_tui.course.blocks import (
    SpanKind as SpanKind,
)
from nexus_tui.course.blocks import (
    Table as Table,
)
from nexus_tui.course.value import value
from nexus_tui.course.ways import Branch as Branch
from nexus_tui.course.ways import Fork as Fork
from nexus_tui.course.ways import LearningPath as LearningPath

Shape: TypeAlias = Literal["one", "many", "order", "text", "point", "match"]


@value
class Objective:
    """Something the reader will be able to do, that a question can test."""

    key: str
    text: str


@value
class Need:
    """A module or lesson to know first, and why."""

    id: str
    why: str = ""


@value
class Term:
    """A word of the glossary."""

    word: str
    definition: Inline
    see: tuple[str, ...] = ()
    """Ids of lessons, or other words."""
    module: str = ""


@value
class LessonHead:
    """What the outline knows of a lesson without opening it."""

    id: str
    title: str
    minutes: int
    objectives: tuple[Objective, ...]
    needs: tuple[Need, ...]
    sections: tuple[str, ...]
    """Titles of the sections, the opening (titled like the lesson) first."""
    questions: tuple[str, ...]
    """Full ids of the questions of its quiz."""
    file: str
    problem: str = ""
    """Why the lesson cannot be read, when its file is broken."""

    @property
    def path(self) -> Path:
        """The lesson's file. Made when asked for: a thousand paths are a tenth of a start."""
        return Path(self.file)


@value
class Section:
    """One page of a lesson."""

    title: str
    slug: str
    blocks: tuple[Block, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Ids of the questions that stand in this section."""
        return tuple(block.question for block in self.blocks if isinstance(block, Ask))


@value
class Source:
    """Where to look further."""

    title: str
    url: str


@value
class Lesson:
    """A lesson, read."""

    head: LessonHead
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    digest: str
    """Hash of the file, kept with the events about it."""


@value
class Evidence:
    """Something to look at: code, a plan, a log, a request. ``language`` is a lexer's name."""

    language: str
    text: str
    title: str = ""


@value
class Option:
    """One thing a learner can choose, and what it says about their understanding."""

    id: str
    text: Inline
    why: Inline
    right: bool = False
    misconception: str = ""
    indent: int = 0
    """Levels of indentation the line belongs at (kind ``order``)."""
    pair: str = ""
    """Text of the right-hand side (kind ``match``), without markup."""
    leads: str = ""
    """What follows from choosing it (steps of a challenge), without markup."""


@value
class Accept:
    """How a typed answer is judged. Numbers compare as numbers, within ``tolerance``."""

    answers: tuple[str, ...]
    tolerance: float = 0.0
    unit: str = ""
    fold_case: bool = False
    run: bool = False
    """The answer is what the first evidence prints (kind ``predict``)."""


@value
class Question:
    """A question of a quiz or a step of a challenge."""

    id: str
    """``module/lesson#name``, for ever."""
    kind: str
    shape: Shape
    objective: str
    difficulty: int
    prompt: Inline
    evidence: tuple[Evidence, ...]
    options: tuple[Option, ...]
    """In right order for ``order``; the known wrong answers for typed kinds."""
    accept: Accept | None
    hint: Inline | None
    explanation: Inline
    digest: str
    line: int = 0
    on: str = ""
    """Setup that runnable evidence executes on."""
    elsewhere: Inline | None = None
    """Why any other line is not it (kind ``point``)."""
    section: str = ""
    """Slug of the section of its lesson to read again, where that is not where it is asked."""

    @property
    def lesson(self) -> str:
        """Id of the lesson (or challenge) it belongs to."""
        return self.id.partition("#")[0]


@value
class Response:
    """What a learner answered, as it is recorded.

    ``chosen`` holds option ids: one (pick one, point), several in any order (pick many), all in
    order as ``id:indent`` (order), ``left=right`` (match). ``text`` holds what was typed.
    """

    chosen: tuple[str, ...] = ()
    text: str = ""
    unknown: bool = False
    """"I don't know": judged wrong, and honest."""


@value
class Verdict:
    """What is true of a response."""

    right: bool
    share: float
    """How much of it is right, 0 to 1; only 1 counts as right."""
    expected: Inline
    """The right answer in words."""
    note: Inline | None = None
    """What this very answer shows (a known wrong answer's why)."""
    misconception: str = ""


@value
class ChallengeHead:
    """What the outline knows of a challenge."""

    id: str
    title: str
    minutes: int
    summary: str
    steps: tuple[str, ...]
    path: Path
    problem: str = ""


@value
class PostMortem:
    """Five lines that a challenge leaves behind."""

    symptom: Inline
    cause: Inline
    remedy: Inline
    cost: Inline
    earlier: Inline


@value
class Challenge:
    """A real incident in steps."""

    head: ChallengeHead
    story: tuple[Block, ...]
    steps: tuple[Question, ...]
    post_mortem: PostMortem


@value
class LabCheck:
    """One check of a lab, and its hints, opened one by one."""

    id: str
    title: str
    hints: tuple[Inline, ...] = ()
    needs: str = ""


@value
class LabMistake:
    """A wrong solution people really write: the check it fails and what the message says."""

    name: str
    fails: str
    says: str
    explanation: Inline


@value
class LabEquivalent:
    """A mutant of the solution that changes nothing, and why: no check can catch it."""

    file: str
    line: int
    now: str
    why: str


@value
class LabStep:
    """A part of the model solution: from the line ``at`` to the next step of the same file.

    ``gaps`` are pieces of its text that can be left open for the learner to fill in.
    """

    file: str
    at: str
    why: Inline
    gaps: tuple[str, ...] = ()


@value
class LabHead:
    """What the outline knows of a lab."""

    id: str
    title: str
    minutes: int
    summary: str
    lesson: str
    """Id of the lesson it practises, or ""."""
    path: Path
    """The lab's folder."""
    problem: str = ""


@value
class Lab:
    """A lab, read."""

    head: LabHead
    objectives: tuple[Objective, ...]
    needs: tuple[Need, ...]
    brief: tuple[Block, ...]
    files: tuple[str, ...]
    """Names of the files the learner edits, first = open."""
    checks: tuple[LabCheck, ...]
    mistakes: tuple[LabMistake, ...]
    engine: str
    requires: tuple[str, ...]
    limits: Mapping[str, float]
    solution_notes: tuple[Block, ...]
    digest: str
    equivalent: tuple[LabEquivalent, ...] = ()
    also: tuple[str, ...] = ()
    """Other engines it can run on, when they are found."""
    steps: tuple[LabStep, ...] = ()
    """The model solution in parts, from which its easier forms are made."""


@value
class Module:
    """A module: its lessons, labs and challenges in order."""

    id: str
    title: str
    summary: str
    lessons: tuple[LessonHead, ...]
    labs: tuple[LabHead, ...]
    challenges: tuple[ChallengeHead, ...]
    needs: tuple[Need, ...]
    confusable: tuple[tuple[str, str], ...]
    terms: tuple[Term, ...]
    problem: str = ""

    @property
    def heads(self) -> "tuple[LessonHead | LabHead | ChallengeHead, ...]":
        """Lessons, labs, challenges."""
        return (*self.lessons, *self.labs, *self.challenges)


@value
class Group:
    """Modules shown together: Technologies, Concepts, Challenges, Best practices."""

    title: str
    modules: tuple[str, ...]


@value
class Outline:
    """The whole course as the first screen needs it: no lesson or quiz opened."""

    title: str
    language: str
    groups: tuple[Group, ...]
    modules: Mapping[str, Module]
    retired: Mapping[str, str] = MappingProxyType({})
    """Old id -> the id that follows it."""
    paths: tuple[LearningPath, ...] = ()
    to_come: Mapping[str, str] = MappingProxyType({})
    """Ids that paths name and nobody has written yet, with their titles."""
