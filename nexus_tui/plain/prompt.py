"""Lines that somebody types."""

import contextlib
import io
import sys
from collections.abc import Sequence

from nexus_tui.course.model import Option, Question
from nexus_tui.plain import page
from nexus_tui.plain.telling import IN
from nexus_tui.plain.typed import pick


def whole(question: Question, typed: str) -> str:
    """All lines of an answer that may have several."""
    if question.kind != "predict" or not typed.strip():
        return typed
    lines = [typed]
    while (more := line("   . ")) is not None and more != ".":
        lines.append(more)
    return "\n".join(lines)


def line(prompt: str = "   > ") -> str | None:
    """A line that was typed, without its end; None at the end of the input."""
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "replace":
        with contextlib.suppress(io.UnsupportedOperation):  # something was read before
            sys.stdin.reconfigure(errors="replace")  # a terminal's odd byte ends nothing
    print(prompt, end="", flush=True)
    typed = sys.stdin.readline()
    if not typed or not sys.stdin.isatty():
        page.blank()  # nobody's enter key ended the prompt's line
    return typed.rstrip("\r\n") if typed else None


def echo(question: Question, options: Sequence[Option], typed: str) -> None:
    """Say which option words stood for."""
    if question.shape == "one" and len(typed.strip()) > 1 and not typed.strip().isdecimal():
        chosen = pick(options, typed.strip())
        page.tell(chosen.text, lead=f"{IN}That is {options.index(chosen) + 1}) ", rest=IN * 2)
