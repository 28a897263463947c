import random
from datetime import UTC, datetime, timedelta

import fsrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learner.memory import (
    MODEL,
    PARAMETERS,
    Card,
    Rating,
    fuzzed,
    grade,
    recall,
    retention,
    review,
)

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Q = "django/querysets#lazy"


def answer(card: Card | None, rating: Rating, when: datetime) -> Card:
    return review(card, rating, when, question=Q, day=when.date().isoformat())


def test_the_parameters_are_the_packages_own() -> None:
    assert PARAMETERS[MODEL] == fsrs.scheduler.DEFAULT_PARAMETERS


@given(
    st.floats(0.001, 36500),
    st.timedeltas(timedelta(days=-30), timedelta(days=40_000)),
)
def test_recall_is_the_packages_retrievability(stability: float, later: timedelta) -> None:
    card = answer(None, Rating.GOOD, MONDAY)._replace(stability=stability)
    theirs = fsrs.Card(1, fsrs.State.Review, None, stability, 5.0, MONDAY, MONDAY)
    expected = fsrs.Scheduler().get_card_retrievability(theirs, MONDAY + later)
    assert recall(card, MONDAY + later) == expected


def test_recall_at_the_stability_is_nine_in_ten() -> None:
    assert retention(7, 7) == pytest.approx(0.9)
    assert retention(0, 7) == 1


@given(st.lists(st.tuples(st.sampled_from(Rating), st.integers(1, 60)), min_size=1, max_size=20))
def test_reviews_on_other_days_are_the_packages(history: list[tuple[Rating, int]]) -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    theirs, ours, when = fsrs.Card(1), None, MONDAY
    for rating, days in history:
        theirs, _ = scheduler.review_card(theirs, fsrs.Rating(rating), when)
        ours = answer(ours, rating, when)
        assert (ours.stability, ours.difficulty) == (theirs.stability, theirs.difficulty)
        assert (ours.state, ours.step) == (theirs.state, theirs.step)
        planned = (theirs.due - when).days
        assert abs((ours.due - when).days - planned) <= 1.5 + planned * 0.15
        when += timedelta(days=days)


@pytest.mark.parametrize(
    ("right", "hint", "unknown", "rating"),
    [
        (True, False, False, Rating.GOOD),
        (True, True, False, Rating.HARD),
        (False, False, False, Rating.AGAIN),
        (False, True, False, Rating.AGAIN),
        (True, False, True, Rating.AGAIN),
    ],
)
def test_the_outcome_decides(right: bool, hint: bool, unknown: bool, rating: Rating) -> None:
    assert grade(right, hint, unknown) == rating


def test_one_success_a_day() -> None:
    first = answer(None, Rating.GOOD, MONDAY)
    second = answer(first, Rating.GOOD, MONDAY + timedelta(hours=2))
    assert second == first._replace(reps=2)
    hinted = answer(second, Rating.HARD, MONDAY + timedelta(hours=3))
    assert hinted == first._replace(reps=3)


def test_a_wrong_answer_counts_every_time() -> None:
    card = answer(None, Rating.GOOD, MONDAY)
    wrong = answer(card, Rating.AGAIN, MONDAY + timedelta(hours=1))
    again = answer(wrong, Rating.AGAIN, MONDAY + timedelta(hours=2))
    assert card.stability > wrong.stability > again.stability
    assert (again.lapses, again.reps) == (2, 3)
    # The day had its success: being right once more does not mend it.
    assert answer(again, Rating.GOOD, MONDAY + timedelta(hours=3)).stability == again.stability


def test_the_first_wrong_answer_is_no_lapse() -> None:
    assert answer(None, Rating.AGAIN, MONDAY).lapses == 0


def test_what_is_forgotten_comes_back_on_another_day() -> None:
    card = answer(None, Rating.AGAIN, MONDAY)
    assert card.due == MONDAY + timedelta(days=1)
    assert card.step is None


def test_an_evening_and_the_next_morning_are_a_day_apart() -> None:
    evening = answer(None, Rating.GOOD, MONDAY.replace(hour=21))
    morning = answer(evening, Rating.GOOD, MONDAY.replace(day=3, hour=8))
    noon = answer(evening, Rating.GOOD, MONDAY.replace(day=3, hour=21))
    assert morning.stability == noon.stability > evening.stability


def test_a_clock_set_back_makes_no_negative_interval() -> None:
    card = answer(None, Rating.GOOD, MONDAY)
    back = answer(card, Rating.AGAIN, MONDAY - timedelta(days=400))
    same = answer(card, Rating.AGAIN, MONDAY)
    assert (back.stability, back.last, back.day) == (same.stability, MONDAY, "2026-03-02")
    assert recall(card, MONDAY - timedelta(days=400)) == 1
    # Right on an earlier day than the last success: that success has already been counted.
    assert answer(card, Rating.GOOD, MONDAY - timedelta(days=1)).stability == card.stability


@given(st.integers(0, 36500), st.text(max_size=20), st.integers(0, 50))
def test_fuzz_stays_in_range_and_repeats(days: int, question: str, reps: int) -> None:
    state = random.getstate()
    moved = fuzzed(days, question, reps)
    assert fuzzed(days, question, reps) == moved
    assert random.getstate() == state
    assert moved <= 36500
    assert moved == days if days < 3 else moved >= 2
    assert abs(moved - days) <= 1.5 + days * 0.15


def test_fuzz_spreads() -> None:
    assert {fuzzed(30, f"django/q#{n}", 3) for n in range(200)} == set(range(27, 34))


def test_an_unknown_model_is_replayed_with_ours() -> None:
    card = review(None, Rating.GOOD, MONDAY, question=Q, model="fsrs-9")
    assert card.stability == answer(None, Rating.GOOD, MONDAY).stability


def test_reviewing_does_not_touch_the_global_generator() -> None:
    state = random.getstate()
    answer(answer(None, Rating.GOOD, MONDAY), Rating.GOOD, MONDAY + timedelta(days=9))
    assert random.getstate() == state
