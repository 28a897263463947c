"""How a section of a lesson is laid out as a page, and what stands beside it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual.content import Content

from nexus_tui.course.model import Code, Inline, Lesson, Module
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.ui import layout
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import clean, inline, plain, ticked, words


@dataclass(frozen=True, slots=True)
class Page:
    """A section, ready to be laid out at any width."""

    lesson: Lesson
    module: Module
    section: int
    prompts: Mapping[str, Inline]
    """Prompt of each question that stands here."""
    answered: frozenset[str]
    read: bool
    """Whether the whole lesson was read before."""
    following: str
    """What comes after the lesson, in words, or ""."""
    glyphs: Glyphs
    beside: bool
    """Whether objectives and sections are shown beside it."""

    @property
    def last(self) -> bool:
        """Whether this is the lesson's last page."""
        return self.section == len(self.lesson.sections) - 1

    @property
    def samples(self) -> list[Code]:
        """Samples that run, in the order of their items ``run:0``, ``run:1`` …"""
        blocks = self.lesson.sections[self.section].blocks
        return [block for block in blocks if isinstance(block, Code) and block.run]

    def lay_out(self, width: int) -> Sequence[Line]:
        """The page."""
        section = self.lesson.sections[self.section]
        top = self._opening(width) if self.section == 0 else self._title(section.title, width)
        body = layout.lines(section.blocks, width, self._ask)
        return [BLANK, *top, BLANK, *body, BLANK, *self._foot(width), BLANK]

    def _title(self, title: str, width: int) -> list[Line]:
        return list(flow(plain(title, "bold $accent"), width))

    def _opening(self, width: int) -> list[Line]:
        head = self.lesson.head
        number = [lesson.id for lesson in self.module.lessons].index(head.id) + 1
        place = f"lesson {number} of {len(self.module.lessons)}"
        about = f"{self.module.title} · {place} · {head.minutes} min"
        made = [*flow(plain(head.title, "bold"), width), *flow(plain(about, "$muted"), width)]
        if not self.beside:
            made += [BLANK, Line(plain("You will be able to", "bold"))]
            for objective in head.objectives:
                made += flow(ticked(objective.text), width, first="  • ", rest="    ")
        return made

    def _ask(self, id: str) -> list[Line]:
        prompt = self.prompts.get(id)
        if prompt is None:
            return []
        done = id in self.answered
        sign = plain(
            f"  {self.glyphs.check if done else self.glyphs.challenge} ",
            "$right" if done else "$accent",
        )
        told = words(
            "    ", ("answered" if done else "enter answers · n asks it, then goes on", "$muted")
        )
        made = [*flow(inline(prompt, "bold"), 80, first=sign, rest="    "), Line(told)]
        return on(made, bar="$accent", ground=layout.GROUND, item=f"ask:{id}")

    def _foot(self, width: int) -> list[Line]:
        if not self.last:
            after = self.lesson.sections[self.section + 1].title
            return list(
                flow(words(("n ", "$accent"), (f"goes on: {clean(after)}", "$muted")), width)
            )
        quiz = f"takes the quiz of {len(self.lesson.head.questions)} questions"
        made = list(flow(words(("t ", "$accent"), (quiz, "$muted")), width))
        if self.following:
            made += flow(
                words(("n ", "$accent"), (f"goes on: {clean(self.following)}", "$muted")), width
            )
        return made


def side(
    lesson: Lesson,
    section: int,
    read: frozenset[int],
    recall: Recall,
    objectives: Mapping[str, bool],
    module: Module,
    glyphs: Glyphs,
) -> Callable[[int], Sequence[Line]]:
    """What stands beside the page: its sections, what one will be able to do, terms."""

    def lay_out(width: int) -> Sequence[Line]:
        made: list[Line] = [BLANK, Line(plain("On this page", "bold"))]
        for number, part in enumerate(lesson.sections):
            here = number == section
            sign = words(
                (f"{'▎' if here else ' '}", "$accent"),
                (glyphs.check if number in read else " ", "$right"),
                " ",
            )
            style = "" if here else "$muted"
            made += on(
                flow(plain(part.title, style), width, first=sign, rest="   "), item=f"go:{number}"
            )
        made += [BLANK, Line(plain("You will be able to", "bold"))]
        for objective in lesson.head.objectives:
            able = objectives.get(objective.key, False)
            sign = plain(
                f" {glyphs.check if able else glyphs.levels[0]} ", "$right" if able else "$muted"
            )
            made += flow(ticked(objective.text), width, first=sign, rest="   ")
        made += [BLANK, Line(plain("You would still know", "bold"))]
        told = f" {recall.now:.0%} today: {recall.words}" if recall.met else f" {recall.words}"
        made += flow(words(" ", glyphs.recall(recall), told), width)
        if recall.met:
            made += flow(plain(f"   {recall.later:.0%} in 30 days, untouched", "$muted"), width)
        if module.terms:
            made += [BLANK, Line(plain("Terms", "bold"))]
            for term in module.terms[:6]:
                made += on(
                    flow(plain(term.word, "$primary"), width, first=" ", rest=" "),
                    item=f"term:{term.word}",
                )
        return made

    return lay_out


def trail(
    module: Module, lesson: Lesson, section: int, width: int, *, known: bool = False
) -> Content:
    """One line above the page: where in the lesson one is."""
    count = len(lesson.sections)
    right = words(
        ("━" * (section + 1), "$primary"),
        ("━" * (count - section - 1), "$rule"),
        (f" {section + 1} of {count}", "$muted"),
    )
    mark = "known · " if known else ""
    left = plain(f"{mark}{module.title} · {lesson.head.title}", "$muted")
    room = width - right.cell_length - 2
    if room < 12:
        return right
    left = left.truncate(room, ellipsis=True)
    return words(left, " " * (width - left.cell_length - right.cell_length), right)
