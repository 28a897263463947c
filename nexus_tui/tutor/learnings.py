"""My learnings: the text of the learner's own document, from what they did and would still know.

Pure: the same :class:`Learned` gives the same bytes, so that it can live in a repository.
"""

from collections.abc import Iterable, Iterator

from nexus_tui.course.model import Inline, PostMortem
from nexus_tui.course.value import value
from nexus_tui.tutor.markdown import own_words, plain, styled, ticked

MARK = "<!-- nexus-tui export readme -->"
"""First line: what begins so may be written over by the next export."""
CHALLENGES = "Challenges faced and solutions implemented"
PARTS = {
    "symptom": "Symptom",
    "cause": "Cause",
    "remedy": "Solution",
    "cost": "Cost",
    "earlier": "Seen earlier by",
}


@value
class Topic:
    """A module that was studied."""

    title: str
    summary: str
    able: tuple[str, ...]
    """Objectives whose recall is good, in the course's words."""
    objectives: int
    """How many the module has."""
    read: int
    """Lessons read to the end, or found known."""
    lessons: int


@value
class Incident:
    """A challenge that was gone through to its end."""

    title: str
    summary: str
    right: int
    """Steps answered right, the last time."""
    steps: int
    post_mortem: PostMortem


@value
class Built:
    """A lab that passed."""

    title: str
    summary: str
    runs: int
    hints: int
    helped: bool
    """The model solution had been looked at before."""
    figures: tuple[tuple[str, str, str], ...] = ()
    """What was measured: name, in the first run ("" when it was not), in the run that passed."""


@value
class Own:
    """Something the learner wrote."""

    title: str
    text: str


@value
class Learned:
    """All that the document is made of."""

    course: str
    answers: int
    right: int
    questions: int
    since: str
    """First day, ISO, or ""."""
    groups: tuple[tuple[str, tuple[Topic, ...]], ...]
    incidents: tuple[Incident, ...] = ()
    built: tuple[Built, ...] = ()
    faced: tuple[Own, ...] = ()
    """Challenges of one's own."""
    corrected: tuple[Inline, ...] = ()
    """The ideas of questions once answered wrong and sure, and known today."""
    takeaways: tuple[Own, ...] = ()
    notes: tuple[Own, ...] = ()


def text(learned: Learned) -> str:
    """The document, in Markdown; it ends with a line break."""
    parts = [f"{MARK}\n# My learnings: {plain(learned.course)}", _overview(learned)]
    faced = False
    for title, topics in learned.groups:
        here = title.casefold() == "challenges"
        faced = faced or here
        if topics or (here and _has_challenges(learned)):
            parts.append(f"## {CHALLENGES if here else plain(title)}")
            parts += map(_topic, topics)
        if here:
            parts += _challenges(learned)
    if not faced and _has_challenges(learned):
        parts += [f"## {CHALLENGES}", *_challenges(learned)]
    parts += _takeaways(learned)
    parts += _owned("My notes", learned.notes)
    return "\n\n".join(parts) + "\n"


def _overview(learned: Learned) -> str:
    topics = [topic for _, group in learned.groups for topic in group]
    if not topics:
        return "## Overview\n\nNothing studied yet."
    since = f" since {learned.since}" if learned.since else ""
    read = sum(topic.read for topic in topics)
    able = sum(len(topic.able) for topic in topics)
    lines = [
        f"What I have studied{since}, from the record of my own lessons, answers and labs.",
        "",
        f"- {_many(len(topics), 'module')}: {', '.join(plain(topic.title) for topic in topics)}",
        f"- {_many(read, 'lesson')} read",
        f"- {_many(learned.questions, 'question')} met, {_many(learned.answers, 'answer')} given, "
        f"{learned.right} of them right",
        f"- {_many(len(learned.built), 'lab')} passed, "
        f"{_many(len(learned.incidents), 'challenge')} gone through",
        f"- {_many(able, 'thing')} I could do today without looking it up",
    ]
    return "## Overview\n\n" + "\n".join(lines)


def _many(n: int, one: str) -> str:
    return f"{n:,} {one}{'s' * (n != 1)}"


def _topic(topic: Topic) -> str:
    lines = [f"### {plain(topic.title)}", "", plain(topic.summary), ""]
    lines.append(
        f"Lessons read: {topic.read} of {topic.lessons}. "
        f"Firm objectives: {len(topic.able)} of {topic.objectives}."
    )
    if topic.able:
        lines += ["", "What I can do now:", ""]
        lines += [f"- {ticked(able)}" for able in topic.able]
    return "\n".join(lines)


def _has_challenges(learned: Learned) -> bool:
    return bool(learned.incidents or learned.built or learned.faced)


def _challenges(learned: Learned) -> Iterator[str]:
    yield from map(_incident, learned.incidents)
    yield from map(_built, learned.built)
    yield from map(_own, learned.faced)


def _incident(incident: Incident) -> str:
    parts = [
        f"- **{name}:** {styled(getattr(incident.post_mortem, key))}" for key, name in PARTS.items()
    ]
    told = f"Challenge: {incident.right} of {incident.steps} steps right."
    head = f"### {plain(incident.title)}\n\n{plain(incident.summary)} {told}\n\n"
    return head + "\n".join(parts)


def _built(built: Built) -> str:
    told = f"Lab passed after {_many(built.runs, 'run')}"
    told += f", with {_many(built.hints, 'hint')}" if built.hints else ""
    told += ", having seen a model solution" if built.helped else ""
    lines = [f"### {plain(built.title)}", "", f"{plain(built.summary)} {told}."]
    if built.figures:
        lines += ["", "| measured | first run | solution |", "|---|---|---|"]
    for name, first, now in built.figures:
        lines.append(f"| {plain(name)} | {plain(first)} | {plain(now)} |")
    return "\n".join(lines)


def _takeaways(learned: Learned) -> Iterator[str]:
    if not learned.corrected and not learned.takeaways:
        return
    yield "## Personal takeaways"
    yield from map(_own, learned.takeaways)
    if learned.corrected:
        rows = [f"- {styled(idea)}" for idea in learned.corrected]
        yield "What I was sure of, was wrong about, and know now:\n\n" + "\n".join(rows)


def _owned(title: str, owned: Iterable[Own]) -> Iterator[str]:
    made = [*map(_own, owned)]
    if made:
        yield f"## {title}"
        yield from made


def _own(own: Own) -> str:
    return own_words(own.title, own.text)
