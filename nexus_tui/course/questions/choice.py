"""Pick the one right option."""

from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.model import Evidence, Inline, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, wrong
from nexus_tui.course.questions.options import read_options


class Choice:
    """One of several options is right."""

    name: ClassVar[str] = "choice"
    shape: ClassVar[Shape] = "one"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the options; exactly one must be right."""
        options = read_options(fields)
        right = sum(option.right for option in options)
        if options and right != 1:
            hint = "Mark one with `right: true`, or make the kind `several`."
            fields.problem("options", f"{right} options are right", hint, code="right-answer")
        return Parts(options)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when the right option, and nothing else, was chosen."""
        picked = next((o for o in question.options if response.chosen == (o.id,)), None)
        expected = self.expected(question)
        if picked is None or not picked.right:
            return wrong(expected, picked)
        return Verdict(True, 1.0, expected, picked.why)

    def expected(self, question: Question) -> Inline:
        """Return the text of the right option."""
        return next((o.text for o in question.options if o.right), Inline(""))
