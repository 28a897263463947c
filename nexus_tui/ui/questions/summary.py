"""The end of a run: how many, what is known, what to read again, how sure one was rightly."""

from collections.abc import Iterator

from nexus_tui.tutor.quiz import Graded, Session
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.questions.run import Run
from nexus_tui.ui.text import plain, words

NAMES = {"sure": "were sure", "think": "thought so", "guess": "guessed"}


def lines(run: Run, width: int) -> list[Line]:
    """The summary. What to read again are items ``read:<lesson>``."""
    session = run.session
    made = list(flow(plain(_count(session), "bold"), width))
    if told := calibration(session):
        made += flow(plain(told), width)
    if back := coming_back(session):
        made += flow(plain(back, "$muted"), width)
    if session.context == "review":
        for told in filter(None, (gained(run), come_back(run))):
            made += flow(plain(told), width)
    made += _known(run, width)
    made += _again(run, width)
    made += _broken(session, width)
    return made


def _count(session: Session) -> str:
    total = len(session.results)
    if not total:
        return "Nothing was answered." if session.broken else "There was nothing to ask."
    return f"{session.right} of {total} right."


def calibration(session: Session) -> str:
    """Of the answers of each confidence, how many were right, as a sentence."""
    parts = []
    for confidence, name in NAMES.items():
        these = [g for g in session.results.values() if g.confidence == confidence]
        right = sum(graded.verdict.right for graded in these)
        if these:
            parts.append(f"you {name}, {right} of {len(these)}")
    if not parts:
        return ""
    return f"Right when {'; when '.join(parts)}."


def coming_back(session: Session) -> str:
    """When the answered ones come back."""
    when: dict[str, int] = {}
    for graded in sorted((g for g in session.results.values() if g.due), key=_due):
        if graded.returns:
            when[graded.returns] = when.get(graded.returns, 0) + 1
    if not when:
        return ""
    return f"Coming back: {', '.join(f'{n} {day}' for day, n in when.items())}."


def gained(run: Run) -> str:
    """What a review was good for: what one would know in a week without it, and with it."""
    found = run.quiz.gain(run.session)
    if found is None or found[1] <= found[0]:
        return ""
    without, now = (f"{share:.0%}" for share in found)
    return f"Of what you got right, {now} will still be there in a week; without today, {without}."


def come_back(run: Run) -> str:
    """When there is something to review again."""
    left = len(run.quiz.due())
    if left:
        return f"{counted(left, 'question')} left for today, whenever you like."
    return returns(run.quiz.reviews.next())


def returns(found: tuple[int, int] | None) -> str:
    """When to come back, as a sentence; ``found`` is in how many days, and how many questions."""
    if found is None:
        return "Done for today. Nothing comes back in the next 30 days: time for a new lesson."
    day, number = found
    when = "tomorrow" if day == 1 else f"in {day} days"
    return f"Done for today. Come back {when}: {counted(number, 'question')}."


def _due(graded: Graded) -> float:
    return graded.due.timestamp() if graded.due else 0.0


def _topics(run: Run, right: bool) -> Iterator[tuple[str, str, str]]:
    """Lesson id, its title and the objective of right answers, or of the others; once each."""
    seen = set()
    for graded in run.session.results.values():
        head = run.quiz.lesson_of(graded.question)
        key = (graded.question.lesson, graded.question.objective)
        if graded.verdict.right is right and head and key not in seen:
            seen.add(key)
            yield head.id, head.title, run.quiz.objective(graded.question) or head.title


def _known(run: Run, width: int) -> Iterator[Line]:
    missed = {(lesson, text) for lesson, _, text in _topics(run, False)}
    known = [topic for topic in _topics(run, True) if (topic[0], topic[2]) not in missed]
    if known:
        yield BLANK
        yield Line(plain("You can", "bold $right"))
    for _, _, text in known:
        lead = words((f" {run.glyphs.check} ", "$right"))
        yield from flow(plain(text), width, first=lead, rest="   ")


def _again(run: Run, width: int) -> Iterator[Line]:
    missed = list(_topics(run, False))
    if missed:
        yield BLANK
        yield Line(plain("Worth reading again", "bold $accent"))
    for lesson, title, text in missed:
        item = f"read:{lesson}"
        lead = words((f" {run.glyphs.cross} ", "$wrong"))
        told = words(text) if text == title else words(text, (f"  {title}", "$muted"))
        yield from flow(told, width, first=lead, rest="   ", item=item)


def _broken(session: Session, width: int) -> Iterator[Line]:
    if session.broken:
        yield BLANK
        yield Line(plain("Could not be read", "bold $wrong"))
    for id, reason in session.broken.items():
        yield from flow(plain(id, "bold"), width, first=" ! ", rest="   ")
        yield from flow(plain(reason, "$muted"), width, first="   ", rest="   ")
