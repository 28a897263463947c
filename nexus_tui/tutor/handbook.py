"""The handbook: what each lesson says in one breath, by module and by need."""

from typing import TYPE_CHECKING

from nexus_tui.course.handbook import BREATH
from nexus_tui.course.model import Block, LessonHead
from nexus_tui.course.value import value
from nexus_tui.errors import NexusError

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor


@value
class Chapter:
    """Lessons to be read together: those of a module, or those that help with a need."""

    id: str
    """``module:<id>`` or ``need:<number>``."""
    title: str
    lessons: tuple[LessonHead, ...]


class Handbook:
    """Chapters are made from the outline; a lesson is opened only when its page is shown."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    def needs(self) -> list[Chapter]:
        """A chapter for each need that an existing lesson helps with."""
        heads = {head.id: head for head in self._tutor.study.lessons() if not head.problem}
        made = []
        for number, occasion in enumerate(self._tutor.course.handbook()):
            ids = [self._tutor.course.resolve(id) for id in occasion.read]
            lessons = tuple(heads[id] for id in dict.fromkeys(ids) if id in heads)
            if lessons:
                made.append(Chapter(f"need:{number}", occasion.when, lessons))
        return made

    def modules(self) -> list[Chapter]:
        """A chapter for each module with lessons, in the order of the course."""
        outline = self._tutor.course.outline()
        names = [name for group in outline.groups for name in group.modules]
        made = []
        for module in (outline.modules[name] for name in names if name in outline.modules):
            lessons = tuple(head for head in module.lessons if not head.problem)
            if lessons:
                made.append(Chapter(f"module:{module.id}", module.title, lessons))
        return made

    def breath(self, lesson: str) -> tuple[Block, ...]:
        """What a lesson says in one breath; nothing when it does not, or cannot be read."""
        try:
            sections = self._tutor.course.lesson(lesson).sections
        except NexusError:
            return ()
        for section in reversed(sections):
            if section.title.casefold() == BREATH:
                return _without_further(section.blocks)
        return ()


def _without_further(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The section without the sources, which follow it under a heading of their own."""
    from nexus_tui.course.lessons import LOOK_FURTHER
    from nexus_tui.course.model import Heading

    for at, block in enumerate(blocks):
        if isinstance(block, Heading) and block.text.text == LOOK_FURTHER:
            return blocks[:at]
    return blocks
