"""The forms of a lab as text: what each asks, the worked example, the model solution."""

from nexus_tui.course.model import Block, Callout, Code, Listing, Paragraph
from nexus_tui.plain.lines import as_it_is, say
from nexus_tui.tutor.bench import Bench, Opened
from nexus_tui.tutor.fading import Fading, Form

TOLD: dict[Form, str] = {
    "worked": "Form: worked example. The solution was read; the files are to be written.",
    "gaps": "Form: gaps. Fill in each ____ of the solution.",
    "order": "Form: order. The solution's parts are shuffled: put them in order.",
    "blank": "Form: blank. The files are as they came.",
}


def advise(fading: Fading, opened: Opened) -> None:
    """The form worth taking, and why."""
    advice = fading.advice(opened)
    if advice.form != "blank":
        say(f"{advice.why} To begin with help: --form {advice.form}")


def tell(fading: Fading, opened: Opened, form: Form) -> None:
    """What one has to do in this form; of a worked example, every part."""
    if form == "blank":
        say(TOLD[form])
    if form != "worked":
        return
    for number, shown in enumerate(fading.worked(opened), 1):
        say(f"\n{number}. {shown.file}")
        _code(shown.text)
        if shown.why:
            say(shown.why.text)


def _code(text: str) -> None:
    for line in text.rstrip().split("\n"):
        as_it_is(f"   | {line}")


def tell_solution(bench: Bench, opened: Opened) -> None:
    """The model solution, and why it is so."""
    for name, text in bench.solution(opened).items():
        say(f"A model solution, {name}:")
        _code(text)
        say()
    for block in opened.lab.solution_notes:
        _tell_block(block)


def _tell_block(block: Block) -> None:
    if isinstance(block, Paragraph):
        say(f"{block.text.text}\n")
    elif isinstance(block, Code):
        _code(block.source)
        say()
    elif isinstance(block, Callout):
        for inner in block.blocks:
            _tell_block(inner)
    elif isinstance(block, Listing):
        for item in block.items:
            for inner in item:
                _tell_block(inner)
