"""Type a number."""

import re
from decimal import Decimal
from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import joined, literal
from nexus_tui.course.model import Accept, Evidence, Inline, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, wrong
from nexus_tui.course.questions.typed import both, read_wrong

_NUMBER = re.compile(
    r"(?P<sign>[+-]?)"
    r"(?P<whole>[0-9]{1,3}(?:[ ,_'\u00a0\u202f][0-9]{3})+|[0-9]*)"
    r"(?P<part>[.,][0-9]*)?"
    r"(?P<power>[eE][+-]?[0-9]{1,2})?"
    r"(?:\s*(?P<unit>[^\s\d].*))?"
)


class Number:
    """A number, within a tolerance, with or without its unit."""

    name: ClassVar[str] = "number"
    shape: ClassVar[Shape] = "text"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the answer, its tolerance and unit, and the known wrong numbers."""
        answer = fields.number("answer")
        tolerance = abs(float(fields.number("tolerance", "0")))
        accept = Accept((answer,), tolerance, fields.text("unit", ""))
        options = read_wrong(fields)
        for option in options:
            value = value_of(option.text.text, accept.unit)
            if value is None:
                message = f"the wrong answer `{option.text.text}` is no number"
                fields.problem("wrong", message, "Write digits.", code="wrong-number")
            elif _near(value, accept):
                both(fields, option)
        return Parts(options, accept)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when the number is within the tolerance."""
        accept = question.accept or Accept(("0",))
        value = value_of(response.text, accept.unit)
        expected = self.expected(question)
        if value is None:
            return wrong(expected)
        if _near(value, accept):
            return Verdict(True, 1.0, expected)
        known = (o for o in question.options if value_of(o.text.text, accept.unit) == value)
        return wrong(expected, next(known, None))

    def expected(self, question: Question) -> Inline:
        """Return the number with its unit and tolerance."""
        if question.accept is None:
            return Inline("")
        accept = question.accept
        around = f" (± {accept.tolerance:g})" if accept.tolerance else ""
        unit = f" {accept.unit}" if accept.unit else ""
        return joined([literal(accept.answers[0]), Inline(unit + around)], "")


def value_of(text: str, unit: str) -> Decimal | None:
    """Return the number that ``text`` says, or None: no number, or counted in another unit."""
    text = text.strip().replace("\u2212", "-")
    found = _NUMBER.fullmatch(text) if len(text) <= 60 else None
    if found is None or not _same_unit(found["unit"] or "", unit):
        return None
    whole = re.sub(r"[^0-9]", "", found["whole"])
    part = (found["part"] or "").replace(",", ".")
    if not whole and not part.strip("."):
        return None
    return Decimal(f"{found['sign']}{whole or '0'}{part or '.'}0{found['power'] or ''}")


def _same_unit(said: str, unit: str) -> bool:
    """Tell whether the unit said is ours; when we have none, one word may follow the number."""
    if not said:
        return True
    if not unit:
        return " " not in said.strip()
    return _bare(said) == _bare(unit)


def _bare(unit: str) -> str:
    return " ".join(unit.split()).casefold().rstrip(".").removesuffix("s")


def _near(value: Decimal, accept: Accept) -> bool:
    return abs(value - Decimal(accept.answers[0])) <= Decimal(str(accept.tolerance))
