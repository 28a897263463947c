"""Type the answer: a name, a command, a word."""

import unicodedata
from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import inline, joined, literal
from nexus_tui.course.model import (
    Accept,
    Evidence,
    Inline,
    Option,
    Question,
    Response,
    Shape,
    Verdict,
)
from nexus_tui.course.questions.kind import Parts, markdown_of, unique, wrong


class Type:
    """One of the accepted answers, spaces folded."""

    name: ClassVar[str] = "type"
    shape: ClassVar[Shape] = "text"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the answers and the known wrong ones."""
        answers = fields.texts("answers", required=True)
        accept = Accept(answers, fold_case=fields.flag("fold_case"))
        options = read_wrong(fields)
        right = {folded(answer, accept.fold_case) for answer in answers}
        if "" in right:
            fields.problem("answers", "an answer is empty", code="right-answer")
        for option in options:
            if folded(option.text.text, accept.fold_case) in right:
                both(fields, option)
        return Parts(options, accept)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when the text is one of the answers."""
        accept = question.accept or Accept(())
        text = folded(response.text, accept.fold_case)
        expected = self.expected(question)
        if text and text in {folded(answer, accept.fold_case) for answer in accept.answers}:
            return Verdict(True, 1.0, expected)
        known = (o for o in question.options if folded(o.text.text, accept.fold_case) == text)
        return wrong(expected, next(known, None))

    def expected(self, question: Question) -> Inline:
        """Return the first answer, and the others as alternatives."""
        answers = question.accept.answers if question.accept else ()
        return joined([literal(answer) for answer in answers], " or ")


def read_wrong(fields: Fields) -> tuple[Option, ...]:
    """Return the known wrong answers; their text is taken as it is."""
    children = fields.children("wrong", f"{fields.what}, wrong")
    options = tuple(_wrong(child, number) for number, child in enumerate(children, 1))
    unique(children, [option.text.text for option in options], "wrong answers")
    return options


def _wrong(fields: Fields, number: int) -> Option:
    option = Option(
        id=f"wrong-{number}",
        text=Inline(fields.text("text")),
        why=markdown_of(fields, "why"),
        misconception=fields.text("misconception", ""),
        leads=inline(fields.text("leads", "")).text,
    )
    fields.done()
    return option


def both(fields: Fields, option: Option) -> None:
    """Note an answer that is listed as right and as wrong."""
    message = f"`{option.text.text}` is listed as right and as wrong"
    fields.problem("wrong", message, "Delete one.", code="right-answer")


def folded(text: str, fold_case: bool) -> str:
    """Return ``text`` trimmed, inner white space folded, perhaps in one case."""
    # NFC: a Mac may type "é" as two characters.
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    return text.casefold() if fold_case else text
