"""The page of a question, and the few lines under it that say what to do or what came of it."""

from collections.abc import Sequence

from textual.content import Content
from textual.style import Style

from nexus_tui.course.model import Question
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.questions import verdict
from nexus_tui.ui.questions.evidence import folded, stacked
from nexus_tui.ui.questions.run import Run
from nexus_tui.ui.text import inline, plain, words

SURE = (("g", "guess", "guess"), ("t", "think so", "think"), ("s", "sure", "sure"))
WORDS = "In your words: what is it, and why? enter goes on, also with nothing."
HINT = "hint"
FIELD = 2
"""Rows that a field takes from the page, at least."""
LEAST = 52
"""Cells that the last line of a verdict takes beside the lesson's title."""
AIR = 14
"""Rows that the verdict will take at least: evidence gets margins only beyond these."""


def lines(run: Run, width: int, room: int, above: Sequence[Line] = ()) -> list[Line]:
    """The question, in ``width`` cells; ``room`` rows are there to show it in."""
    sheet = run.sheet
    assert sheet is not None
    body = sheet.told(width, run.graded) if run.graded else _sheet(run, width)
    idea = _idea(run, width) if run.graded and long_verdict(run, width, room) else []
    made: list[Line] = []
    for part in (_head(run, width, room, above), body, idea):
        made += [BLANK, *part] if made and part else part
    return made


def _sheet(run: Run, width: int) -> list[Line]:
    """What one can choose from: not before it was explained, unless it is what to look at."""
    assert run.sheet is not None
    assert run.question is not None
    hidden = run.phase == "explain" and run.question.shape != "point"
    return [] if hidden else run.sheet.lines(width)


def _head(run: Run, width: int, room: int, above: Sequence[Line]) -> list[Line]:
    """What stands over the sheet. Made once: it stays the same while one answers."""
    key = (width, room, run.hinted, run.evidence)
    if key not in run.kept:
        run.kept.clear()
        run.kept[key] = _make_head(run, width, room, above)
    return run.kept[key]


def _make_head(run: Run, width: int, room: int, above: Sequence[Line]) -> list[Line]:
    question, sheet = run.question, run.sheet
    assert question is not None
    assert sheet is not None
    prompt = list(flow(inline(question.prompt), width))
    # Whether evidence is folded depends on the open sheet, so that it stays so once judged.
    taken = sum(len(part) + 1 for part in (above, prompt, sheet.lines(width)) if part)
    seen = _evidence(run, question, width, room - taken)
    made: list[Line] = []
    for part in (list(above), prompt, seen, _hint(run, question, width)):
        made += [BLANK, *part] if made and part else part
    return made


def _evidence(run: Run, question: Question, width: int, room: int) -> list[Line]:
    """Everything there is to look at, folded when there is not the room for all of it."""
    # A sheet that is pointed at draws the first evidence itself.
    given = question.evidence[1:] if question.shape == "point" else question.evidence
    made = stacked(given, width)
    if len(given) > 1 and len(made) > room:
        return folded(given, width, run.evidence % len(given))
    return stacked(given, width, airy=len(made) + AIR <= room)


def _hint(run: Run, question: Question, width: int) -> list[Line]:
    if not run.hinted or question.hint is None:
        return []
    text = words((" Hint. ", "bold $secondary"), inline(question.hint))
    return list(flow(text, width, rest=" ", bar="$secondary", item=HINT))


def _idea(run: Run, width: int) -> list[Line]:
    assert run.graded is not None
    made = (Line(Content(" ") + line.content) for line in verdict.idea(run.graded, width - 1))
    return on(made, bar=verdict.color(run.graded))


def long_verdict(run: Run, width: int, room: int) -> bool:
    """The explanation is so long that it belongs on the page, which scrolls."""
    return run.graded is not None and len(verdict.idea(run.graded, width - 1)) > max(room // 2, 4)


def foot(
    run: Run, width: int, room: int, lesson: str, last: str, above: Sequence[Line] = ()
) -> list[Line]:
    """What to do now, or what came of it. ``last`` is what enter does after the verdict."""
    if run.trouble:
        return verdict.saved_not(run.trouble.message, run.trouble.hint, width, run.glyphs)
    if run.phase == "told":
        return [*_note(run, width), *_told(run, width, room, lesson, last)]
    if run.phase == "sure":
        return _sure(width)
    return _note(run, width) or _asks(run, width, room, above)


def _asks(run: Run, width: int, room: int, above: Sequence[Line]) -> list[Line]:
    """What to do; and that there is more of the page than can be seen."""
    assert run.sheet is not None
    own = run.phase == "explain"
    asks = plain(WORDS if own else run.sheet.asks, "$muted")
    if len(lines(run, width, room, above)) > room - (FIELD if own or run.sheet.typed else 0):
        asks = words(asks, "  ", ("pgdn", "bold $accent"), (" shows the rest.", "$muted"))
    return list(flow(asks, width, first=" ", rest=" "))


def _note(run: Run, width: int) -> list[Line]:
    return list(flow(plain(run.note, "$accent"), width, first=" ", rest=" ")) if run.note else []


def _told(run: Run, width: int, room: int, lesson: str, last: str) -> list[Line]:
    assert run.graded is not None
    keys = words(("enter", "bold $accent"), f" {last}")
    if lesson:
        # In a narrow window the title would take a line of its own.
        title = lesson if len(lesson) + LEAST <= width else "the lesson"
        keys = words(keys, "   ", ("l", "bold $accent"), (f" reads {title}", "$muted"))
    short = long_verdict(run, width, room)
    return verdict.block(run.graded, width, run.glyphs, keys, short=short, airy=room >= 24)


def _sure(width: int) -> list[Line]:
    """How sure: keys that can also be clicked."""
    parts = [words(("How sure are you?", "bold"))]
    for key, text, name in SURE:
        click = Style.from_meta({"@click": f"screen.sure('{name}')"})
        parts.append(words("   ", words((key, "bold $accent"), f" {text}").stylize(click)))
    return list(flow(Content("").join(parts), width - 1, first=" ", rest=" ", bar="$accent"))
