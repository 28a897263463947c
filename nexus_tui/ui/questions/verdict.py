"""The verdict in words: right or not yet, what one was, the idea, and when it comes back."""

from textual.content import Content

from nexus_tui.tutor.quiz import Graded
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import inline, plain, words

WAS = {"guess": "You guessed.", "think": "You thought so.", "sure": "You were sure."}


def color(graded: Graded) -> str:
    """Style of the verdict: not knowing is neither right nor wrong."""
    if graded.response.unknown:
        return "$accent"
    return "$right" if graded.verdict.right else "$wrong"


def headline(graded: Graded, glyphs: Glyphs) -> Content:
    """Right or not yet, and what the learner was."""
    style = f"bold {color(graded)}"
    if graded.response.unknown:
        said = words((f"{glyphs.dot} Not known yet.", style), " Here is the idea.")
    elif graded.verdict.right:
        said = words((f"{glyphs.check} Right.", style))
    else:
        said = words((f"{glyphs.cross} Not yet.", style))
    told = [was(graded), "You opened the hint." if graded.hint else ""]
    return words(said, *(f" {text}" for text in told if text))


def was(graded: Graded) -> str:
    """How sure one was; after "sure", how often that held lately."""
    right, total = graded.sure_right, graded.sure_total
    if graded.confidence != "sure" or total < 2:
        return WAS.get(graded.confidence, "")
    if total < 10:
        return f"You were sure; {right} of your {total} sure answers so far were right."
    return f"You were sure; {right} of your last {total} sure answers were right."


def idea(graded: Graded, width: int) -> list[Line]:
    """What the learner wrote first, and the explanation to compare it with."""
    made: list[Line] = []
    if graded.explained:
        made += flow(words(("In your words. ", "bold"), plain(graded.explained)), width)
    text = inline(graded.question.explanation)
    told = words(("The idea. ", "bold"), text) if made else text
    return [*made, *flow(told, width)] if text.plain else made


def returns(graded: Graded) -> str:
    """When it comes back, as a sentence; "" when it does not."""
    return f"Comes back {graded.returns}." if graded.returns else ""


def block(
    graded: Graded, width: int, glyphs: Glyphs, foot: Content, *, short: bool, airy: bool
) -> list[Line]:
    """The whole verdict; ``short`` leaves the idea to the page."""
    made = list(flow(headline(graded, glyphs), width - 1))
    if not short and (explained := idea(graded, width - 1)):
        made += [BLANK, *explained]
    told = returns(graded)
    last = words((f"{told}  " if told else "", "$muted"), foot)
    made += [BLANK] if airy else []
    made += flow(last, width - 1)
    indented = (Line(Content(" ") + line.content) for line in made)
    return on(indented, bar=color(graded))


def saved_not(message: str, hint: str, width: int, glyphs: Glyphs) -> list[Line]:
    """An answer that could not be saved: why, what to do, and that it is still there."""
    made = list(flow(words((f"{glyphs.cross} Not saved. ", "bold $wrong"), message), width - 1))
    if hint:
        made += flow(plain(hint), width - 1)
    again = words(("enter", "bold $accent"), " tries again. Your answer is still here.")
    made += flow(again, width - 1)
    return on((Line(Content(" ") + line.content) for line in made), bar="$wrong")
