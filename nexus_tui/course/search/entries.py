"""What is indexed of a course, file by file."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from nexus_tui.course.blocks import (
    Block,
    Callout,
    Code,
    Diagram,
    Heading,
    Listing,
    Paragraph,
    Table,
)
from nexus_tui.course.index import stamp
from nexus_tui.course.layout import Layout
from nexus_tui.course.model import (
    ChallengeHead,
    LabHead,
    Lesson,
    LessonHead,
    Module,
    Outline,
    Question,
)
from nexus_tui.course.problems import Problems
from nexus_tui.course.value import value

LOOK_FURTHER = "Look further"
BREATH = "in one breath"
"""Title, in small letters, of the section that says a lesson in a few lines."""


@value
class Entry:
    """One thing that can be found."""

    kind: str
    """module, lesson, section, breath, term, lab, challenge, question or note."""
    target: str
    """An id to open; a section's is ``module/lesson@slug``."""
    title: str
    trail: str
    """What it lies in, in words; "" for what lies in nothing."""
    text: str


@value
class Unit:
    """Entries that change together, because they are made from the same files."""

    id: str
    stamp: str
    """Another one whenever the files are others."""
    read: Callable[[], list[Entry]]
    """Makes the entries; what cannot be read has none."""


def course_units(outline: Outline, root: Path) -> Iterator[Unit]:
    """The units of a course. Looks at each file's size and time of change, opens none."""
    layout = Layout(root)
    for module in outline.modules.values():
        yield Unit(f"module:{module.id}", _stamp(layout.module(module.id)), _of_module(module))
        for lesson in module.lessons:
            here = _stamp(lesson.path), module.title
            yield Unit(f"lesson:{lesson.id}", "|".join(here), _of_lesson(lesson, module, root))
        for lab in module.labs:
            files = [lab.path / "lab.yaml", lab.path / "brief.md"]
            yield Unit(f"lab:{lab.id}", _stamp(*files), _of_lab(lab, module, root))
        for challenge in module.challenges:
            unit = _of_challenge(challenge, module, root)
            yield Unit(f"challenge:{challenge.id}", _stamp(challenge.path), unit)


def _stamp(*files: Path) -> str:
    return "|".join("{1}-{2}".format(*stamp(str(file))) for file in files)


def question_stamp(owner: str, root: Path, ids: Sequence[str]) -> str:
    """The stamp of the questions met of a lesson or challenge."""
    layout = Layout(root)
    return "|".join([_stamp(layout.quiz(owner), layout.challenge(owner)), *sorted(ids)])


def questions_of(owner: str, root: Path, ids: Iterable[str], trail: str) -> list[Entry]:
    """The entries of those questions of a lesson or challenge that are named."""
    from nexus_tui.course.quizzes import read_challenge, read_quiz

    wanted, layout = set(ids), Layout(root)
    found: Sequence[Question] = ()
    path = layout.quiz(owner)
    if path.exists():
        found = read_quiz(path, owner, Problems.of(path, root))
    elif (path := layout.challenge(owner)).exists():
        challenge = read_challenge(path, owner, Problems.of(path, root))
        found = challenge.steps if challenge else ()
    return [_question(question, trail) for question in found if question.id in wanted]


def _question(question: Question, trail: str) -> Entry:
    parts = [question.prompt.text, *(evidence.text for evidence in question.evidence)]
    parts += [option.text.text for option in question.options]
    parts.append(question.explanation.text)
    return Entry("question", question.id, _line(question.prompt.text), trail, "\n".join(parts))


def _of_module(module: Module) -> Callable[[], list[Entry]]:
    def read() -> list[Entry]:
        made = [Entry("module", module.id, module.title, "", module.summary)]
        for term in module.terms:
            lesson = next((id for id in term.see if id.startswith(f"{module.id}/")), module.id)
            text = term.definition.text
            made.append(Entry("term", lesson, term.word, module.title, text))
        return made

    return read


def _of_lesson(head: LessonHead, module: Module, root: Path) -> Callable[[], list[Entry]]:
    def read() -> list[Entry]:
        from nexus_tui.course.lessons import lesson_of, read_lesson_file

        file = read_lesson_file(head.path, head.id, Problems.of(head.path, root))
        return list(_lesson(lesson_of(file, ()), module)) if file else []

    return read


def _lesson(lesson: Lesson, module: Module) -> Iterator[Entry]:
    head = lesson.head
    trail = f"{module.title} › {head.title}"
    for at, section in enumerate(lesson.sections):
        said, further = _apart(section.blocks)
        text, target = plain_text(said), f"{head.id}@{section.slug}"
        if not at:
            aims = "\n".join(objective.text for objective in head.objectives)
            yield Entry("lesson", target, head.title, module.title, f"{text}\n{aims}")
        elif section.title.casefold() == BREATH:
            yield Entry("breath", target, head.title, module.title, text)
        elif text:
            yield Entry("section", target, section.title, trail, text)
        if further:
            yield Entry("section", target, LOOK_FURTHER, trail, plain_text(further))


def _of_lab(head: LabHead, module: Module, root: Path) -> Callable[[], list[Entry]]:
    def read() -> list[Entry]:
        from nexus_tui.course.labfiles import read_lab

        lab = read_lab(head.path, head.id, Problems.of(head.path / "lab.yaml", root))
        brief = plain_text(lab.brief) if lab else ""
        aims = [objective.text for objective in lab.objectives] if lab else []
        text = "\n".join([head.summary, brief, *aims])
        return [Entry("lab", head.id, head.title, module.title, text)]

    return read


def _of_challenge(head: ChallengeHead, module: Module, root: Path) -> Callable[[], list[Entry]]:
    def read() -> list[Entry]:
        from nexus_tui.course.quizzes import read_challenge

        challenge = read_challenge(head.path, head.id, Problems.of(head.path, root))
        story = plain_text(challenge.story) if challenge else ""
        text = f"{head.summary}\n{story}"
        return [Entry("challenge", head.id, head.title, module.title, text)]

    return read


def _apart(blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
    """What a section says, and the sources below it."""
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.text.text == LOOK_FURTHER:
            return blocks[:at], blocks[at + 1 :]
    return blocks, ()


def plain_text(blocks: Iterable[Block]) -> str:
    """What blocks say, a line for each; questions that stand among them stay out."""
    return "\n".join(part for block in blocks for part in _said(block) if part)


def _said(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield block.text.text
        case Code():
            yield block.source
            yield block.output or ""
        case Diagram():
            yield block.text
        case Callout():
            yield plain_text(block.blocks)
        case Listing():
            yield from map(plain_text, block.items)
        case Table():
            for row in (block.header, *block.rows):
                yield "  ".join(cell.text for cell in row)
        case _:
            return


def _line(text: str, most: int = 90) -> str:
    """The beginning of a text as one line."""
    whole = re.sub(r"\s+", " ", text).strip()
    return whole if len(whole) <= most else whole[: most - 1].rsplit(" ", 1)[0] + "…"
