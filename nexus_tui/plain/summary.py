"""The end of a session: how many, what is known, what to read again and with which command."""

from collections.abc import Iterator

from nexus_tui import paths
from nexus_tui.course.model import Question
from nexus_tui.errors import NexusError
from nexus_tui.plain import page
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Graded, Session

NAMES = {"sure": "were sure", "think": "thought so", "guess": "guessed"}


def tell(tutor: Tutor, session: Session) -> None:
    """Say how a session went. Everything in it was saved long before."""
    total = len(session.results)
    page.tell(f"{session.right} of {total} right. Saved." if total else "Nothing was answered.")
    for sentence in (_calibration(session), _returning(session)):
        if sentence:
            page.tell(sentence)
    _known(tutor, session)
    _again(tutor, session)
    for id, reason in session.broken.items():
        page.tell(f"{id} could not be read: {reason}")


def command(tutor: Tutor, rest: str) -> str:
    """What to type, for the course that is open."""
    other = f" --course {tutor.root}" if tutor.root != paths.course_root() else ""
    return f"nexus-tui{other} {rest}"


def _calibration(session: Session) -> str:
    """Of the answers of each confidence, how many were right."""
    parts = []
    for confidence, name in NAMES.items():
        these = [g for g in session.results.values() if g.confidence == confidence]
        if these:
            right = sum(graded.verdict.right for graded in these)
            parts.append(f"you {name}, {right} of {len(these)}")
    return f"Right when {'; when '.join(parts)}." if parts else ""


def _returning(session: Session) -> str:
    """When the answered ones come back, the soonest first."""
    when: dict[str, int] = {}
    for graded in sorted((g for g in session.results.values() if g.due), key=_due):
        if graded.returns:
            when[graded.returns] = when.get(graded.returns, 0) + 1
    return f"Coming back: {', '.join(f'{n} {day}' for day, n in when.items())}." if when else ""


def _due(graded: Graded) -> float:
    return graded.due.timestamp() if graded.due else 0.0


def _topics(session: Session, right: bool) -> dict[tuple[str, str], Question]:
    """One question of each lesson and objective among the right answers, or among the others."""
    found: dict[tuple[str, str], Question] = {}
    for graded in session.results.values():
        if graded.verdict.right is right:
            question = graded.question
            found.setdefault((question.lesson, question.objective), question)
    return found


def _known(tutor: Tutor, session: Session) -> None:
    missed = _topics(session, False)
    known = [q for key, q in _topics(session, True).items() if key not in missed]
    told = [text for question in known if (text := tutor.quiz.objective(question))]
    if told:
        page.tell("You can:", style="right")
    for text in told:
        page.tell(text, lead="  - ")


def _again(tutor: Tutor, session: Session) -> None:
    lines = list(_sections(tutor, [*_topics(session, False).values()]))
    if lines:
        page.tell("Worth reading again:", style="wrong")
    for text, way in lines:
        page.tell(text, lead="  - ")
        page.put("    ", way)


def _sections(tutor: Tutor, questions: list[Question]) -> Iterator[tuple[str, str]]:
    """What was missed, and the command that shows where to read about it."""
    for question in questions:
        head = tutor.quiz.lesson_of(question)
        if head is None:
            continue
        try:
            section = tutor.study.section_of(question.id) + 1
        except NexusError:
            section = 1
        text = tutor.quiz.objective(question) or head.title
        yield text, command(tutor, f"read {head.id} --section {section}")
