"""How far the run is: a mark for each question, in color and by its sign."""

from itertools import groupby

from textual.content import Content

from nexus_tui.ui.questions.run import Run
from nexus_tui.ui.text import plain


def marks(run: Run, width: int) -> Content:
    """A mark for each question: three cells each where they fit, else one, else only numbers."""
    states = [_state(run, index) for index in range(len(run.session.questions))]
    signs = {
        "right": (run.glyphs.check, "$right"),
        "wrong": (run.glyphs.cross, "$wrong"),
        "now": (run.glyphs.lab, "bold $accent"),
        "broken": ("!", "$muted"),
        "open": (run.glyphs.dot, "$muted"),
    }
    wide = len(states) * 3 <= width
    if not wide and len(states) > width:
        wrong = len(run.session.missed)
        return plain(f"{run.session.right} right, {wrong} not yet"[: max(width, 0)], "$muted")
    made = Content("")
    for state, group in groupby(states):
        sign, style = signs[state]
        if wide and state == "open":
            sign, style = run.glyphs.rest, "$rule"
        dash = (run.glyphs.rest if state == "open" else run.glyphs.bar) + " " if wide else ""
        made += Content.styled((sign + dash) * len(list(group)), style)
    return made


def _state(run: Run, index: int) -> str:
    session = run.session
    id = session.questions[index]
    if id in session.broken:
        return "broken"
    if graded := session.results.get(id):
        return "right" if graded.verdict.right else "wrong"
    return "now" if index == session.index and run.phase != "end" else "open"


def counted(n: int, noun: str) -> str:
    """A number and its noun: ``1 step``, ``3 steps``."""
    return f"{n} {noun}" if n == 1 else f"{n} {noun}s"
