"""Put lines in order; with ``indent``, at the right level too (a Parsons problem)."""

from typing import ClassVar

from nexus_tui.course.fields import WORD, Fields
from nexus_tui.course.inline import inline, joined, literal
from nexus_tui.course.model import Evidence, Inline, Option, Question, Response, Shape, Verdict
from nexus_tui.course.questions.kind import Parts, markdown_of, unique, wrong

_Line = tuple[str, int]


class Order:
    """Lines that have one right order. Lines with the same text may change places."""

    name: ClassVar[str] = "order"
    shape: ClassVar[Shape] = "order"

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the lines, which stand in the right order."""
        children = fields.children("lines", f"{fields.what}, line", required=True)
        # Lines of code are taken as they are: `*args` and `__name__` are no emphasis.
        code = any(child.has("indent") for child in children)
        options = tuple(_line(child, code) for child in children)
        unique(children, [option.id for option in options], "lines")
        if len({_key(option) for option in options}) < 2:
            fields.problem("lines", "there is nothing to order", code="right-answer")
        return Parts(options)

    def judge(self, question: Question, response: Response) -> Verdict:
        """Right when texts and levels come in order; the share is the longest common run."""
        lines = {option.id: option for option in question.options}
        given = [_given(chosen, lines) for chosen in response.chosen]
        want = [_key(option) for option in question.options]
        expected = self.expected(question)
        if given == want and len(set(_ids(response))) == len(want):
            return Verdict(True, 1.0, expected)
        share = min(_common(given, want), len(want) - 1) / max(len(want), len(given), 1)
        return wrong(expected, _first_off(question.options, given), share)

    def expected(self, question: Question) -> Inline:
        """Return the lines in order, indented."""
        lines = [joined([Inline("    " * o.indent), o.text], "") for o in question.options]
        return joined(lines, "\n")


def _line(fields: Fields, code: bool) -> Option:
    text = fields.text("text")
    option = Option(
        id=fields.name("id", WORD),
        text=literal(text) if code else inline(text),
        why=markdown_of(fields, "why", ""),
        right=True,
        misconception=fields.text("misconception", ""),
        indent=fields.whole("indent", 0, 8, 0),
    )
    fields.done()
    return option


def _key(option: Option) -> _Line:
    return option.text.text, option.indent


def _ids(response: Response) -> list[str]:
    return [chosen.partition(":")[0] for chosen in response.chosen]


def _given(chosen: str, lines: dict[str, Option]) -> _Line:
    """Return text and level of ``id:indent``; level -1 when it is no number."""
    name, _, level = chosen.partition(":")
    text = lines[name].text.text if name in lines else ""
    depth = int(level or "0") if len(level) < 4 and (level or "0").isdecimal() else -1
    return text, depth


def _common(given: list[_Line], want: list[_Line]) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(want) + 1)
    for item in given[: 4 * len(want)]:
        before = 0
        for at, other in enumerate(want, 1):
            now = before + 1 if item == other else max(row[at], row[at - 1])
            before, row[at] = row[at], now
    return row[-1]


def _first_off(options: tuple[Option, ...], given: list[_Line]) -> Option | None:
    """Return the first line that does not stand where it should."""
    for at, option in enumerate(options):
        if at >= len(given) or given[at] != _key(option):
            return option
    return None
