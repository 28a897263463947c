"""A question and its verdict, told line by line."""

from collections.abc import Sequence

from nexus_tui.course.model import Inline, Option, Question, Response
from nexus_tui.plain import page
from nexus_tui.plain.typed import LETTERS, how, right_sides
from nexus_tui.tutor.quiz import Graded

IN = "   "
"""What stands before everything that belongs to a question."""
INITIALS = ("css", "html", "http", "json", "sql", "toml", "xml", "yaml")
"""Languages that are written in capitals."""
SHOWN = ("one", "many", "order", "match")
"""Shapes whose options are shown."""


def show(question: Question, options: Sequence[Option], number: str = "") -> None:
    """The question, its evidence, what there is to choose from, how to answer."""
    show_prompt(question, number)
    if question.shape in SHOWN:
        if question.evidence:
            page.blank()
        for at, option in enumerate(options, 1):
            page.tell(option.text, lead=f"{IN}{at}) ", rest=IN * 2)
    if question.shape == "match":
        page.tell("with", lead=IN, style="muted")
        for letter, right in zip(LETTERS, right_sides(options), strict=False):
            page.tell(right, lead=f"{IN}{letter}) ", rest=IN * 2)
    page.tell(how(question), lead=IN, style="muted")


def show_prompt(question: Question, number: str = "") -> None:
    """What is asked, and what there is to look at."""
    page.tell(question.prompt, lead=f"{number} " if number else "", rest=IN, style="strong")
    show_evidence(question)


def show_evidence(question: Question) -> None:
    """Every pane, one after the other, each with its title."""
    count = len(question.evidence)
    for at, evidence in enumerate(question.evidence, 1):
        name = evidence.title or named(evidence.language)
        told = f"{name} ({at} of {count}):" if count > 1 else f"{name}:"
        page.tell(told, lead=IN, style="muted")
        numbered = question.shape == "point" and at == 1
        page.code(evidence.text, evidence.language, lead=IN * 2, numbers=numbered)


def named(language: str) -> str:
    """A language as one writes it."""
    return language.upper() if language in INITIALS else language.capitalize()


def tell(graded: Graded, options: Sequence[Option]) -> None:
    """Right or not, why, the reason of every option, when it comes back."""
    verdict, question = graded.verdict, graded.question
    if verdict.right:
        page.tell("Right.", lead=IN, style="right")
    else:
        page.tell("Not yet.", lead=IN, style="wrong")
        _expected(verdict.expected)
    if verdict.note and question.shape not in ("one", "many"):
        page.tell(verdict.note, lead=IN)
    _reasons(question, options, graded.response)
    if graded.explained:
        page.tell(graded.explained, lead=f"{IN}In your words: ", rest=IN)
    page.tell(question.explanation, lead=IN)
    if graded.confidence == "sure" and not verdict.right and graded.returns:
        page.tell("You were sure: this one is asked first next time.", lead=IN)
    if graded.returns:
        page.tell(f"Comes back {graded.returns}.", lead=IN, style="muted")
    page.blank()


def _expected(expected: Inline) -> None:
    page.tell("The answer is:", lead=IN, style="muted")
    page.tell(expected, lead=IN * 2)


def _reasons(question: Question, options: Sequence[Option], response: Response) -> None:
    """Why each option is right or wrong; of lines and pairs, where there is a reason."""
    if question.shape in ("one", "many"):
        for at, option in enumerate(options, 1):
            word = "right" if option.right else "wrong"
            chosen = ", chosen" if option.id in response.chosen else ""
            page.tell(option.why, lead=f"{IN}{at}) {word}{chosen}: ", rest=IN * 2)
    elif question.shape in ("order", "match"):
        for option in question.options:
            if option.why.text:
                page.tell(option.text, lead=f"{IN}- ", rest=IN * 2)
                page.tell(option.why, lead=IN * 2)
