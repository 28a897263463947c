"""What the form of options gives away."""

import random

import pytest
from course_files import FILES, KINDS, Make

from nexus_tui.course.check import check
from nexus_tui.course.check.bias import measure
from nexus_tui.course.model import Inline, Option, Question


def question(lengths: list[int], *right: int, kind: str = "choice") -> Question:
    options = tuple(
        Option(f"o{at}", Inline("x" * length), Inline("w"), at in right)
        for at, length in enumerate(lengths)
    )
    rest = ("o", 1, Inline("?"), (), options, None, None, Inline(""), "")
    return Question("m/l#q", kind, "one", *rest)


def test_the_longest_is_counted_and_ties_in_part() -> None:
    bias = measure([question([9, 1, 1, 1], 0), question([1, 9, 1, 1], 0), question([5, 5], 1)])
    assert (bias.questions, bias.longest, bias.expected_longest) == (3, 1.5, 1.0)
    assert bias.positions == (2, 1, 0, 0)


def test_chi_squared_of_the_longest() -> None:
    always = measure([question([9, 1, 1, 1], 0)] * 12)
    # 12 seen, 3 expected, variance 12 × 1/4 × 3/4
    assert always.longest_chi2 == pytest.approx((12 - 3) ** 2 / 2.25)
    never = measure([question([1, 9, 1, 1], 0)] * 12)
    assert never.longest_chi2 == pytest.approx(-(3**2) / 2.25)
    several = measure([question([9, 8, 1, 1], 0, 1, kind="several")] * 8)
    assert (several.questions, several.longest_chi2) == (0, pytest.approx(8.0))


def test_chi_squared_of_the_position() -> None:
    bias = measure([question([1, 1, 1, 1], 0)] * 8)
    assert bias.position_chi2 == pytest.approx((8 - 2) ** 2 / 2 + 3 * 2)
    even = measure([question([1, 1, 1, 1], at % 4) for at in range(8)])
    assert even.position_chi2 == 0


def test_nothing_to_count() -> None:
    assert measure([]).longest_chi2 == 0
    assert measure([question([1], 0)]).positions == ()


def test_chance_is_seldom_reported() -> None:
    chance = random.Random(5)
    alarms = 0
    for _ in range(300):
        made = [question([chance.randint(5, 60) for _ in range(4)], chance.randrange(4))
                for _ in range(24)]  # fmt: skip
        alarms += measure(made).longest_chi2 > 6.63
    assert alarms <= 9


def quiz(text: str) -> str:
    rows = [KINDS["choice"].replace("id: counts", f"id: c{at}") for at in range(8)]
    return "questions:\n" + "".join(rows).replace("one in all", text)


@pytest.mark.parametrize(("text", "found"), [("one in all at once", True), ("one", False)])
def test_a_module_that_gives_answers_away_is_an_error(make: Make, text: str, found: bool) -> None:
    report = check(make({"quizzes/orm/first.yaml": quiz(text), "quizzes/orm/second.yaml": ""}))
    codes = {item.code: item for item in report.problems}
    assert ("bias-longest" in codes) == found
    assert "bias-position" in codes
    assert codes["bias-position"].severity == "warning"
    assert codes["bias-position"].file == "lessons/orm/module.yaml"
    assert report.bias["orm"].questions == 9


def test_few_questions_say_nothing(make: Make) -> None:
    module = FILES["lessons/orm/module.yaml"].replace("[first, second]", "[first]")
    report = check(make({"lessons/orm/module.yaml": module}))
    assert not [item for item in report.problems if item.code.startswith("bias")]
