"""Point at a line of the evidence."""

from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import joined, literal
from nexus_tui.course.model import Evidence, Inline, Option, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, markdown_of, unique, wrong


class Point:
    """One line is pointed at; any line marked right will do. Option ids are ``L3``."""

    name: ClassVar[str] = "point"
    shape: ClassVar[Shape] = "point"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the lines that have something to say, and what is said of any other."""
        if not evidence:
            fields.problem("evidence", "there is nothing to point at", code="missing-evidence")
        rows = evidence[0].text.split("\n") if evidence else []
        children = fields.children("lines", f"{fields.what}, line", required=True)
        options = tuple(_line(child, rows) for child in children)
        unique(children, [option.id for option in options], "lines")
        if options and not any(option.right for option in options):
            fields.problem("lines", "no line is right", "Add `right: true`.", code="right-answer")
        return Parts(options, elsewhere=markdown_of(fields, "elsewhere"))

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when the one line chosen is a right one."""
        expected = self.expected(question)
        picked = next((o for o in question.options if response.chosen == (o.id,)), None)
        if picked is not None and picked.right:
            return Verdict(True, 1.0, expected, picked.why)
        if picked is None and len(response.chosen) == 1:
            return Verdict(False, 0.0, expected, question.elsewhere)
        return wrong(expected, picked)

    def expected(self, question: Question) -> Inline:
        """Return number and text of the right line."""
        rights = [option for option in question.options if option.right]
        return joined((joined([Inline(f"line {o.id[1:]}: "), o.text], "") for o in rights), " or ")


def _line(fields: Fields, rows: list[str]) -> Option:
    number = fields.whole("at", 1, 9999)
    if rows and not 1 <= number <= len(rows):
        message = f"line {number} is not in the evidence, which has {len(rows)}"
        fields.problem("at", message, "Count from 1.", code="evidence")
    text = rows[number - 1].strip() if number <= len(rows) else ""
    option = Option(
        id=f"L{number}",
        text=literal(text),
        why=markdown_of(fields, "why"),
        right=fields.flag("right"),
        misconception=fields.text("misconception", ""),
        leads=fields.text("leads", ""),
    )
    fields.done()
    return option
