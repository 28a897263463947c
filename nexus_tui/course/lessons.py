"""Read a lesson: front matter and sections."""

from dataclasses import dataclass, replace
from pathlib import Path

from nexus_tui.course.common import MINUTES, read_needs, read_objectives
from nexus_tui.course.fields import Fields, fields_of
from nexus_tui.course.files import digest, read_text
from nexus_tui.course.markdown import sections, split
from nexus_tui.course.model import (
    Block,
    Heading,
    Inline,
    Lesson,
    LessonHead,
    Listing,
    Paragraph,
    Section,
    Source,
    Span,
)
from nexus_tui.course.problems import Problems
from nexus_tui.course.yamltree import read_yaml

LOOK_FURTHER = "Look further"


@dataclass(frozen=True, slots=True)
class LessonFile:
    """A lesson's file, its front matter read and its body not yet."""

    head: LessonHead
    sources: tuple[Source, ...]
    body: str
    body_line: int
    """Line of the file where the body begins."""
    digest: str


def read_lesson_file(path: Path, lesson: str, problems: Problems) -> LessonFile | None:
    """Return the file of ``lesson``, or None after noting why it cannot be read."""
    text = read_text(path, problems)
    if text is None:
        return None
    front, body, body_line = front_matter(text)
    if not front:
        hint = "Begin with --- and the title, and end with ---."
        problems.add(1, "There is no front matter", hint, code="front-matter")
        return None
    node = read_yaml(front, problems, 2)
    fields = fields_of(node, problems, "front matter") if node else None
    if fields is None:
        return None
    titles = tuple(title for title, _, _ in split(body))[1:]
    head = _head(fields, lesson, titles, path)
    found = LessonFile(head, _sources(fields), body, body_line, digest(text))
    fields.done()
    return found


def front_matter(text: str) -> tuple[str, str, int]:
    """Return front matter, body, and the line where the body begins; "" when there is none."""
    rows = text.split("\n")
    if rows[0].rstrip() != "---":
        return "", text, 1
    for number, row in enumerate(rows[1:], 1):
        if row.rstrip() == "---":
            return "\n".join(rows[1:number]), "\n".join(rows[number + 1 :]), number + 2
    return "", text, 1


def _head(fields: Fields, lesson: str, titles: tuple[str, ...], path: Path) -> LessonHead:
    title = fields.text("title")
    return LessonHead(
        id=lesson,
        title=title,
        minutes=fields.whole("minutes", *MINUTES),
        objectives=read_objectives(fields),
        needs=read_needs(fields),
        sections=(title, *titles),
        questions=(),
        file=str(path),
    )


def _sources(fields: Fields) -> tuple[Source, ...]:
    found = []
    for child in fields.children("sources", "source"):
        source = Source(child.text("title"), child.text("url"))
        if source.url and not source.url.startswith("https://"):
            child.problem("url", "a source is an https address", code="link")
        child.done()
        found.append(source)
    return tuple(found)


def lesson_of(file: LessonFile, questions: tuple[str, ...]) -> Lesson:
    """Return the whole lesson."""
    pages = sections(file.body, file.body_line, file.head.id, file.head.title)
    if file.sources:
        pages = (*pages[:-1], _with_sources(pages[-1], file.sources))
    return Lesson(replace(file.head, questions=questions), pages, file.sources, file.digest)


def _with_sources(page: Section, sources: tuple[Source, ...]) -> Section:
    links: tuple[tuple[Block, ...], ...] = tuple((Paragraph(_link(source)),) for source in sources)
    further = (Heading(3, Inline(LOOK_FURTHER)), Listing(False, 1, links))
    return replace(page, blocks=(*page.blocks, *further))


def _link(source: Source) -> Inline:
    return Inline(source.title, (Span(0, len(source.title), "link", source.url),))
