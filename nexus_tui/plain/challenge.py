"""A challenge line by line: story, evidence, steps, what each choice leads to, the post-mortem."""

from nexus_tui.course.model import Challenge, ChallengeHead, Question
from nexus_tui.errors import NexusError
from nexus_tui.launch import course_folder
from nexus_tui.learner import progress
from nexus_tui.plain import blocks, page, summary
from nexus_tui.plain.asking import KEYS, Asker
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Graded, Session

PARTS = ("symptom", "cause", "remedy", "cost", "earlier")


def run(course: str | None, id: str, *, seed: int | None = None) -> None:
    """Go through one challenge; without an id, name those there are."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        if id:
            _go(tutor, _named(tutor, id), seed)
        else:
            _list(tutor)
    finally:
        tutor.close()


def _named(tutor: Tutor, id: str) -> Challenge:
    """The challenge of that id. NexusError when there is none, or it is something else."""
    found = tutor.study.find(id)
    if not isinstance(found, ChallengeHead):
        raise NexusError(f"{found.id} is no challenge.", "nexus-tui challenge lists them.")
    return tutor.course.challenge(found.id)


def _list(tutor: Tutor) -> None:
    for module in tutor.course.outline().modules.values():
        for head in module.challenges:
            met = progress.memories(tutor.record, head.steps)
            state = ", done" if head.steps and len(met) == len(head.steps) else ""
            page.tell(f"{head.id}: {head.title}, about {head.minutes} minutes{state}", rest="  ")


def _go(tutor: Tutor, challenge: Challenge, seed: int | None) -> None:
    session = tutor.quiz.of_challenge(challenge.head.id, seed)
    head, count = challenge.head, len(session.questions)
    page.tell(head.title, style="title")
    page.tell(f"{head.summary} About {head.minutes} minutes, {count} steps.", style="muted")
    page.blank()
    blocks.tell_all(challenge.story)
    page.blank()
    page.tell(KEYS, style="muted")
    page.blank()

    def before(question: Question) -> None:
        at = session.index
        _followed(session, session.questions[at - 1] if at else "")
        page.tell(f"Step {at + 1} of {count}", style="title")

    if Asker(tutor, session, before).go():
        _followed(session, session.questions[-1])
        _post_mortem(challenge)
    summary.tell(tutor, session)


def _followed(session: Session, question: str) -> None:
    """What the answer to a step led to."""
    graded = session.results.get(question)
    text = leads(graded) if graded else ""
    if text:
        page.tell(text, lead="What followed. ", rest="")
        page.blank()


def leads(graded: Graded) -> str:
    """What follows from an answer; from not knowing, what follows from the right one."""
    options = graded.question.options
    if graded.response.unknown:
        chosen = [option for option in options if option.right]
    elif graded.question.shape == "text":
        chosen = [option for option in options if option.why == graded.verdict.note]
    else:
        chosen = [option for option in options if option.id in graded.response.chosen]
    return " ".join(option.leads for option in chosen if option.leads)


def _post_mortem(challenge: Challenge) -> None:
    page.tell("Post-mortem", style="title")
    for name in PARTS:
        page.tell(getattr(challenge.post_mortem, name), lead=f"{name.capitalize()}: ", rest="  ")
    page.blank()
