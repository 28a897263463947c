"""How far the run is: a mark for each question, in colour and by its sign."""

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
    if len(states) * 3 <= width:
        bar = {"open": run.glyphs.rest}
        pieces = []
        for state in states:
            sign, style = signs[state]
            dash = bar.get(state, run.glyphs.bar)
            text = f"{dash}{dash} " if state == "open" else f"{sign}{dash} "
            pieces.append(plain(text, "$rule" if state == "open" else style))
        return Content("").join(pieces)
    if len(states) <= width:
        return Content("").join(plain(*signs[state]) for state in states)
    wrong = len(run.session.missed)
    return plain(f"{run.session.right} right, {wrong} not yet"[: max(width, 0)], "$muted")


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
