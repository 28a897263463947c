"""The pages behind a number: lessons and labs of a module, objectives and questions of a lesson."""

from collections.abc import Iterator

from nexus_tui.course.model import Inline, LabHead
from nexus_tui.learner.progress import LabState
from nexus_tui.tutor import recall
from nexus_tui.tutor.figures import counted
from nexus_tui.tutor.knowledge import AHEAD, Recall
from nexus_tui.tutor.recall import LessonRecall, Memory, ModuleRecall, ObjectiveRecall
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.plots.bars import recall_bar
from nexus_tui.ui.plots.signs import signs
from nexus_tui.ui.text import clean, inline, plain, ticked, words

NUMBERS = 27
"""Columns of the two shares and their words."""
LEAST = 6
"""Columns of a bar."""
MOST = 2
"""Lines of a prompt: enough to know the question again."""


def item(lesson: LessonRecall, objective: ObjectiveRecall) -> str:
    """The id of an objective on the page."""
    return f"{lesson.head.id}@{objective.key}"


def shares(known: Recall) -> str:
    """What is known, in a sentence."""
    if not known.met:
        return "Nothing of it was met yet."
    met = f"{known.met} of {known.total} questions and labs met."
    return f"{known.now:.0%} known today, {known.later:.0%} in {AHEAD} days. {met}"


def module_page(found: ModuleRecall, width: int, glyphs: Glyphs) -> list[Line]:
    """Lessons with a bar each, then labs."""
    made = [
        BLANK,
        *flow(plain(found.module.title, "bold"), width),
        *flow(plain(shares(found.recall), "$muted"), width),
        BLANK,
    ]
    for head, known in found.lessons:
        made += on(_row(head.title, known, width, glyphs), item=head.id)
    if found.labs:
        made += [BLANK, Line(plain("Labs", "bold"))]
    for lab, state in found.labs:
        made += on(_lab(lab, state, width, glyphs), item=lab.id)
    return [*made, BLANK]


def _row(title: str, known: Recall, width: int, glyphs: Glyphs) -> Iterator[Line]:
    """Title and bar in a line where there is room, else the bar under the title."""
    told = f" {known.now:>4.0%} {known.later:>4.0%}  {known.words}" if known.met else " not met yet"
    style = "" if known.met else "$muted"
    names = min(width // 2, 44)
    bar = recall_bar(known.now, known.later, max(width - names - 4 - NUMBERS, LEAST), signs(glyphs))
    name = plain(title).truncate(names, ellipsis=True, pad=True)
    if names + 4 + LEAST + NUMBERS <= width:
        yield Line(words(glyphs.recall(known), " ", name, " ", bar, (told, style)))
        return
    yield from flow(plain(title), width, first=words(glyphs.recall(known), " "), rest="  ")
    yield Line(words("  ", bar, (told, style)))


def _lab(lab: LabHead, state: LabState, width: int, glyphs: Glyphs) -> Iterator[Line]:
    sign = glyphs.status("pass" if state.passed else "")
    told = "passed" if state.passed else f"run {state.runs} times" if state.runs else "not begun"
    text = words(clean(lab.title), (f"  {told}", "$muted"))
    yield from flow(text, width, first=words(sign, " "), rest="  ")


def lesson_page(
    module: ModuleRecall, found: LessonRecall, width: int, glyphs: Glyphs
) -> list[Line]:
    """Objectives, and under each the questions that were met."""
    made = [
        BLANK,
        *flow(words((f"{clean(module.module.title)} · ", "$muted"), (found.head.title, "bold")),
              width),
        *flow(plain(shares(found.recall), "$muted"), width),
    ]  # fmt: skip
    for objective in found.objectives:
        made += [BLANK, *_objective(found, objective, width, glyphs)]
    if found.labs:
        made += [BLANK, Line(plain("Labs", "bold"))]
    for lab, state in found.labs:
        made += on(_lab(lab, state, width, glyphs), item=lab.id)
    return [*made, BLANK]


def _objective(
    lesson: LessonRecall, objective: ObjectiveRecall, width: int, glyphs: Glyphs
) -> list[Line]:
    known = objective.recall
    lead = words(glyphs.recall(known), " ")
    head = list(flow(ticked(objective.text, "bold"), width, first=lead, rest="  "))
    met = f"{known.now:.0%} today, {known.later:.0%} in {AHEAD} days · {known.words}"
    head.append(Line(plain("  " + (met if known.met else "not met yet"), "$muted")))
    made = on(head, item=item(lesson, objective))
    for question in objective.questions:
        if question.prompt and question.memory:
            lines = _question(question.prompt, question.memory, width, glyphs)
            made += on(lines, item=question.id)
    left = known.total - known.met
    if known.met and left:
        made += flow(plain(f"{counted(left, 'question')} not met yet", "$muted"), width,
                     first="    ", rest="    ")  # fmt: skip
    return made


def _question(prompt: Inline, memory: Memory, width: int, glyphs: Glyphs) -> Iterator[Line]:
    known = Recall(memory.now, memory.later, 1, 1)
    lead = words("  ", glyphs.recall(known), " ")
    lines = list(flow(inline(prompt), width, first=lead, rest="    "))
    yield from lines[: MOST - 1]
    if len(lines) > MOST:
        yield Line(words(lines[MOST - 1].content.rstrip(), (" …", "$muted")))
    else:
        yield from lines[MOST - 1 :]
    one, two = facts(memory)
    for text in (f"{one} · {two}",) if len(one) + len(two) + 7 <= width else (one, two):
        yield from flow(plain(text, "$muted"), width, first="    ", rest="    ")


def facts(memory: Memory) -> tuple[str, str]:
    """Recall and how often right; the last answer and when it comes back."""
    known = f"{memory.now:.0%} now, {memory.later:.0%} in {AHEAD} days"
    return f"{known} · {recall.often(memory)}", f"{recall.last(memory)} · {recall.returns(memory)}"
