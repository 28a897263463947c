"""What the learner's own document is made of, gathered from the record and the course."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexus_tui.course.model import ChallengeHead, Inline, LabHead, LessonHead, Module, Objective
from nexus_tui.errors import NexusError
from nexus_tui.learner import labhistory, progress, stats
from nexus_tui.learner.labhistory import Change, Moment
from nexus_tui.tutor.journal import Journal
from nexus_tui.tutor.learnings import Built, Incident, Learned, Own, Topic

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

GOOD = 0.6
"""Recall from which a question counts as known."""
_BATCH = 200
_SURE_AND_WRONG = (
    "SELECT subject, payload FROM event WHERE kind = 'answer' "
    "AND id NOT IN (SELECT event FROM undone) ORDER BY id"
)


def gather(tutor: "Tutor", *, notes: bool = False) -> Learned:
    """All of it, in the course's order. The learner's notes only when they are wanted."""
    outline, totals = tutor.course.outline(), stats.totals(tutor.record)
    modules = list(outline.modules.values())
    groups = [
        (group.title, [outline.modules[id] for id in group.modules if id in outline.modules])
        for group in outline.groups
    ]
    own = _own(tutor)
    return Learned(
        outline.title,
        totals.answers,
        totals.right,
        totals.questions,
        totals.since.isoformat() if totals.since else "",
        tuple((title, tuple(_topics(tutor, found))) for title, found in groups),
        incidents=tuple(_incidents(tutor, modules)),
        built=tuple(_built(tutor, modules)),
        faced=own.get("own", ()),
        corrected=tuple(_corrected(tutor)),
        takeaways=own.get("takeaway", ()),
        notes=own.get("note", ()) if notes else (),
    )


def _topics(tutor: "Tutor", modules: list[Module]) -> Iterator[Topic]:
    """Modules of which something was read, answered or passed."""
    settled, passed = tutor.study.settled(), progress.labs_passed(tutor.record)
    recall = tutor.knowledge.map()
    for module in modules:
        read = sum(head.id in settled for head in module.lessons)
        if read or recall[module.id].met or passed.intersection(lab.id for lab in module.labs):
            able = tuple(_able(tutor, module))
            count = sum(len(head.objectives) for head in module.lessons)
            lessons = len(module.lessons)
            yield Topic(module.title, module.summary, able, count, read, lessons)


def _able(tutor: "Tutor", module: Module) -> Iterator[str]:
    recall = tutor.knowledge.map()
    for head in module.lessons:
        if recall[head.id].met:
            yield from (one.text for one in _firm(tutor, head))


def _firm(tutor: "Tutor", head: LessonHead) -> list[Objective]:
    """Objectives that would hold today. What was wrong the last time is fresh, but not known."""
    try:
        quiz = tutor.course.quiz(head.id)
    except NexusError:
        return []  # broken: the linter says so
    ids = [question.id for question in quiz]
    right, recalls = set(_known(tutor, ids)), progress.recalls(tutor.record, ids)
    firm = []
    for objective in head.objectives:
        own = [q.id for q in quiz if q.objective == objective.key]
        sure = sum(recalls[id] for id in own if id in right)
        if own and sure / len(own) >= GOOD:
            firm.append(objective)
    return firm


def _incidents(tutor: "Tutor", modules: list[Module]) -> Iterator[Incident]:
    for head in (head for module in modules for head in module.challenges):
        if head.steps and len(progress.memories(tutor.record, head.steps)) == len(head.steps):
            incident = _incident(tutor, head)
            if incident:
                yield incident


def _incident(tutor: "Tutor", head: ChallengeHead) -> Incident | None:
    try:
        challenge = tutor.course.challenge(head.id)
    except NexusError:
        return None  # broken: the linter says so
    tallies = stats.tallies(tutor.record, head.steps)
    right = sum(tally.last_right for tally in tallies.values())
    return Incident(head.title, head.summary, right, len(head.steps), challenge.post_mortem)


def _built(tutor: "Tutor", modules: list[Module]) -> Iterator[Built]:
    passed = progress.labs_passed(tutor.record)
    for head in (head for module in modules for head in module.labs):
        if head.id in passed:
            built = _lab(tutor, head)
            if built:
                yield built


def _lab(tutor: "Tutor", head: LabHead) -> Built | None:
    """A lab as it was when it passed; later practice changes nothing."""
    runs = [one for one in labhistory.moments(tutor.record, head.id) if one.kind == "run"]
    at = next((at for at, one in enumerate(runs) if one.passed and one.form in ("", "blank")), None)
    if at is None:
        return None
    done = runs[at]
    figures = labhistory.changes(done.figures, runs[0], None) if at else _alone(done)
    told = tuple(
        (change.name, _figure(change.first, change.unit), _now(change)) for change in figures
    )
    return Built(head.title, head.summary, at + 1, done.hints, done.gave_up, told)


def _alone(done: Moment) -> list[Change]:
    """Numbers of a run that passed at once: there is none to compare them with."""
    return [Change(figure.name, figure.unit, figure.value) for figure in done.figures]


def _now(change: Change) -> str:
    return _figure(change.now, change.unit)


def _figure(value: float | None, unit: str) -> str:
    return "" if value is None else f"{value:,g} {unit}".rstrip()


def _corrected(tutor: "Tutor") -> Iterator[Inline]:
    """What one was once wrong and sure about, and knows."""
    known = set(_known(tutor, sorted(_sure_and_wrong(tutor))))
    for id in tutor.knowledge.owners():
        if id in known:
            try:
                yield tutor.course.question(id).explanation
            except NexusError:
                continue  # broken: the linter says so


def _sure_and_wrong(tutor: "Tutor") -> set[str]:
    found = set()
    for subject, payload in tutor.record.each(_SURE_AND_WRONG):
        given = json.loads(payload)
        if given.get("confidence") == "sure" and given.get("right") is False:
            found.add(subject)
    return found


def _known(tutor: "Tutor", questions: list[str]) -> Iterator[str]:
    """Of some questions, those that were right the last time and would be today."""
    recalls = progress.recalls(tutor.record, questions)
    good = [id for id in questions if recalls[id] >= GOOD]
    for at in range(0, len(good), _BATCH):
        tallies = stats.tallies(tutor.record, good[at : at + _BATCH])
        yield from (id for id, tally in tallies.items() if tally.last_right)


def _own(tutor: "Tutor") -> dict[str, tuple[Own, ...]]:
    """What the learner wrote, by kind of journal entry, in an order that stays."""
    found: dict[str, tuple[Own, ...]] = {}
    for entry in sorted(Journal(tutor).entries(), key=lambda entry: entry.subject):
        if entry.text:
            title = entry.title if entry.kind == "own" else entry.about or entry.title
            own = Own(title, entry.text)
            found[entry.kind] = (*found.get(entry.kind, ()), own)
    return found
