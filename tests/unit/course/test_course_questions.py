"""How each kind is judged: the right response is right, and no other."""

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from course_files import KINDS as FILES_BY_KIND
from course_files import Make
from hypothesis import assume, given
from hypothesis import strategies as st

from nexus_tui.course.loader import Course
from nexus_tui.course.model import Accept, Inline, Option, Question, Response, Shape, Verdict
from nexus_tui.course.questions import KINDS, expected, judge, shown_order
from nexus_tui.course.questions.number import value_of

EMPTY = Inline("")
SHAPES: dict[str, Shape] = {name: kind.shape for name, kind in KINDS.items()}
NAMES = st.text("abcdefgh", min_size=1, max_size=4)


def question(kind: str, options: list[Option], accept: Accept | None = None) -> Question:
    return Question(
        *("m/l#q", kind, SHAPES[kind], "o", 1, Inline("?"), (), tuple(options), accept),
        *(None, EMPTY, ""),
        elsewhere=Inline("not there"),
    )


def option(name: str, right: bool = False, indent: int = 0, pair: str = "") -> Option:
    why = Inline(f"why {name}")
    return Option(name, Inline(f"text {name}"), why, right, f"idea {name}", indent, pair)


def chosen(*names: str) -> Response:
    return Response(chosen=names)


def told(found: Verdict) -> object:
    assert found.right == (found.share == 1)
    return (found.right, round(found.share, 3))


# choice


@given(st.sets(NAMES, min_size=2, max_size=6), st.data())
def test_choice_takes_the_right_option_and_no_other(names: set[str], data: st.DataObject) -> None:
    right = data.draw(st.sampled_from(sorted(names)))
    asked = question("choice", [option(name, name == right) for name in sorted(names)])
    for name in names:
        found = judge(asked, chosen(name))
        assert found.right == (name == right)
        assert found.note == Inline(f"why {name}")
        assert found.misconception == ("" if name == right else f"idea {name}")
        assert found.expected == Inline(f"text {right}")


@pytest.mark.parametrize("names", [(), ("a", "b"), ("a", "a"), ("nope",), ("",)])
def test_choice_takes_no_other_form(names: tuple[str, ...]) -> None:
    asked = question("choice", [option("a", True), option("b")])
    assert told(judge(asked, chosen(*names))) == (False, 0)


# several


@given(st.sets(NAMES, min_size=1, max_size=6), st.data())
def test_several_takes_the_right_set_and_no_other(names: set[str], data: st.DataObject) -> None:
    some = st.sets(st.sampled_from(sorted(names)))
    right, given_ = data.draw(some), data.draw(some)
    assume(right)
    asked = question("several", [option(name, name in right) for name in sorted(names)])
    found = judge(asked, chosen(*given_))
    assert found.right == (given_ == right)
    assert found.share == len(given_ & right) / len(given_ | right)
    assert judge(asked, chosen(*right)).right
    off = (given_ ^ right) if not found.right else set()
    assert (found.note is not None) == bool(off)
    if given_ - right:
        assert found.misconception in {f"idea {name}" for name in given_ - right}


def test_several_does_not_mind_order_or_repetition() -> None:
    asked = question("several", [option("a", True), option("b", True), option("c")])
    assert judge(asked, chosen("b", "a", "b")).right
    assert judge(asked, chosen("a", "b", "x")).share == pytest.approx(2 / 3)
    assert expected(asked).text == "text a; text b"


# order


@given(st.integers(2, 5), st.data())
def test_order_takes_one_order(size: int, data: st.DataObject) -> None:
    levels = data.draw(st.lists(st.integers(0, 2), min_size=size, max_size=size))
    lines = [option(f"l{at}", True, level) for at, level in enumerate(levels)]
    asked = question("order", lines)
    for way in permutations(lines):
        found = judge(asked, chosen(*[f"{line.id}:{line.indent}" for line in way]))
        assert found.right == (list(way) == lines)
        assert 0 < found.share <= 1


def test_order_minds_levels_count_and_form() -> None:
    asked = question("order", [option("a"), option("b", indent=1), option("c")])
    assert judge(asked, chosen("a:0", "b:1", "c:0")).right
    assert judge(asked, chosen("a", "b:1", "c")).right
    wrong = judge(asked, chosen("a:0", "b:0", "c:0"))
    assert told(wrong) == (False, 0.667)
    assert wrong.note == Inline("why b")
    assert told(judge(asked, chosen("a:0", "b:1"))) == (False, 0.667)
    assert told(judge(asked, chosen("a:0", "b:1", "c:0", "c:0"))) == (False, 0.5)
    assert told(judge(asked, chosen("a:0", "b:1", "c:x"))) == (False, 0.667)
    assert told(judge(asked, chosen("a:0", "b:1", "c:²"))) == (False, 0.667)
    assert told(judge(asked, chosen("a:0", "b:1", "x:0"))) == (False, 0.667)
    assert told(judge(asked, chosen())) == (False, 0)
    assert expected(asked).text == "text a\n    text b\ntext c"


def test_lines_that_read_the_same_may_change_places() -> None:
    twice = [Option(name, Inline("same"), EMPTY, True) for name in "ab"]
    asked = question("order", [*twice, option("c")])
    assert judge(asked, chosen("b:0", "a:0", "c:0")).right
    assert not judge(asked, chosen("a:0", "a:0", "c:0")).right


# type


def typed(*answers: str, fold: bool = False) -> Question:
    wrong = Option("wrong-1", Inline("prefetch"), Inline("two queries"), misconception="same")
    return question("type", [wrong], Accept(answers, fold_case=fold))


@given(st.text(max_size=20), st.text(" \t\n", max_size=3), st.text(" \t\n", max_size=3))
def test_type_takes_its_answers_with_any_space_around(text: str, left: str, right: str) -> None:
    assume(text.strip())
    assert judge(typed("x", text), Response(text=left + text + right)).right


@given(st.text(max_size=20))
def test_type_takes_nothing_else(text: str) -> None:
    assume(" ".join(text.split()) != "select_related")
    assert not judge(typed("select_related"), Response(text=text)).right


def test_type_folds_space_and_case_when_asked() -> None:
    assert judge(typed("git  add ."), Response(text=" git add\t. ")).right
    assert not judge(typed("Select"), Response(text="select")).right
    assert judge(typed("Select", fold=True), Response(text="sELECT")).right
    assert judge(typed("caf\u00e9"), Response(text="cafe\u0301")).right
    assert not judge(typed("a b"), Response(text="ab")).right
    assert expected(typed("a", "b")).text == "a or b"


def test_a_known_wrong_answer_says_why() -> None:
    found = judge(typed("select"), Response(text=" prefetch"))
    assert (found.note, found.misconception) == (Inline("two queries"), "same")
    assert judge(typed("select"), Response(text="other")).note is None


# predict


@given(st.lists(st.text("ab ", max_size=4), min_size=1, max_size=4), st.data())
def test_predict_minds_lines_but_not_their_ends(rows: list[str], data: st.DataObject) -> None:
    assume(any(row.strip() for row in rows))
    asked = question("predict", [], Accept(("\n".join(rows),), run=True))
    ends = [data.draw(st.text(" ", max_size=2)) for _ in rows]
    spaced = "\r\n".join(row + end for row, end in zip(rows, ends, strict=True))
    assert judge(asked, Response(text=spaced + "\n\n")).right
    assert not judge(asked, Response(text="x\n" + spaced)).right
    assert not judge(asked, Response(text="\n".join([*rows, "more"]))).right


def test_predict_counts_lines_in_place() -> None:
    asked = question("predict", [], Accept(("1\n 2\n3",), run=True))
    assert told(judge(asked, Response(text="1\n2\n3"))) == (False, 0.667)
    assert told(judge(asked, Response(text="1\n 2"))) == (False, 0.667)
    assert told(judge(asked, Response(text=""))) == (False, 0)
    assert expected(asked).text == "1\n 2\n3"


# number


def number(answer: str, tolerance: float = 0, unit: str = "") -> Question:
    wrong = Option("wrong-1", Inline("1,000"), Inline("all of them"), misconception="all")
    return question("number", [wrong], Accept((answer,), tolerance, unit))


@pytest.mark.parametrize(
    ("answer", "unit", "text"),
    [
        ("51", "queries", "51"),
        ("51", "queries", " 51 queries "),
        ("51", "queries", "51 Query's".replace("y's", "ies")),
        ("1", "query", "1 query"),
        ("51", "", "51 queries"),
        ("51", "", "51.0"),
        ("51", "", "051"),
        ("51", "", "+51"),
        ("51", "", "51."),
        ("1000", "", "1,000"),
        ("1000000", "", "1 000 000"),
        ("1000", "", "1_000"),
        ("1000", "", "1'000"),
        ("5000", "", "5e3"),
        ("5e3", "", "5000"),
        ("0.5", "", ".5"),
        ("0.5", "", "0,5"),
        ("1234.5", "", "1,234.5"),
        ("-5", "", "−5"),
        ("92", "%", "92%"),
        ("0.1", "", "0.10"),
    ],
)
def test_numbers_as_people_write_them(answer: str, unit: str, text: str) -> None:
    assert judge(number(answer, unit=unit), Response(text=text)).right


@pytest.mark.parametrize(
    "text",
    ["", "fifty", "5 1", "51 ms", "51 52", "--51", "5,1,", "1,00,0", "e3", ".", "-", "nan", "inf",
     "1e999", "9" * 100, "0x33", "٥١", "51 queries and more", "1" + ",000" * 30],
)  # fmt: skip
def test_what_is_no_such_number(text: str) -> None:
    assert not judge(number("51", unit="queries"), Response(text=text)).right


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))
def test_a_number_is_right_when_it_is_equal(answer: int, given_: int) -> None:
    asked = number(str(answer))
    assert judge(asked, Response(text=f"{answer:,}")).right
    assert judge(asked, Response(text=f"{given_}")).right == (given_ == answer)


@given(st.decimals(-1000, 1000, places=2), st.decimals(0, 10, places=2))
def test_a_number_is_right_within_its_tolerance(off: Decimal, tolerance: Decimal) -> None:
    asked = number("500", float(tolerance))
    assert judge(asked, Response(text=f"{500 + off}")).right == (abs(off) <= tolerance)


def test_a_known_wrong_number_is_known_however_it_is_written() -> None:
    found = judge(number("51"), Response(text="1e3"))
    assert (found.note, found.misconception) == (Inline("all of them"), "all")
    assert expected(number("51", 2, "queries")).text == "51 queries (± 2)"


@given(st.text("0123456789.,eE+-_ '", max_size=12))
def test_any_text_is_a_number_or_none(text: str) -> None:
    value_of(text, "")


# point


@given(st.integers(1, 12), st.integers(1, 12))
def test_point_takes_its_line_and_no_other(right: int, given_: int) -> None:
    asked = question("point", [option(f"L{right}", True)])
    found = judge(asked, chosen(f"L{given_}"))
    assert found.right == (given_ == right)
    assert found.note == Inline(f"why L{right}" if given_ == right else "not there")
    assert expected(asked).text == f"line {right}: text L{right}"


def test_point_takes_one_line_and_any_right_one() -> None:
    asked = question("point", [option("L1", True), option("L2", True), option("L3")])
    assert judge(asked, chosen("L1")).right
    assert judge(asked, chosen("L2")).right
    assert not judge(asked, chosen("L1", "L2")).right
    assert not judge(asked, chosen()).right
    assert judge(asked, chosen("L3")).misconception == "idea L3"


# match


@given(st.integers(2, 5), st.data())
def test_match_takes_each_left_with_its_right(size: int, data: st.DataObject) -> None:
    pairs = [option(f"p{at}", True, pair=f"side {at}") for at in range(size)]
    asked = question("match", pairs)
    way = data.draw(st.permutations(range(size)))
    found = judge(asked, chosen(*[f"p{at}=p{to}" for at, to in enumerate(way)]))
    same = sum(at == to for at, to in enumerate(way))
    assert found.right == (same == size)
    assert found.share == same / size
    assert judge(asked, chosen(*[f"p{at}=p{at}" for at in reversed(range(size))])).right


def test_match_minds_what_is_missing_or_made_up() -> None:
    pairs = [option("a", pair="x"), option("b", pair="x"), option("c", pair="y")]
    asked = question("match", pairs)
    assert judge(asked, chosen("a=b", "b=a", "c=c")).right  # the same words on the right
    assert told(judge(asked, chosen("a=a", "b=b"))) == (False, 0.667)
    assert told(judge(asked, chosen("a=a", "b=b", "c=c", "c=c"))) == (False, 0.75)
    assert told(judge(asked, chosen("a=a", "b=b", "c=nope"))) == (False, 0.667)
    assert told(judge(asked, chosen("a", "b", ""))) == (False, 0)
    assert judge(asked, chosen("a=c", "b=b", "c=c")).note == Inline("why a")
    assert expected(asked).text == "text a → x\ntext b → x\ntext c → y"


# all kinds


@pytest.fixture
def quiz(root: Path) -> tuple[Question, ...]:
    return Course(root).quiz("orm/first")


RIGHT = {
    "choice": chosen("one"),
    "several": chosen("list", "len"),
    "order": chosen("with:0", "save:1", "done:0"),
    "type": Response(text="Select_Related()"),
    "predict": Response(text="[1]\n[1, 2]"),
    "number": Response(text="51 queries"),
    "point": chosen("L2"),
    "match": chosen("a=a", "b=b"),
}


def test_every_kind_is_read_and_judged(quiz: tuple[Question, ...]) -> None:
    for asked in quiz:
        assert judge(asked, RIGHT[asked.kind]).right, asked.kind
        assert expected(asked).text
        assert asked.shape == KINDS[asked.kind].shape
    assert list(KINDS) == list(FILES_BY_KIND)


@given(
    st.lists(st.text("abL12=:,one", max_size=8), max_size=5),
    st.text(max_size=20),
    st.sampled_from(sorted(KINDS)),
)
def test_no_response_makes_judging_fail(names: list[str], text: str, kind: str) -> None:
    asked = question(kind, [option("a", True, 1, "x"), option("b")], Accept(("1",)))
    found = judge(asked, Response(tuple(names), text))
    assert 0 <= found.share <= 1
    assert found.right == (found.share == 1)


def test_not_knowing_is_wrong_even_with_the_right_answer_beside(
    quiz: tuple[Question, ...],
) -> None:
    for asked in quiz:
        right = RIGHT[asked.kind]
        found = judge(asked, Response(right.chosen, right.text, unknown=True))
        assert told(found) == (False, 0)
        assert found.expected == expected(asked)
        assert found.note is None


def test_lines_of_code_are_taken_as_they_stand(quiz: tuple[Question, ...]) -> None:
    assert [line.text.text for line in quiz[2].options] == [
        "with atomic():",
        "booking.save(*args)",
        "return __name__",
    ]


def test_lines_of_prose_are_inline_markdown(make: Make) -> None:
    text = "questions:\n" + FILES_BY_KIND["order"].replace(", indent: 0", "").replace(
        ", indent: 1", ""
    )
    root = make({"quizzes/orm/first.yaml": text.replace("booking.save(*args)", "`save` it")})
    assert Course(root).quiz("orm/first")[0].options[1].text.text == "save it"


@given(st.integers(0, 2**31))
def test_options_are_shown_in_an_order_that_the_seed_decides(seed: int) -> None:
    options = [option(name) for name in "abcdef"]
    asked = question("choice", options)
    shown = shown_order(asked, seed)
    assert sorted(shown, key=lambda item: item.id) == options
    assert shown == shown_order(asked, seed)
    assert shown == shown_order(question("choice", options[::-1]), seed)


def test_every_option_comes_first_about_as_often() -> None:
    asked = question("choice", [option(name) for name in "abcd"])
    first = [shown_order(asked, seed)[0].id for seed in range(2_000)]
    assert all(400 < first.count(name) < 600 for name in "abcd")


@given(st.integers(0, 2**31), st.integers(2, 4))
def test_an_order_never_comes_out_solved(seed: int, size: int) -> None:
    asked = question("order", [option(f"l{at}") for at in range(size)])
    shown = shown_order(asked, seed)
    assert shown != asked.options
    assert set(shown) == set(asked.options)


def test_lines_to_point_at_keep_their_order_and_typed_kinds_show_none() -> None:
    lines = [option("L10"), option("L2")]
    assert [line.id for line in shown_order(question("point", lines), 1)] == ["L2", "L10"]
    assert shown_order(typed("a"), 1) == ()
