"""A pile of questions is planned away, and it really goes."""

import random
from datetime import timedelta

import pytest

from nexus_tui.learner import plan, queue
from nexus_tui.learner.database import Record
from nexus_tui.learner.memory import Rating, following, recall, review
from nexus_tui.learner.plan import Memory, rehearse
from tests.unit.learner.support import Clock, give


def everything(question: str) -> bool:
    return True


def learn(record: Record, clock: Clock, count: int) -> None:
    """Forty new questions a day, right and wrong ones."""
    for n in range(count):
        give(record, f"m{n % 5}/l{n % 9}#q{n}", right=n % 4 > 0)
        if n % 40 == 39:
            clock.move(days=1)


def live_a_day(record: Record, clock: Clock, cap: int, chance: random.Random) -> int:
    """Ask what the plan says, answer as well as memory predicts; gives how many."""
    a_day = plan.make(record, cap, everything).a_day
    items = queue.due(record, limit=a_day)
    for item in items:
        give(record, item.question, right=chance.random() < item.recall, context="review")
    return len(items)


@pytest.mark.parametrize("right", [True, False])
def test_the_formulas_are_those_that_schedule(right: bool) -> None:
    clock = Clock()
    card = review(None, Rating.GOOD, clock.time, question="q", day="2026-03-02")
    for days in (3, 9, 40):
        when = clock.move(days=days)
        then = recall(card, when)
        found = following(card.stability, card.difficulty, then, right)
        rating = Rating.GOOD if right else Rating.AGAIN
        card = review(card, rating, when, day=when.date().isoformat())
        assert found == pytest.approx((card.stability, card.difficulty), rel=1e-9)


def test_a_rehearsal_counts_what_comes_back() -> None:
    cards = [Memory(10.0, 5.0, -30, 0)] * 30 + [Memory(10.0, 5.0, -8, 2)] * 5
    found = rehearse(cards, 10, 10)
    assert found.asked[:2] == (10, 10)
    assert found.days >= 4  # 35, and those that were forgotten
    assert rehearse(cards, 40, 40).days == 1
    assert rehearse(cards, 40, 0).asked[0] == 0
    assert rehearse(cards, 1, 1, 30).days == 0


def test_without_a_break_the_day_has_its_limit(record: Record, clock: Clock) -> None:
    learn(record, clock, 120)
    assert plan.returned(record) is None
    assert plan.make(record, 40, everything).a_day == 40


def test_when_one_came_back(record: Record, clock: Clock) -> None:
    give(record, "m/l#q")
    assert plan.returned(record) is None
    clock.move(days=6)
    assert plan.returned(record) is None
    clock.move(days=1)
    assert plan.returned(record) == 0
    give(record, "m/l#q")
    assert plan.returned(record) == 0
    clock.move(days=6)
    assert plan.returned(record) == 6
    give(record, "m/l#q")
    clock.move(days=6)
    give(record, "m/l#q")
    assert plan.returned(record) == 12
    clock.move(days=2)
    assert plan.returned(record) is None


@pytest.mark.parametrize(("count", "seed"), [(80, 1), (120, 2), (200, 3)])
def test_after_a_break_it_is_caught_up_when_it_was_said(
    record: Record, clock: Clock, count: int, seed: int
) -> None:
    learn(record, clock, count)
    clock.move(days=60)
    waiting = queue.waiting(record)
    assert waiting > count * 0.9
    said = plan.make(record, 40, everything)
    assert plan.LEAST <= said.a_day < 40
    assert 0 < said.days <= plan.SOON
    chance = random.Random(seed)
    days = 0
    while queue.waiting(record):
        asked = live_a_day(record, clock, 40, chance)
        assert asked <= said.a_day * 1.5
        days += 1
        if queue.waiting(record):
            clock.move(days=1)
    assert abs(days - said.days) <= 2


def test_a_day_left_out_is_made_up_for(record: Record, clock: Clock) -> None:
    learn(record, clock, 160)
    clock.move(days=60)
    chance = random.Random(5)
    first = plan.make(record, 40, everything).a_day
    live_a_day(record, clock, 40, chance)
    clock.move(days=5)
    assert first < plan.make(record, 40, everything).a_day <= 40


def test_a_large_pile_takes_the_whole_day_and_says_how_long(record: Record, clock: Clock) -> None:
    learn(record, clock, 700)
    clock.move(days=60)
    said = plan.make(record, 40, everything)
    assert said.a_day == 40
    assert said.days > plan.SOON
    assert sum(said.asked) >= 700
    done = live_a_day(record, clock, 40, random.Random(1))
    assert done == 40
    assert plan.make(record, 40, everything).asked[0] == 0
    clock.time += timedelta(days=1)
    assert plan.make(record, 40, everything).asked[0] == 40
