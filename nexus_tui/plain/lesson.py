"""A lesson as text: its head, its sections one by one, what stands after the last."""

from collections.abc import Sequence

from nexus_tui.course.model import Lesson, Term
from nexus_tui.errors import NexusError
from nexus_tui.plain import blocks, page
from nexus_tui.plain.summary import command
from nexus_tui.tutor import Tutor


def tell_section(tutor: Tutor, lesson: Lesson, at: int) -> None:
    """A section, from 0; its questions are named, not asked."""

    def ask(id: str) -> None:
        _tell_question(tutor, id)

    tell_title(tutor, lesson, at)
    blocks.tell_all(lesson.sections[at].blocks, ask=ask)
    page.blank()


def tell_title(tutor: Tutor, lesson: Lesson, at: int) -> None:
    """What stands over a section; over the first, what the lesson is about."""
    if at == 0:
        _tell_head(tutor, lesson)
    else:
        count, title = len(lesson.sections), lesson.sections[at].title
        page.tell(f"Section {at + 1} of {count}: {title}", style="title")
    page.blank()


def _tell_head(tutor: Tutor, lesson: Lesson) -> None:
    head, module = lesson.head, tutor.study.module_of(lesson.head.id)
    number = [one.id for one in module.lessons].index(head.id) + 1
    count = len(lesson.sections)
    page.tell(head.title, style="title")
    place = f"{module.title}, lesson {number} of {len(module.lessons)}"
    page.tell(f"{place}, {head.minutes} minutes, {count} sections.", style="muted")
    if head.objectives:
        page.tell("You will be able to:", style="strong")
    for objective in head.objectives:
        page.tell(objective.text, lead="  - ")


def _tell_question(tutor: Tutor, id: str) -> None:
    """Only what is asked: the answer comes when it is."""
    try:
        prompt = tutor.course.question(id).prompt
    except NexusError as error:
        page.tell(f"A question cannot be read: {error.message}")
        return
    page.tell(prompt, lead="Question: ", rest="  ")


def tell_end(tutor: Tutor, lesson: Lesson) -> None:
    """Terms, sources, where to go from here."""
    terms = _terms(tutor, lesson)
    if terms:
        page.tell("Terms", style="title")
    for term in terms:
        page.tell(term.definition, lead=f"  {term.word}: ", rest="    ")
    if lesson.sources:
        page.tell("Read more", style="title")
    for source in lesson.sources:
        page.tell(source.title, lead="  ")
        page.put("    ", source.url)
    following = tutor.study.after(lesson.head.id)
    page.tell("From here", style="title")
    page.put("  ", command(tutor, f"quiz {lesson.head.id}"))
    if following is not None:
        page.tell(f"then {following.title}:", lead="  ")
        page.put("  ", command(tutor, f"{_verb(tutor, following.id)} {following.id}"))


def _verb(tutor: Tutor, id: str) -> str:
    module = tutor.study.module_of(id)
    if any(lab.id == id for lab in module.labs):
        return "lab"
    return "challenge" if any(one.id == id for one in module.challenges) else "read"


def _terms(tutor: Tutor, lesson: Lesson) -> Sequence[Term]:
    """Words of the module's glossary that lead to this lesson."""
    module = tutor.study.module_of(lesson.head.id)
    return [term for term in module.terms if lesson.head.id in term.see]
