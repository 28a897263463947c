"""Easier forms of a lab, made from its solution: gaps, and parts out of order."""

from dataclasses import dataclass
from itertools import permutations

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.labs import fading

ONE = "import x\n\n\ndef f(a):\n    b = a + 1\n\n    return b\n"
TWO = "# the other\none\ntwo"


@dataclass(frozen=True)
class Step:
    at: str
    gaps: tuple[str, ...] = ()
    file: str = ""


STEPS = (
    Step("def f(a):", ("a",)),
    Step("b = a + 1", ("1", "a")),
    Step("return b"),
    Step("one", file="two.txt"),
    Step("two", ("two",), "two.txt"),
)
MODEL = {"one.py": ONE, "two.txt": TWO}


def test_the_parts_of_a_solution_are_all_of_it() -> None:
    found = fading.parts(MODEL, STEPS)
    assert [(p.step, p.text) for p in found["one.py"]] == [
        (-1, "import x\n\n\n"),
        (0, "def f(a):\n"),
        (1, "    b = a + 1\n\n"),
        (2, "    return b\n"),
    ]
    assert [(p.step, p.text) for p in found["two.txt"]] == [
        (-1, "# the other\n"),
        (3, "one\n"),
        (4, "two\n"),
    ]


def test_gaps_and_what_belongs_into_them() -> None:
    made = fading.gaps(MODEL, STEPS)
    assert made["one.py"] == "import x\n\n\ndef f(____):\n    b = ____ + ____\n\n    return b\n"
    assert made["two.txt"] == "# the other\none\n____\n"
    assert fading.answers(MODEL, STEPS) == {"one.py": ["a", "a", "1"], "two.txt": ["two"]}


def test_a_shuffle_depends_on_the_seed_alone_and_leaves_no_two_parts_together() -> None:
    rows = "".join(f"line {number}\n" for number in range(6))
    steps = [Step(f"line {number}") for number in range(6)]
    seen = set()
    for seed in range(20):
        text = fading.order({"a": rows}, steps, seed)["a"]
        assert text == fading.order({"a": rows}, steps, seed)["a"]
        assert sorted(text.splitlines()) == rows.splitlines()
        assert not text.startswith("line 0")
        assert not any(f"line {n}\nline {n + 1}\n" in text for n in range(5))
        seen.add(text)
    assert len(seen) > 10


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_parts_are_shuffled_as_far_as_they_can_be(count: int) -> None:
    rows = "".join(f"line {number}\n" for number in range(count))
    steps = [Step(f"line {number}") for number in range(count)]
    text = fading.order({"a": rows}, steps, 1)["a"]
    assert (text == rows) == (count < 2)


def test_an_order_is_recognized_whatever_blank_lines_there_are() -> None:
    parts = fading.parts(MODEL, STEPS)["one.py"]
    head, rest = fading.split(parts)
    for numbers in permutations(range(3)):
        text = "".join(part.text for part in (*head, *fading.arrange(rest, numbers)))
        assert fading.arrangement(text, parts) == list(numbers)
        assert fading.arrangement(text.replace("\n", "  \n\n"), parts) == list(numbers)


@pytest.mark.parametrize(
    "text",
    ["", ONE + "more\n", ONE.replace("a + 1", "a + 2"), ONE.replace("import x\n", ""), ONE + ONE],
)
def test_an_edited_text_is_no_order_of_the_parts(text: str) -> None:
    assert fading.arrangement(text, fading.parts(MODEL, STEPS)["one.py"]) is None


@pytest.mark.parametrize(
    "steps",
    [
        (Step("nothing"),),
        (Step("two", file="two.txt"), Step("one", file="two.txt")),
        (Step("one", file="two.txt"), Step("one", file="two.txt")),
    ],
)
def test_steps_that_do_not_fit_are_refused(steps: tuple[Step, ...]) -> None:
    with pytest.raises(NexusError):
        fading.parts(MODEL, steps)


@pytest.mark.parametrize("gaps", [("nothing",), ("a + 1", "1"), ("a + 1", "a +")])
def test_gaps_that_do_not_fit_are_refused(gaps: tuple[str, ...]) -> None:
    with pytest.raises(NexusError):
        fading.gaps(MODEL, (Step("b = a + 1", gaps),))


def test_a_line_that_stands_twice_is_no_beginning() -> None:
    with pytest.raises(NexusError):
        fading.parts({"a": "x\ny\nx\n"}, (Step("x"),))
