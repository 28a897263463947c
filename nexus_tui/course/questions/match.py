"""Match each left side with its right side."""

from typing import ClassVar

from nexus_tui.course.fields import WORD, Fields
from nexus_tui.course.inline import inline, joined
from nexus_tui.course.model import Evidence, Inline, Option, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, markdown_of, unique, wrong


class Match:
    """Pairs. Two right sides with the same text may stand for each other."""

    name: ClassVar[str] = "match"
    shape: ClassVar[Shape] = "match"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the pairs."""
        children = fields.children("pairs", f"{fields.what}, pair", required=True)
        options = tuple(_pair(child) for child in children)
        unique(children, [option.id for option in options], "pairs")
        unique(children, [option.text.text for option in options], "left sides")
        if len({option.pair for option in options}) < 2:
            fields.problem("pairs", "there is nothing to match", code="right-answer")
        return Parts(options)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when each left side was given its own right side, once."""
        pairs = {option.id: option.pair for option in question.options}
        given = [chosen.partition("=")[::2] for chosen in response.chosen]
        made = dict(given)
        off = [o for o in question.options if pairs.get(made.get(o.id, ""), "") != o.pair]
        expected = self.expected(question)
        if not off and len(given) == len(pairs):
            return Verdict(True, 1.0, expected)
        share = (len(pairs) - len(off)) / max(len(given), len(pairs), 1)
        return wrong(expected, off[0] if off else None, share)

    def expected(self, question: Question) -> Inline:
        """Return the pairs, one a line."""
        rows = [joined([o.text, Inline(o.pair)], " → ") for o in question.options]
        return joined(rows, "\n")


def _pair(fields: Fields) -> Option:
    option = Option(
        id=fields.name("id", WORD),
        text=markdown_of(fields, "left"),
        why=markdown_of(fields, "why"),
        right=True,
        misconception=fields.text("misconception", ""),
        pair=inline(fields.text("right")).text,
    )
    fields.done()
    return option
