"""What is worth doing now, what comes next, and where one was."""

from dataclasses import replace

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.learner.progress import lesson_states
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.study import Position
from nexus_tui.tutor.today import ReviewCard
from tests.ui.conftest import Clock
from tests.ui.course import LAB, LOOPS, NAMES, TORN, answer, read


def lab_run(tutor: Tutor, *, passed: bool) -> None:
    """A run of the lab, as it goes into the record."""
    status = {"doubles": "pass", "prints": "pass" if passed else "fail"}
    payload = {"checks": status, "passed": passed, "hints": 0, "ms": 5}
    events.append(tutor.record, "lab_run", LAB, payload)


def lesson_card(tutor: Tutor) -> tuple[str, str]:
    """Id and reason of the lesson to go on with."""
    card = tutor.today.lesson()
    assert card is not None
    return card.head.id, card.reason


def test_one_begins_with_the_first_lesson(tutor: Tutor) -> None:
    assert lesson_card(tutor) == (NAMES, "A good place to begin.")
    view = tutor.today.view()
    assert view.lab is None
    assert view.review == ReviewCard(0, 0.0, ())
    assert view.worth == 1
    assert view.streak == 0


def test_a_lesson_left_in_the_middle_comes_first(tutor: Tutor) -> None:
    read(tutor, NAMES)
    tutor.study.keep_position("caching/whether", Position(1))
    assert lesson_card(tutor) == ("caching/whether", "You stopped here.")


def test_a_lesson_done_leads_to_the_next_whose_needs_are_met(tutor: Tutor) -> None:
    read(tutor, NAMES)
    assert lesson_card(tutor) == (LOOPS, "Next in the course.")
    read(tutor, LOOPS)
    assert lesson_card(tutor)[0] == "sql/joins"


def test_needs_are_waited_for(tutor: Tutor) -> None:
    """``loops`` needs ``names``, all of ``sql`` needs ``python``: only ``caching`` is ready."""
    read(tutor, NAMES)
    read(tutor, LOOPS)
    read(tutor, "sql/joins")
    assert lesson_card(tutor)[0] == "caching/whether"


def test_a_lesson_that_is_broken_is_never_offered(tutor: Tutor) -> None:
    tutor.study.keep_position(TORN, Position(0))
    assert lesson_card(tutor)[0] == NAMES


def test_all_read_is_no_card(tutor: Tutor) -> None:
    for head in tutor.study.lessons():
        if not head.problem:
            read(tutor, head.id)
    assert tutor.today.lesson() is None


def test_the_minutes_left_shrink_and_are_at_least_one(tutor: Tutor) -> None:
    lesson = tutor.study.open(NAMES)
    told = []
    for section in range(4):
        card = tutor.today.lesson()
        assert card is not None
        told.append(card.minutes_left)
        tutor.study.read(lesson, section)
    assert told == sorted(told, reverse=True)
    assert told[0] == 8
    assert min(told) >= 1


def test_a_lab_is_offered_after_its_lesson_and_until_it_passes(tutor: Tutor) -> None:
    assert tutor.today.lab() is None
    read(tutor, NAMES)
    card = tutor.today.lab()
    assert card is not None
    assert (card.head.id, card.checks) == (LAB, ())
    lab_run(tutor, passed=False)
    card = tutor.today.lab()
    assert card is not None
    assert card.checks == ("pass", "fail")
    lab_run(tutor, passed=True)
    assert tutor.today.lab() is None


def test_a_lab_begun_is_offered_even_before_its_lesson_is_read(tutor: Tutor) -> None:
    lab_run(tutor, passed=False)
    assert tutor.today.lab() is not None


def test_what_is_due_is_counted_by_module(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#one-list")
    answer(tutor, f"{NAMES}#copies", right=False)
    answer(tutor, "caching/whether#first")
    clock.days(30)
    card = tutor.today.review()
    assert card.count == 3
    assert card.modules == (("Python", 2), ("Caching", 1))
    assert 0 < card.recall < 1
    assert card.minutes == 1


def test_the_day_has_a_cap(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#one-list")
    answer(tutor, f"{NAMES}#copies")
    clock.days(30)
    tutor.choose(replace(tutor.settings, daily_cap=1))
    assert tutor.today.review().count == 1


def test_questions_that_left_the_course_are_not_asked(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#gone")
    answer(tutor, "gone/lesson#q")
    clock.days(30)
    assert tutor.today.review().count == 0


def test_the_weeks_begin_on_a_monday(tutor: Tutor) -> None:
    answer(tutor, f"{NAMES}#one-list")
    view = tutor.today.view()
    assert view.days[0].day.weekday() == 0
    assert view.totals.answers == 1
    assert view.streak == 1


# What comes after, positions, ids


def test_after_a_lesson_comes_its_lab_then_the_next(tutor: Tutor) -> None:
    def after(id: str) -> str:
        found = tutor.study.after(id)
        return found.id if found else ""

    assert after(NAMES) == LAB
    lab_run(tutor, passed=True)
    assert after(NAMES) == LOOPS
    assert after(LOOPS) == "sql/joins"
    assert after("sql/joins") == "caching/whether", "the broken lesson is passed over"
    assert after("caching/whether") == ""


def test_a_position_is_kept_to_a_thousandth_and_written_once(tutor: Tutor) -> None:
    def count() -> int:
        return int(tutor.record.rows("SELECT count(*) FROM event")[0][0])

    assert tutor.study.position(NAMES) == Position(0, 0.0)
    tutor.study.keep_position(NAMES, Position(2, 0.1234))
    before = count()
    tutor.study.keep_position(NAMES, Position(2, 0.1231))
    assert count() == before
    assert tutor.study.position(NAMES) == Position(2, 0.123)


def test_reading_every_section_finishes_a_lesson_once(tutor: Tutor) -> None:
    read(tutor, NAMES)
    read(tutor, NAMES)
    rows = tutor.record.rows("SELECT kind, count(*) FROM event GROUP BY kind")
    assert dict(rows) == {"section_read": 5, "lesson_done": 1}
    assert lesson_states(tutor.record)[NAMES].done


def test_an_unknown_id_names_what_there_is(tutor: Tutor) -> None:
    with pytest.raises(NexusError) as caught:
        tutor.study.find("nowhere")
    assert "caching" in caught.value.hint
    with pytest.raises(NexusError) as caught:
        tutor.study.find("python/zzz")
    assert NAMES in caught.value.hint


def test_an_id_nearly_right_is_guessed(tutor: Tutor) -> None:
    with pytest.raises(NexusError) as caught:
        tutor.study.find("pyhton")
    assert caught.value.hint == "Did you mean python?"


def test_a_retired_id_leads_to_its_successor(tutor: Tutor) -> None:
    found = tutor.study.find("python/old")
    assert getattr(found, "id", "") == NAMES


def test_a_term_is_found_however_it_is_written(tutor: Tutor) -> None:
    for word in ("binding", "Binding", " BINDING "):
        term = tutor.study.term(word)
        assert term is not None
        assert term.word == "binding"
    assert tutor.study.term("nothing") is None


def test_the_lesson_opened_last_is_forgotten_when_it_left_the_course(tutor: Tutor) -> None:
    tutor.study.keep_position("gone/lesson", Position(1))
    assert tutor.study.last() == ""
    assert lesson_card(tutor)[0] == NAMES
