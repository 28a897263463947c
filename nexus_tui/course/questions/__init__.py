"""The kinds of question. A new kind is a file here and a line in ``KINDS``."""

from hashlib import blake2b

from nexus_tui.course.model import Inline, Option, Question, Response, Verdict
from nexus_tui.course.questions.choice import Choice
from nexus_tui.course.questions.kind import Kind
from nexus_tui.course.questions.match import Match
from nexus_tui.course.questions.number import Number
from nexus_tui.course.questions.order import Order
from nexus_tui.course.questions.point import Point
from nexus_tui.course.questions.predict import Predict
from nexus_tui.course.questions.several import Several
from nexus_tui.course.questions.typed import Type

__all__ = ["KINDS", "Kind", "expected", "judge", "shown_order"]

_ALL: tuple[Kind, ...] = (
    Choice(),
    Several(),
    Order(),
    Type(),
    Predict(),
    Number(),
    Point(),
    Match(),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
"""Every kind by its name."""


def judge(question: Question, response: Response) -> Verdict:
    """Return what is true of a response. Never raises, whatever the response holds."""
    if response.unknown:
        return Verdict(False, 0.0, expected(question))
    return KINDS[question.kind].judge(question, response)


def expected(question: Question) -> Inline:
    """Return the right answer in words."""
    return KINDS[question.kind].expected(question)


def shown_order(question: Question, seed: int) -> tuple[Option, ...]:
    """Return the options in the order to show them: the same for a seed on every machine.

    ``point`` keeps the order of lines, typed kinds show none, ``order`` never comes out solved.
    """
    if question.shape == "text":
        return ()
    if question.shape == "point":
        return tuple(sorted(question.options, key=lambda option: int(option.id[1:])))
    shown = sorted(question.options, key=lambda option: _place(f"{seed} {question.id} {option.id}"))
    if question.shape == "order" and _same(shown, question.options):
        shown = shown[1:] + shown[:1]
        if _same(shown, question.options):
            shown.reverse()
    return tuple(shown)


def _place(text: str) -> bytes:
    return blake2b(text.encode(), digest_size=8).digest()


def _same(shown: list[Option], right: tuple[Option, ...]) -> bool:
    return [option.text.text for option in shown] == [option.text.text for option in right]
