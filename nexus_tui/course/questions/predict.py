"""Say what the code prints, line by line."""

from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import literal
from nexus_tui.course.model import Accept, Evidence, Inline, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, wrong
from nexus_tui.course.questions.typed import both, read_wrong

RUNS = ("python", "sql")
"""Languages whose evidence can be run."""


class Predict:
    """The answer is what the first evidence prints, white space at line ends apart."""

    name: ClassVar[str] = "predict"
    shape: ClassVar[Shape] = "text"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the output and the known wrong ones; there must be something to run."""
        answers = fields.texts("answers", required=True)
        options = read_wrong(fields)
        if not evidence or evidence[0].language not in RUNS:
            hint = "Make the first evidence `python` or `sql`."
            code = "evidence" if evidence else "missing-evidence"
            fields.problem("evidence", "there is nothing to run", hint, code=code)
        right = [lines(answer) for answer in answers]
        if [] in right:
            fields.problem("answers", "an answer is empty", code="right-answer")
        for option in options:
            if lines(option.text.text) in right:
                both(fields, option)
        return Parts(options, Accept(answers, run=True))

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when every line is; the share is that of the lines in place."""
        given = lines(response.text)
        answers = [lines(answer) for answer in question.accept.answers] if question.accept else []
        expected = self.expected(question)
        if given and given in answers:
            return Verdict(True, 1.0, expected)
        known = (o for o in question.options if lines(o.text.text) == given)
        share = max((_share(given, answer) for answer in answers), default=0.0)
        return wrong(expected, next(known, None), share)

    def expected(self, question: Question) -> Inline:
        """Return the output."""
        answers = question.accept.answers if question.accept else ()
        return literal("\n".join(lines(answers[0]))) if answers else Inline("")


def lines(text: str) -> list[str]:
    """Return the lines without white space at their ends, nor empty ones at the end of all."""
    rows = [row.rstrip() for row in text.replace("\r\n", "\n").rstrip().split("\n")]
    return rows if rows != [""] else []


def _share(given: list[str], want: list[str]) -> float:
    same = sum(a == b for a, b in zip(given, want, strict=False))
    return same / max(len(given), len(want), 1)
