"""The sentences of Progress: computed from the data, and true of it."""

from nexus_tui.tutor import Tutor, figures
from tests.ui.conftest import Clock
from tests.ui.course import LOOPS, NAMES, answer

FIRST = f"{NAMES}#one-list"


def said(tutor: Tutor, name: str) -> str:
    return figures.sentences(figures.figures(tutor))[name]


def test_before_the_first_answer_each_says_so(tutor: Tutor) -> None:
    told = figures.sentences(figures.figures(tutor))
    assert [*told] == ["recall", "answers", "reviews", "calibration", "time", "streak", "year"]
    assert told["recall"] == "Nothing is known yet of what was answered."
    assert told["answers"] == "No answers in the last four weeks."
    assert told["reviews"] == "Nothing comes back in the next 30 days."
    assert told["calibration"].startswith("Say how sure you are")
    assert told["streak"].startswith("No week in a row yet. 2 days and this week counts.")
    assert told["year"] == "Nothing was done in the last year."


def test_recall_names_the_module_that_loses_most(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, "caching/whether#first")
    assert said(tutor, "recall").startswith("Of the 1 module you met you would know 100% today and")
    answer(tutor, FIRST, right=False)
    clock.days(1)
    told = said(tutor, "recall")
    assert told.startswith("Of the 2 modules you met")
    assert "Caching would lose most: " in told


def test_calibration_names_the_word_farthest_from_its_claim(tutor: Tutor, clock: Clock) -> None:
    for n in range(9):
        answer(tutor, FIRST, right=n < 7, confidence="sure")
        answer(tutor, f"{NAMES}#copies", right=n < 6, confidence="think")
    answer(tutor, f"{LOOPS}#last", right=False, confidence="guess")  # one says nothing yet
    told = said(tutor, "calibration")
    assert told.startswith("You are right 78% of the time when you say sure; the word claims 95%.")
    assert "Brier score 0." in told


def test_answers_are_set_beside_the_weeks_before(tutor: Tutor, clock: Clock) -> None:
    for _ in range(5):
        answer(tutor, FIRST, right=False)
    clock.days(28)
    for n in range(6):
        answer(tutor, FIRST, right=n < 3)
    assert said(tutor, "answers") == (
        "6 answers on 1 day of the last four weeks, 50% right; the most on a day was 6. "
        "In the four weeks before it was 0%."
    )


def test_reviews_name_the_fullest_day(tutor: Tutor) -> None:
    """All three are right on one day, a Tuesday: they come back together or nearly so."""
    answer(tutor, FIRST)
    assert said(tutor, "reviews") == "1 question comes back in the next 30 days, none today."
    answer(tutor, f"{NAMES}#copies", right=False)
    answer(tutor, f"{LOOPS}#last", right=False)
    told = said(tutor, "reviews")
    assert told == (
        "3 questions come back in the next 30 days, none today; the most, 2, on Wed 11 Mar."
    )


def test_time_is_told_in_all_and_a_week(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, FIRST)
    assert said(tutor, "time") == "0 min spent answering in all; 0 min a week so far."
    for _ in range(300):
        answer(tutor, FIRST)
    clock.days(7)
    assert said(tutor, "time") == (
        "1 h 40 min spent answering in all; 50 min a week over the last 2."
    )


def test_a_missed_week_is_offered_and_forgiven(tutor: Tutor, clock: Clock) -> None:
    for days in (1, 13, 1, 0):
        answer(tutor, FIRST)
        clock.days(days)
    found = figures.figures(tutor)
    assert found.streak_weeks == 1
    assert found.missed is not None
    assert said(tutor, "streak") == (
        "1 week in a row. This week counts already. The week of 16 Mar was missed."
    )
    figures.forgive(tutor, found.missed, "ill")
    after = figures.figures(tutor)
    assert after.missed is None
    assert after.streak_weeks == 2
    assert said(tutor, "streak") == "2 weeks in a row. This week counts already."


def test_the_year_names_the_day_of_habit(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, FIRST)
    # 52 whole weeks, and this one up to today, a Tuesday.
    assert said(tutor, "year") == "Something was done on 1 day of the last 366."
    for _ in range(10):
        clock.days(7)
        answer(tutor, FIRST)
    assert said(tutor, "year").endswith("; most often on a Tuesday.")
