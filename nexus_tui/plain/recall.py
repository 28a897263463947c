"""What is behind a module's number, as text and as data."""

from nexus_tui.errors import NexusError
from nexus_tui.learner.progress import LabState
from nexus_tui.plain.lines import say
from nexus_tui.plain.progress import shares
from nexus_tui.tutor import Tutor, recall
from nexus_tui.tutor.knowledge import AHEAD, Recall
from nexus_tui.tutor.recall import LessonRecall, ObjectiveRecall, QuestionRecall


def _lessons(tutor: Tutor, module: str, only: str) -> list[LessonRecall | tuple[str, str]]:
    """Its lessons, or one; id and reason of those that cannot be read."""
    made: list[LessonRecall | tuple[str, str]] = []
    for head, _ in recall.of_module(tutor, module).lessons:
        if only in ("", head.id):
            try:
                made.append(recall.of_lesson(tutor, head.id))
            except NexusError as error:
                made.append((head.id, error.hint or error.message))
    return made


def data(tutor: Tutor, module: str, lesson: str = "") -> dict[str, object]:
    """A module's lessons, or one, down to the questions; labs last."""
    found = recall.of_module(tutor, module)
    return {
        "id": found.module.id,
        "title": found.module.title,
        **shares(found.recall),
        "lessons": [_lesson(one) for one in _lessons(tutor, module, lesson)],
        "labs": [
            {"id": head.id, "title": head.title, "passed": state.passed, "runs": state.runs}
            for head, state in found.labs
            if lesson in ("", head.lesson)
        ],
    }


def _lesson(found: LessonRecall | tuple[str, str]) -> dict[str, object]:
    if isinstance(found, tuple):
        return {"id": found[0], "problem": found[1]}
    objectives = [_objective(objective) for objective in found.objectives]
    head = {"id": found.head.id, "title": found.head.title}
    return {**head, **shares(found.recall), "objectives": objectives}


def _objective(found: ObjectiveRecall) -> dict[str, object]:
    questions = [_question(question) for question in found.questions]
    return {"key": found.key, "text": found.text, **shares(found.recall), "questions": questions}


def _question(found: QuestionRecall) -> dict[str, object]:
    memory = found.memory
    if memory is None:
        return {"id": found.id, "met": False}
    return {
        "id": found.id,
        "met": True,
        "prompt": _prompt(found),
        "recall_today": round(memory.now, 4),
        "recall_in_30_days": round(memory.later, 4),
        "answers": memory.tally.answers,
        "right": memory.tally.right,
        "last_right": memory.tally.last_right,
        "last_said": memory.tally.last_confidence,
        "last_days_ago": memory.ago,
        "due": memory.due.isoformat() if memory.due else None,
    }


def _prompt(found: QuestionRecall) -> str:
    return " ".join(found.prompt.text.split()) if found.prompt else ""


def tell(tutor: Tutor, module: str, lesson: str = "") -> None:
    """The same in words."""
    found = recall.of_module(tutor, module)
    say(f"{found.module.title}: {_known(found.recall)}")
    for one in _lessons(tutor, module, lesson):
        say()
        if isinstance(one, tuple):
            say(f"{one[0]} cannot be read. {one[1]}")
        else:
            _tell_lesson(one)
    labs = [(head, state) for head, state in found.labs if lesson in ("", head.lesson)]
    for head, state in labs:
        say()
        say(f"Lab {head.title}: {_lab(state)}")


def _lab(state: LabState) -> str:
    return "passed" if state.passed else "begun, not passed" if state.runs else "not begun"


def _tell_lesson(found: LessonRecall) -> None:
    say(f"{found.head.title}: {_known(found.recall)}")
    for objective in found.objectives:
        say(f"  {objective.text}: {_known(objective.recall)}")
        for question in objective.questions:
            _tell_question(question)
        left = objective.recall.total - objective.recall.met
        if objective.recall.met and left:
            say(f"    {left} not met yet")


def _tell_question(found: QuestionRecall) -> None:
    if memory := found.memory:
        say(f"    {_prompt(found)}")
        known = f"{memory.now:.0%} now, {memory.later:.0%} in {AHEAD} days, {recall.often(memory)}"
        say(f"      {known}; {recall.last(memory)}; {recall.returns(memory)}")


def _known(known: Recall) -> str:
    if not known.met:
        return "not met yet"
    return f"{known.now:.0%} today, {known.later:.0%} in {AHEAD} days ({known.words})"
