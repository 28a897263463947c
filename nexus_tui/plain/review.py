"""Today's questions line by line."""

from nexus_tui.course.model import Question
from nexus_tui.launch import course_folder
from nexus_tui.plain import page, summary
from nexus_tui.plain.asking import KEYS, LATER, Asker
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Session


def run(course: str | None, *, limit: int | None = None, seed: int | None = None) -> None:
    """Ask what is worth asking today, or the first ``limit`` of it; then say what else is due."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        session = tutor.quiz.review(limit, seed)
        if session.questions:
            _ask(tutor, session)
        else:
            page.tell(_nothing(tutor))
        _labs(tutor)
    finally:
        tutor.close()


def _ask(tutor: Tutor, session: Session) -> None:
    count = len(session.questions)
    if tutor.quiz.reviews.back:
        page.tell("Welcome back. A short session is enough for today.")
    page.tell(f"Review: {count} question{'s' * (count != 1)} today.", style="title")
    page.tell(f"{KEYS}\n{LATER}", style="muted")
    page.blank()

    def before(question: Question) -> None:
        if question.id in session.contrasts:
            page.tell("Easily confused with the one before:", style="muted")

    Asker(tutor, session, before).go()
    summary.tell(tutor, session)
    found = tutor.quiz.gain(session)
    if found is not None and found[1] > found[0]:
        without, now = (f"{share:.0%}" for share in found)
        page.tell(
            f"Of what you got right, {now} will still be there in a week; without today, {without}."
        )


def _nothing(tutor: Tutor) -> str:
    """Why there is nothing to ask."""
    reviews = tutor.quiz.reviews
    if not reviews.met:
        return "Nothing to review yet: questions come here once you have answered them."
    ahead = reviews.ahead()
    day = next((n for n, count in enumerate(ahead) if n and count), None)
    if day is None:
        return "Nothing to review today, nor in the next days."
    when = "tomorrow" if day == 1 else f"in {day} days"
    come = "comes" if ahead[day] == 1 else "come"
    return f"Nothing more to review today. {ahead[day]} {come} back {when}."


def _labs(tutor: Tutor) -> None:
    """Labs that are about to be forgotten, and how to do them again."""
    labs = tutor.quiz.reviews.labs()
    if labs:
        page.tell("Labs worth doing again:")
    for due in labs:
        page.tell(f"{due.head.title}, about {due.minutes} minutes", lead="  - ")
        form = "" if due.begun else f" --form {due.form}"
        page.put("    ", summary.command(tutor, f"lab {due.head.id}{form}"))
