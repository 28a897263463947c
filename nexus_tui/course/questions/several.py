"""Pick all the right options and no other."""

from typing import ClassVar

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import joined
from nexus_tui.course.model import Evidence, Inline, Option, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, wrong
from nexus_tui.course.questions.options import read_options


class Several:
    """One or more options are right; all of them must be chosen, and only they."""

    name: ClassVar[str] = "several"
    shape: ClassVar[Shape] = "many"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the options; at least one must be right and one wrong."""
        options = read_options(fields)
        right = sum(option.right for option in options)
        if options and not 0 < right < len(options):
            which = "every" if right else "no"
            hint = "Some must be right and some wrong."
            fields.problem("options", f"{which} option is right", hint, code="right-answer")
        return Parts(options)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when exactly the right set was chosen; the share is overlap over union."""
        chosen = set(response.chosen)
        right = {option.id for option in question.options if option.right}
        expected = self.expected(question)
        if chosen == right:
            return Verdict(True, 1.0, expected)
        share = len(chosen & right) / len(chosen | right)
        return wrong(expected, _telling(question.options, chosen), share)

    def expected(self, question: Question) -> Inline:
        """Return the texts of the right options."""
        return joined((o.text for o in question.options if o.right), "; ")


def _telling(options: tuple[Option, ...], chosen: set[str]) -> Option | None:
    """Return the option that shows most: one wrongly chosen, else one that was missed."""
    taken = [option for option in options if option.id in chosen and not option.right]
    missed = [option for option in options if option.id not in chosen and option.right]
    return next(iter(taken + missed), None)
