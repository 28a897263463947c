"""A quiz line by line. Answers are typed: a number, a letter, several of them, words."""

from nexus_tui.course.model import LessonHead
from nexus_tui.launch import course_folder
from nexus_tui.plain import page, summary
from nexus_tui.plain.asking import KEYS, Asker
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.testout import MOST

ABOUT = (
    f"{MOST} questions at most; right ones get harder. What you know is marked as known, and "
    "stays open to read."
)
KNOWN = "Known lessons are not recommended as new. They stay open, and their questions come back."


def run(course: str | None, lesson: str, *, seed: int | None = None) -> None:
    """Ask every question of a lesson. Stops at the end of the input; what was answered is kept."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        session = tutor.quiz.of_lesson(lesson, seed)
        count = len(session.questions)
        _greet(f"{session.title}: {count} question{'s' * (count != 1)}.")
        Asker(tutor, session).go()
        summary.tell(tutor, session)
    finally:
        tutor.close()


def test_out(course: str | None, module: str, *, seed: int | None) -> None:
    """Ask about a module until it is clear what is known; mark that, and say what is not."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        session = tutor.testout.start(module, seed)
        _greet(f"{session.title}.", ABOUT)
        Asker(tutor, session).go()
        outcome = tutor.testout.settle(session)
        page.tell(f"{session.right} of {len(session.results)} right. Saved.")
        _lessons("You know:", outcome.known)
        _lessons("Worth reading:", outcome.rest)
        if outcome.known:
            page.tell(KNOWN, style="muted")
    finally:
        tutor.close()


def _greet(title: str, about: str = "") -> None:
    page.tell(title, style="title")
    if about:
        page.tell(about)
    page.tell(KEYS, style="muted")
    page.blank()


def _lessons(title: str, heads: tuple[LessonHead, ...]) -> None:
    if heads:
        page.tell(title, style="strong")
    for head in heads:
        page.tell(f"{head.title} ({head.id})", lead="  - ")
