"""The shape of a lesson: opening, sections, Check yourself, In one breath."""

from nexus_tui.course.check.files import Known
from nexus_tui.course.check.walk import COLUMNS, height, words
from nexus_tui.course.lessons import LOOK_FURTHER
from nexus_tui.course.model import Ask, Block, Heading, Lesson, Section

CHECK = "Check yourself"
BREATH = "In one breath"


def check_pages(known: Known) -> None:
    """Note lessons that have another shape than the course's."""
    for lesson in known.lessons.values():
        _opening(known, lesson)
        _sections(known, lesson)
        _ending(known, lesson)
        _words(known, lesson)
        for section in lesson.sections:
            _length(known, lesson, section)
        if not lesson.sources:
            known.warn(lesson.head.path, 1, "there are no sources", "Add two.", code="sources")


def _opening(known: Known, lesson: Lesson) -> None:
    lines = height(lesson.sections[0].blocks)
    path = lesson.head.path
    if not lines:
        known.add(path, 0, "the lesson has no opening", "Begin with the problem.", code="opening")
    elif not 3 <= lines <= 6:
        message = f"the opening takes {lines} lines of {COLUMNS} columns; 3 to 6 are meant"
        known.warn(path, 0, message, code="opening")


def _sections(known: Known, lesson: Lesson) -> None:
    titles = [section.title for section in lesson.sections[1:]]
    path = lesson.head.path
    count = len([title for title in titles if title not in (CHECK, BREATH)])
    if not 4 <= count <= 7:
        message = f"there are {count} sections beside {CHECK} and {BREATH}; 4 to 7 are meant"
        known.add(path, 0, message, code="sections")
    for title in {title for title in titles if titles.count(title) > 1}:
        known.add(path, f"## {title}", f"two sections are called {title}", code="duplicate-section")


def _ending(known: Known, lesson: Lesson) -> None:
    """The last section but one asks at least three questions; the last sums up."""
    path = lesson.head.path
    by_title = {section.title: section for section in lesson.sections}
    titles = [section.title for section in lesson.sections]
    if titles[-2:] != [CHECK, BREATH]:
        hint = f"End with `## {CHECK}`, then `## {BREATH}`."
        known.add(path, 0, "the lesson ends differently from the others", hint, code="ending")
    asked = len(by_title[CHECK].asks) if CHECK in by_title else 3
    if asked < 3:
        message = f"{CHECK} asks {asked} questions; at least 3 are meant"
        known.add(path, f"## {CHECK}", message, code="check-yourself")
    if BREATH in by_title and not words(_own(by_title[BREATH].blocks)):
        known.add(path, f"## {BREATH}", f"{BREATH} is empty", "Sum up.", code="empty")


def _own(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return a section's blocks without the sources that the reader appends."""
    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.text.text == LOOK_FURTHER:
            return blocks[:at]
    return blocks


def _words(known: Known, lesson: Lesson) -> None:
    count = sum(words(_own(section.blocks)) for section in lesson.sections)
    if not 550 <= count <= 1350:
        message = f"the lesson has {count} words; 600 to 1,200 are meant"
        known.warn(lesson.head.path, 0, message, code="words")


def _length(known: Known, lesson: Lesson, section: Section) -> None:
    lines = height(_own(section.blocks))
    at = f"## {section.title}"
    if lines > 45:
        message = f"`{section.title}` takes about {lines} lines; 45 are meant"
        known.warn(lesson.head.path, at, message, "Split or shorten it.", code="long-section")
    if not section.blocks and section is not lesson.sections[0]:
        known.add(lesson.head.path, at, f"`{section.title}` is empty", "Write it.", code="empty")
    if section.title != CHECK and _text_after_question(section):
        hint = "Put questions at the end of a section, before the page that gives the answer."
        message = f"text follows a question in `{section.title}`"
        known.warn(lesson.head.path, at, message, hint, code="ask-place")


def _text_after_question(section: Section) -> bool:
    kinds = [isinstance(block, Ask) for block in _own(section.blocks)]
    return True in kinds and not all(kinds[kinds.index(True) :])
