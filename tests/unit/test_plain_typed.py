"""What is typed at a question: answers of every shape, words that steer, slips."""

import pytest

from nexus_tui.course.loader import Course
from nexus_tui.course.model import Option, Question
from nexus_tui.course.questions import judge, shown_order
from nexus_tui.plain.typed import UnreadableError, how, pick, response, right_sides, steer
from tests.ui.conftest import LESSON, TINY

QUIZ = {question.kind: question for question in Course(TINY).quiz(LESSON)}


def shown(kind: str) -> tuple[Question, tuple[Option, ...]]:
    return QUIZ[kind], shown_order(QUIZ[kind], 5)


@pytest.mark.parametrize("typed", ["{n}", "{letter}", "{upper}", "  {n} ", "eleven"])
def test_one_by_number_letter_or_words(typed: str) -> None:
    question, options = shown("several")
    at = next(at for at, option in enumerate(options) if option.id == "payment")
    letter = "abcd"[at]
    word = typed.format(n=at + 1, letter=letter, upper=letter.upper()).replace("eleven", "payment")
    assert pick(options, word.strip()).id == "payment"
    assert question.shape == "many"


@pytest.mark.parametrize(
    "typed", ["foreign key", "nothing at all", "0", "9", "z", "-1", "1 2", "", "²"]
)
def test_words_that_stand_in_several_options_or_none_are_asked_again(typed: str) -> None:
    with pytest.raises(UnreadableError):
        pick(shown("several")[1], typed)


@pytest.mark.parametrize("between", [" ", ",", ", ", " and "])
def test_many_by_numbers_and_letters(between: str) -> None:
    question, options = shown("several")
    right = [at for at, option in enumerate(options) if option.right]
    given = response(question, options, between.join([str(right[0] + 1), "abcd"[right[1]]]))
    assert judge(question, given).right


def test_many_by_words_with_commas() -> None:
    question, options = shown("several")
    assert judge(question, response(question, options, "one-to-one, guest")).right


def test_order_needs_every_line_once() -> None:
    question, options = shown("order")
    ids = [option.id for option in options]
    words = [f"{ids.index(line.id) + 1}:{line.indent}" for line in question.options]
    assert judge(question, response(question, options, " ".join(words))).right
    letters = [f"{'abcde'[ids.index(line.id)]}:{line.indent}" for line in question.options]
    assert judge(question, response(question, options, ", ".join(letters))).right
    for typed in (" ".join(words[:-1]), " ".join([*words[:-1], words[0]]), "1:x 2 3 4 5", "1:999"):
        with pytest.raises(UnreadableError):
            response(question, options, typed)
    assert "indentation" in how(question)


@pytest.mark.parametrize("form", ["{n}{l}", "{n}-{l}", "{n} = {l}", "{n}:{l}", "{n}{l},"])
def test_match_in_pairs(form: str) -> None:
    question, options = shown("match")
    rights = right_sides(options)
    pairs = [
        form.format(n=at, l="abc"[rights.index(option.pair)])
        for at, option in enumerate(options, 1)
    ]
    assert judge(question, response(question, options, " ".join(pairs).upper())).right


@pytest.mark.parametrize(
    "typed", ["1a", "1a 1b 2c", "1z 2a 3b", "9a 2b 3c", "a b c", "1a2b3c x", "1ab"]
)
def test_a_slip_in_pairs_is_asked_again(typed: str) -> None:
    question, options = shown("match")
    with pytest.raises(UnreadableError):
        response(question, options, typed)


@pytest.mark.parametrize("typed", ["4", "L4", "line 4", "for booking"])
def test_point_by_number_or_text(typed: str) -> None:
    question, options = shown("point")
    assert response(question, options, typed).chosen == ("L4",)


@pytest.mark.parametrize("typed", ["0", "6", "booking", "nowhere", "99"])
def test_a_line_that_is_none_is_asked_again(typed: str) -> None:
    question, options = shown("point")
    with pytest.raises(UnreadableError):
        response(question, options, typed)


def test_words_steer_unless_the_question_knows_them_as_an_answer() -> None:
    from dataclasses import replace

    from nexus_tui.course.model import Accept

    choice, typed = QUIZ["choice"], QUIZ["type"]
    assert [steer(choice, word) for word in ("?", "Undo", " stop ", "again")] == [
        *("hint", "undo", "stop", "again")
    ]
    assert steer(choice, "stop it") is None
    assert steer(typed, "stop") == "stop"
    assert steer(replace(typed, accept=Accept(("?", "stop"))), "stop") is None
    assert steer(replace(typed, accept=Accept(("?", "stop"))), "?") is None


def test_what_is_typed_stays_as_it_was() -> None:
    assert response(QUIZ["type"], (), "  two  words ").text == "  two  words "
