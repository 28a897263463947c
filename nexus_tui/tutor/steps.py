"""The steps of a learning path, as far as they exist and the learner has come."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from nexus_tui.course.model import ChallengeHead, Fork, LabHead, LearningPath, LessonHead, Module
from nexus_tui.course.value import value
from nexus_tui.learner import progress

if TYPE_CHECKING:
    from nexus_tui.course.model import Outline
    from nexus_tui.tutor import Tutor

Kind = Literal["lesson", "lab", "challenge", "fork", "to come"]
Head = LessonHead | LabHead | ChallengeHead


@value
class Step:
    """One step, for one learner."""

    id: str
    title: str
    kind: Kind
    module: str
    """Title of its module."""
    minutes: int = 0
    done: bool = False
    known: bool = False
    """Not read, and a test-out found it known."""
    begun: bool = False
    needs: tuple[str, ...] = ()
    fork: Fork | None = None
    taken: str = ""
    """The branch taken at a fork."""

    @property
    def open(self) -> bool:
        """It exists and is still to do. A fork is a question, not work."""
        return not (self.done or self.known or self.kind in ("fork", "to come"))


@value
class Standing:
    """What the learner has done, read once."""

    done: frozenset[str]
    known: frozenset[str]
    begun: frozenset[str]


def standing(tutor: "Tutor", steps: Mapping[str, Head]) -> Standing:
    """How the learner stands with all that a path names."""
    record = tutor.record
    labs = progress.lab_states(record)
    done = tutor.study.done() | {id for id, state in labs.items() if state.passed}
    challenges = [head for head in steps.values() if isinstance(head, ChallengeHead)]
    asked = [question for head in challenges for question in head.steps]
    met = {row[0] for row in progress.memories(record, asked)} if asked else set()
    done |= {head.id for head in challenges if head.steps and met.issuperset(head.steps)}
    return Standing(
        frozenset(done),
        frozenset(tutor.study.known()),
        frozenset({*labs, tutor.study.last()}),
    )


def steps(tutor: "Tutor", path: LearningPath, turns: Mapping[str, str]) -> list[Step]:
    """The path from its beginning, by the branches taken; each id once."""
    outline = tutor.course.outline()
    named = [
        (tutor.course.resolve(item) if isinstance(item, str) else item)
        for item in _straight(path, turns)
    ]
    ids = dict.fromkeys(id for item in named for id in _spread(outline, item))
    heads = {head.id: head for head in _heads(outline, ids)}
    so_far = standing(tutor, heads)
    forks = {item.id: item for item in named if isinstance(item, Fork)}
    return [
        _fork(forks[id[1:]], turns)
        if id.startswith("?")
        else _step(outline, id, heads.get(id), so_far)
        for id in ids
    ]


def _straight(path: LearningPath, turns: Mapping[str, str]) -> Iterator[str | Fork]:
    """The steps with the branch taken put after its fork."""
    for item in path.steps:
        yield item
        if isinstance(item, Fork):
            for branch in item.branches:
                if turns.get(item.id) == branch.id:
                    yield from branch.steps


def _spread(outline: "Outline", item: str | Fork) -> list[str]:
    """Ids of a step: a module stands for its lessons, each with its labs, and what is to come."""
    if isinstance(item, Fork):
        return [f"?{item.id}"]
    module = outline.modules.get(item)
    if module is None:
        return [item]
    lessons = [id for head in module.lessons for id in (head.id, *_labs(module, head.id))]
    later = [id for id in outline.to_come if id.startswith(f"{module.id}/")]
    labs = [head.id for head in module.labs]
    challenges = [head.id for head in module.challenges]
    return [*dict.fromkeys([*lessons, *later, *labs, *challenges])]


def _labs(module: Module, lesson: str) -> list[str]:
    return [head.id for head in module.labs if head.lesson == lesson]


def _heads(outline: "Outline", ids: Mapping[str, object]) -> Iterator[Head]:
    for name in dict.fromkeys(id.partition("/")[0] for id in ids):
        if module := outline.modules.get(name):
            for head in module.heads:
                if head.id in ids and not head.problem:
                    yield head


def _fork(fork: Fork, turns: Mapping[str, str]) -> Step:
    taken = turns.get(fork.id, "")
    there = any(branch.id == taken for branch in fork.branches)
    return Step(fork.id, fork.ask, "fork", "", fork=fork, taken=taken if there else "")


def _step(outline: "Outline", id: str, head: Head | None, so_far: Standing) -> Step:
    module = outline.modules.get(id.partition("/")[0])
    title = module.title if module else ""
    if head is None:
        return Step(id, outline.to_come.get(id, id), "to come", title)
    kind: Kind = "lesson"
    if not isinstance(head, LessonHead):
        kind = "lab" if isinstance(head, LabHead) else "challenge"
    done = id in so_far.done
    return Step(
        id, head.title, kind, title, head.minutes, done,
        known=id in so_far.known and not done,
        begun=id in so_far.begun and not done,
        needs=tuple(need.id for need in head.needs) if isinstance(head, LessonHead) else (),
    )  # fmt: skip
