"""One time in the life of a lab, in words."""

from textual.content import Content

from nexus_tui.learner.labhistory import Moment
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lab.forms import SHORT
from nexus_tui.ui.lab.outcome import number
from nexus_tui.ui.lines import Line, flow
from nexus_tui.ui.text import clean, words

KINDS = {
    "reset": "before starting over",
    "restore": "before going back",
    "outside": "before another program's text",
    "left": "typed last, not saved to the file",
}


def row(moment: Moment, when: str, glyphs: Glyphs) -> Content:
    """A time in the list: how it stood, when, how much passed."""
    if moment.kind != "run":
        return words((f"{glyphs.dot} ", "$muted"), f"{when}  ", (KINDS[moment.kind], "$muted"))
    sign, style = glyphs.status("pass" if moment.passed else "fail")
    told = f"{moment.passing} of {len(moment.checks)}"
    if moment.figures:
        figure = moment.figures[-1]
        told += f" · {number(figure.value)} {clean(figure.unit)}".rstrip()
    return words((f"{sign} ", style), f"{when}  ", (told, "$muted"))


def title(moment: Moment, when: str) -> Content:
    """What a time was, in one line."""
    if moment.kind != "run":
        return words((when, "bold"), f"  {KINDS[moment.kind]}")
    told = [f"  {moment.passing} of {len(moment.checks)} checks pass · {moment.ms} ms"]
    if moment.hints:
        told.append(f"{moment.hints} hint{'s' * (moment.hints > 1)} open")
    if moment.variant:
        told.append(f"on {clean(moment.variant)}")
    if moment.form in SHORT:
        told.append(SHORT[moment.form])
    if moment.gave_up:
        told.append("after giving up")
    return words((when, "bold"), " · ".join(told))


def figures(moment: Moment, width: int) -> list[Line]:
    """What was measured then."""
    made: list[Line] = []
    for figure in moment.figures:
        value = f"{number(figure.value)} {clean(figure.unit)}".rstrip()
        line = words((value, "$accent"), (f"  {clean(figure.name)}", "$muted"))
        made += flow(line, width, first="  ", rest="    ")
    return made
