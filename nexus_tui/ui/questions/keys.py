"""The keys of a question's screen, and when each of them does something."""

from collections.abc import Callable

from textual.binding import Binding

from nexus_tui.ui.questions import SHEETS
from nexus_tui.ui.questions.run import OPEN, Run
from nexus_tui.ui.questions.sheet import DIGITS

PHASES = {
    "press": ("ask", "sure"),
    "hint": ("ask", "sure"),
    "unknown": OPEN,
    "nothing": OPEN,
    "hand_in": ("explain", "ask"),
    "words": ("explain",),
    "explain": ("explain", "ask"),
    "bury": OPEN,
    "flag": (*OPEN, "told"),
    "sure": ("sure",),
    "next": ("told",),
    "scroll": ("explain", "ask", "told", "end"),
    "finish": ("end",),
    "again": ("end",),
}
"""Phases in which an action can be done; those not named can always be."""


def _of_sheets() -> list[Binding]:
    return [
        Binding(key, f"press('{shape}', '{key}')", made.says, show=False, key_display=made.display)
        for shape, sheet in SHEETS.items()
        for made in sheet.KEYS
        for key in made.keys
    ]


BINDINGS = [
    Binding("enter", "retry", "Try again", show=False),
    Binding("enter", "begin", "Begin", key_display="enter"),
    Binding("enter", "words", "Type", show=False),
    Binding("g,1", "sure('guess')", "A guess", show=False),
    Binding("t,2", "sure('think')", "I think so", show=False),
    Binding("s,3", "sure('sure')", "I am sure", show=False),
    *_of_sheets(),
    Binding("ctrl+r,f5", "hand_in", "Hand in"),
    Binding("enter,n", "next", "Next", key_display="enter"),
    Binding("enter", "finish", "Back", key_display="enter"),
    Binding("o", "again", "Once more"),
    Binding("i,h,f2", "hint", "Hint"),
    Binding("d,f3", "unknown", "I don't know"),
    Binding("u,f4", "undo", "Undo"),
    Binding("l", "lesson", "Lesson"),
    Binding("r", "story", "Story"),
    Binding("b,f9", "bury", "Not today"),
    Binding("f,f8", "flag", "Flag"),
    Binding("w", "explain", "In my words", show=False),
    Binding("e", "evidence", "Next evidence", show=False),
    Binding("escape,backspace", "leave", "Leave"),
    Binding("down,j", "scroll(1)", "Scroll", show=False),
    Binding("up,k", "scroll(-1)", "Scroll", show=False),
    Binding("space,pagedown", "page(1)", "Scroll", show=False),
    Binding("pageup", "page(-1)", "Scroll", show=False),
    # What chooses nothing here must not go to another place.
    *(Binding(digit, "nothing", show=False) for digit in DIGITS),
]


TESTS: dict[str, Callable[[Run], bool]] = {
    "retry": lambda run: run.trouble is not None,
    "hand_in": lambda run: run.phase == "explain" or bool(run.sheet and run.sheet.typed),
    "bury": lambda run: run.session.context == "review",
    "undo": lambda run: run.session.last is not None,
    "again": lambda run: bool(run.session.missed),
    "evidence": lambda run: run.question is not None and len(run.question.evidence) > 1,
    # What only challenges have.
    "begin": lambda run: False,
    "story": lambda run: False,
}
"""What else must hold for an action."""


def can(run: Run, action: str, parameters: tuple[object, ...]) -> bool:
    """Whether an action does something now."""
    if run.phase not in PHASES.get(action, (run.phase,)):
        return False
    if action == "scroll":
        return run.phase != "ask" or bool(run.sheet and run.sheet.typed)
    if action == "press":
        shape, key = map(str, parameters)
        here = run.question is not None and run.question.shape == shape
        return here and not (key in DIGITS and run.phase == "sure")
    return TESTS[action](run) if action in TESTS else True
