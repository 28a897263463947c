"""Every shape of question: what its keys and the mouse do, what is recorded, what is said after."""

import pytest
from textual.widgets import Input, TextArea

from nexus_tui.course.model import Question
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.glyphs import ASCII, UNICODE
from nexus_tui.ui.questions import SHEETS, Sheet, sheet
from nexus_tui.ui.questions.match import Match
from nexus_tui.ui.questions.order import Order
from nexus_tui.ui.screens.asking import AskingScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.asking import answers, ask, digit, foot, full, page, put

KINDS = ("counts-list", "relations", "name", "printed", "how-many", "culprit", "lock", "terms")


def made(tutor: Tutor, name: str, seed: int = 5) -> Sheet:
    question: Question = tutor.course.question(full(name))
    session = tutor.quiz.session("x", (question.id,), "lesson", seed)
    return sheet(question, tutor.quiz.options(session, question), UNICODE)


async def click(pilot: object, screen: AskingScreen, text: str) -> None:
    """Click the first row of the page that holds ``text``."""
    pane = screen.query_one("#page", Pane)
    row = next(n for n, line in enumerate(pane.plain.split("\n")) if text in line)
    await pilot.click("#page", offset=(6, row - pane.scroll_offset.y))  # type: ignore[attr-defined]


def test_every_shape_has_a_sheet(tutor: Tutor) -> None:
    assert {tutor.course.question(full(name)).shape for name in KINDS} == set(SHEETS)


@pytest.mark.parametrize("name", KINDS)
def test_an_empty_sheet_cannot_be_handed_in(tutor: Tutor, name: str) -> None:
    assert made(tutor, name).lacks


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width", [8, 20, 56, 88])
def test_lines_are_never_wider_than_the_page(tutor: Tutor, name: str, width: int) -> None:
    shown = made(tutor, name)
    lines = shown.lines(max(width, 20))
    assert all(line.content.cell_length <= max(width, 20) for line in lines)


@pytest.mark.parametrize("name", KINDS)
def test_with_ascii_everything_ours_is_ascii(tutor: Tutor, name: str) -> None:
    question = tutor.course.question(full(name))
    session = tutor.quiz.session("x", (question.id,), "lesson", 1)
    plain = sheet(question, tutor.quiz.options(session, question), ASCII)
    text = "".join(line.content.plain for line in plain.lines(80))
    assert not set("✔✘·▸") & set(text)


async def test_many_ticks_with_digits_space_and_mouse(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "relations")
        await pilot.press("enter")
        assert "Tick at least one" in foot(screen)
        await pilot.press(digit(screen.run, "guest"), digit(screen.run, "tags"))
        await pilot.press(digit(screen.run, "tags"))
        assert page(screen).count("[x]") == 1
        await click(pilot, screen, "payment")
        await pilot.press("up", "down", "enter", "t")
        assert set(answers(tutor, "relations")[0]["chosen"]) == {"guest", "payment"}  # type: ignore[call-overload]
        assert answers(tutor, "relations")[0]["right"] is True


async def test_many_says_what_was_left_out(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "relations")
        await pilot.press(digit(screen.run, "guest"), digit(screen.run, "tags"), "enter", "g")
        told = " ".join(page(screen).split())
        assert told.count("You chose this.") == 2
        assert told.count("You left this out.") == 1


async def test_one_by_mouse(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "cause")
        await click(pilot, screen, "VACUUM")
        assert screen.run.phase == "sure"
        row = len(page(screen).split("\n")) + 1
        await pilot.click("#page", offset=(foot(screen).index("think") + 3, row))
        assert answers(tutor, "cause")[0]["chosen"] == ["vacuum"]
        assert answers(tutor, "cause")[0]["confidence"] == "think"


def test_order_moves_and_levels(tutor: Tutor) -> None:
    order = made(tutor, "lock")
    assert isinstance(order, Order)
    assert order.press("enter") is False
    want = [(option.id, option.indent) for option in order.question.options]
    for at, (name, indent) in enumerate(want):
        order.stand(name)
        while order.at > at:
            order.press("K" if order.at % 2 else "shift+up")
        for _ in range(indent):
            order.press("right")
    order.press("left")
    order.press("left")
    assert order.levels["mail"] == 0
    assert order.press("enter") is True
    assert order.response().chosen == tuple(f"{name}:{indent}" for name, indent in want)


async def test_order_says_where_lines_were(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "lock")
        await pilot.press("enter")
        assert "J and K" in foot(screen)
        await pilot.press("J", "enter", "s")
        assert len(answers(tutor, "lock")[0]["chosen"]) == 5  # type: ignore[arg-type]
        assert "You had it" in page(screen)
        assert "at level 0." in page(screen)
        told = page(screen)
        assert told.index("transaction.atomic") < told.index("select_for_update")
        assert told.index("room.is_free") < told.index("send_mail")


async def test_point_by_key_and_mouse(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "culprit", "culprit")
        await pilot.press("down", "down", "enter", "g")
        assert answers(tutor, "culprit")[0]["chosen"] == ["L2"]
        told = " ".join(page(screen).split())
        assert "already been fetched by then" in told
        assert "This is the line." in told
        await pilot.press("u")
        await click(pilot, screen, "for booking in page")
        await pilot.press("g")
        assert answers(tutor, "culprit")[0]["right"] is True


def test_match_gives_takes_and_turns(tutor: Tutor) -> None:
    match = made(tutor, "terms")
    assert isinstance(match, Match)
    assert match.rights == sorted(match.rights)
    assert match.press("1") is False
    assert match.at == 1
    match.press("1")
    assert list(match.given.values()) == [match.rights[0]]
    match.press("right")
    assert "no match yet" in match.lacks
    for option in match.options:
        match.stand(option.id)
        match.given[option.id] = option.pair
    assert match.press("enter") is True
    assert all(part == f"{part.partition('=')[0]}=" * 1 + part.partition("=")[0]
               for part in match.response().chosen)  # fmt: skip


async def test_match_by_keys_and_mouse(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "terms")
        await pilot.press("1", "enter")
        assert "2 rows have no match yet." in foot(screen)
        await click(pilot, screen, " 2  ")
        await pilot.press("3", "enter", "t")
        recorded = answers(tutor, "terms")[0]
        assert len(recorded["chosen"]) == 3  # type: ignore[arg-type]
        assert "adds a JOIN" in page(screen)


async def test_typed_judges_and_explains(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "name", "how-many")
        await pilot.press("enter")
        assert "Type an answer first" in foot(screen)
        put(screen, "Select_Related")
        await pilot.press("enter", "s")
        told = page(screen)
        assert "You wrote   Select_Related" in told
        assert "It joins" in told
        assert "The answer  prefetch_related" in told
        await pilot.press("enter")
        assert screen.query_one(Input).value == ""
        assert "a number, in queries" in foot(screen)
        put(screen, "41 queries")
        await pilot.press("enter", "t")
        assert answers(tutor, "how-many")[0]["right"] is True


async def test_predict_takes_several_lines(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, "printed")
        assert isinstance(screen.focused, TextArea)
        await pilot.press("left_square_bracket", "right_square_bracket", "enter")
        screen.query_one(TextArea).text += "[0, 1, 2]\n[0]"
        await pilot.press("f5", "g")
        assert answers(tutor, "printed")[0]["text"] == "[]\n[0, 1, 2]\n[0]"
        told = page(screen)
        assert "✔ You wrote" in told
        assert "✘             [0]" in told
        assert "It prints" in told


@pytest.mark.parametrize("name", KINDS)
async def test_not_knowing_shows_the_truth(app: NexusApp, name: str) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, name)
        await pilot.press("f3")
        told = page(screen)
        assert "✔" in told
        assert "✘" not in told
        assert "You chose" not in told
        assert screen.run.question is not None
        assert screen.run.question.explanation.text[:20] in foot(screen)
