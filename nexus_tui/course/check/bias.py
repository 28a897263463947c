"""Does the form of options give the right one away? Counted over a module."""

from collections.abc import Iterable

from nexus_tui.course.check.files import Known
from nexus_tui.course.check.report import Bias
from nexus_tui.course.model import Question

MOST_LONGEST = 0.4
"""Share of ``choice`` questions whose right option may be the longest."""
FEWEST = 5
"""Questions below which a share says nothing."""
_CRITICAL = (0.0, 6.63, 9.21, 11.34, 13.28, 15.09, 16.81, 18.48)
"""What chi squared exceeds once in a hundred times by chance, by degrees of freedom."""


def check_bias(known: Known) -> dict[str, Bias]:
    """Return the numbers of each module, noting those that cannot be chance."""
    found = {}
    for module in known.modules:
        questions = [
            question
            for question in known.questions().values()
            if question.id.startswith(f"{module}/") and question.kind in ("choice", "several")
        ]
        found[module] = measure(questions)
        _judge(known, module, found[module])
    return found


def measure(questions: Iterable[Question]) -> Bias:
    """Return how often the right option is the longest, and where it stands."""
    every = [question for question in questions if len(question.options) > 1]
    choices = [question for question in every if question.kind == "choice"]
    longest = sum(_longest(question) for question in choices)
    return Bias(
        questions=len(choices),
        longest=round(longest, 2),
        expected_longest=round(sum(1 / len(question.options) for question in choices), 2),
        longest_chi2=round(_longest_chi2(every), 2),
        positions=_positions(choices),
        position_chi2=round(_position_chi2(choices), 2),
    )


def _longest(question: Question) -> float:
    """Return the share of right ones among the longest options."""
    most = max(len(option.text.text) for option in question.options)
    rights = [option.right for option in question.options if len(option.text.text) == most]
    return sum(rights) / len(rights)


def _longest_chi2(questions: list[Question]) -> float:
    """Return chi squared with one degree of freedom; negative when it is seldom the longest."""
    chances = [_chance(question) for question in questions]
    off = sum(_longest(question) for question in questions) - sum(chances)
    spread = sum(chance * (1 - chance) for chance in chances)
    return abs(off) * off / spread if spread else 0.0


def _chance(question: Question) -> float:
    return sum(option.right for option in question.options) / len(question.options)


def _positions(questions: list[Question]) -> tuple[int, ...]:
    width = max((len(question.options) for question in questions), default=0)
    counts = [0] * width
    for question in questions:
        for at, option in enumerate(question.options):
            counts[at] += option.right
    return tuple(counts)


def _position_chi2(questions: list[Question]) -> float:
    counts = _positions(questions)
    total = 0.0
    for at, count in enumerate(counts):
        chance = sum(1 / len(q.options) for q in questions if at < len(q.options))
        total += (count - chance) ** 2 / chance
    return total


def _judge(known: Known, module: str, bias: Bias) -> None:
    path = known.layout.module(module)
    if bias.questions < FEWEST:
        return
    share = bias.longest / bias.questions
    numbers = f"in {bias.longest:g} of {bias.questions} choice questions"
    if share > MOST_LONGEST or bias.longest_chi2 > _CRITICAL[1]:
        hint = f"Chance would be {bias.expected_longest:g}; lengthen wrong options, shorten right."
        message = f"the right option is the longest {numbers} (chi² {bias.longest_chi2:g})"
        known.add(path, 0, message, hint, code="bias-longest")
    freedom = min(max(len(bias.positions) - 1, 0), len(_CRITICAL) - 1)
    if freedom and bias.position_chi2 > _CRITICAL[freedom]:
        message = f"right options stand at {bias.positions} (chi² {bias.position_chi2:g})"
        hint = "They are shuffled when shown; on the forge they are not."
        known.warn(path, 0, message, hint, code="bias-position")
