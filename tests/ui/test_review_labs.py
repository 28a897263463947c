"""Labs that come back in Review, and the plan after a break."""

from pathlib import Path

import pytest

from nexus_tui.learner import events, labmemory, queue
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.review import ReviewScreen
from nexus_tui.ui.screens.reviewpage import planned
from tests.ui.conftest import Clock
from tests.ui.course import FILES, GOOD, LAB, NAMES, pane, text_of, write
from tests.ui.test_labs import MODULE, SECOND

STEPS = FILES["labs/python/double/lab.yaml"].replace(
    "mistakes: []",
    'steps:\n  - {at: "def double(n):", why: "So it is called.", gaps: ["n * 2"]}\nmistakes: []',
)


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course", SECOND | MODULE | {"labs/python/double/lab.yaml": STEPS})


def passes(tutor: Tutor, lab: str) -> None:
    events.append(tutor.record, "lab_run", lab, {"checks": {}, "passed": True})


def test_a_lab_weighs_as_much_as_is_left_of_it(tutor: Tutor, clock: Clock) -> None:
    passes(tutor, LAB)
    fresh = tutor.knowledge.map()[NAMES]
    clock.days(20)
    later = tutor.knowledge.map()[NAMES]
    assert later.now < fresh.now
    assert later.now == pytest.approx(tutor.quiz.reviews.labs()[0].recall / fresh.total)
    assert (later.met, later.total) == (fresh.met, fresh.total)
    assert fresh.met == 1


def test_giving_up_changes_the_map(tutor: Tutor, clock: Clock) -> None:
    passes(tutor, LAB)
    clock.days(1)
    before = tutor.knowledge.map()[NAMES].later
    payload = {"gave_up": True, "passed": False}
    events.append(tutor.record, "lab_run", LAB, payload)
    assert tutor.knowledge.map()[NAMES].later < before


async def test_a_lab_comes_back_shorter_and_only_when_asked_for(
    app: NexusApp, tutor: Tutor, clock: Clock
) -> None:
    opened = tutor.bench.open(LAB)
    tutor.bench.save(opened, "double.py", GOOD)
    passes(tutor, LAB)
    clock.days(10)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        app.go("review")
        await pilot.pause()
        await pilot.pause()
        assert "Double it  2 min, with gaps to fill in" in text_of(app, "#review-page")
        assert app.due_count == 0
        await pilot.press("l")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("n")
        await pilot.pause()
        assert opened.workspace.read("double.py") == GOOD
        await pilot.press("l")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert "____" in opened.workspace.read("double.py")
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, ReviewScreen)
        assert "begun" in text_of(app, "#review-page")
        opened.workspace.save("double.py", GOOD, over=True)
        await pilot.press("l")  # begun already: nothing is put back
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert opened.workspace.read("double.py") == GOOD
    run = {"checks": {}, "passed": True, "form": "gaps"}
    events.append(tutor.record, "lab_run", LAB, run)
    assert tutor.quiz.reviews.labs() == []
    [row] = tutor.record.rows("SELECT * FROM lab_card")
    assert labmemory.read(row).card.reps == 2


async def test_arrows_choose_among_labs(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    passes(tutor, LAB)
    clock.days(1)
    passes(tutor, "python/second")
    clock.days(10)
    async with app.run_test(size=(60, 20)) as pilot:
        app.go("review")
        await pilot.pause()
        await pilot.pause()
        page = pane(app, "#review-page")
        assert page.items == [LAB, "python/second"]
        assert page.selected == LAB
        await pilot.press("right")
        assert page.selected == "python/second"
        assert "from an empty start" in page.plain
        await pilot.press("right")
        assert page.selected == LAB


async def test_a_break_is_planned_away(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    outline = tutor.course.outline()
    known = [q for m in outline.modules.values() for h in m.lessons for q in h.questions]
    for question in known:
        events.answer(tutor.record, events.Answer(question, False))
    clock.days(30)
    async with app.run_test(size=(80, 24)) as pilot:
        app.go("review")
        await pilot.pause()
        await pilot.pause()
        told = " ".join(text_of(app, "#review-page").split())
        assert "Welcome back." in told
        assert f"{len(known)} questions for today" in told
        assert "caught up in" in told or tutor.quiz.reviews.plan().days == 1
    assert queue.waiting(tutor.record) == len(known)


def test_what_a_plan_says(tutor: Tutor) -> None:
    from nexus_tui.learner.plan import Plan

    assert planned(Plan(40, 1)) == ""
    assert planned(Plan(12, 9)).startswith("At 12 a day you have caught up in 9 days")
    assert "longer than three months" in planned(Plan(40, 0))
