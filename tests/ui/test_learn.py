"""Learn: opening, going on, questions between sections, samples, the outline, broken lessons."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.learner.progress import last_lesson, lesson_states
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.study import Position
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import TellScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.output import OutputScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.terms import TermScreen
from nexus_tui.ui.widgets.outline import OutlineTree
from tests.ui.course import (
    LOOPS,
    NAMES,
    SIZE,
    TORN,
    notices,
    pane,
    read,
    settle,
    shown,
    text_of,
    trust,
    write,
)


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


async def learn(pilot: Pilot[None], lesson: str = NAMES, section: int | None = None) -> LearnScreen:
    """Open a lesson and wait until it is there."""
    app = pilot.app
    assert isinstance(app, NexusApp)
    app.go("learn")
    await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen._reader)
    screen = app.screen
    assert isinstance(screen, LearnScreen)
    screen.open(lesson, section)
    await pilot.pause()
    return screen


async def test_a_lesson_opens_at_its_opening(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        seen = text_of(app, "#reader")
        assert seen.split("\n")[1:3] == ["Names and objects", "Python · lesson 1 of 2 · 8 min"]
        assert "Say which object a name is tied to" in seen
        assert "n goes on: Assignment binds" in seen
        assert "1 of 5" in shown(app)
        assert app.focused is screen.query_one("#reader")


@pytest.mark.parametrize(("on", "back"), [("n", "p"), ("right", "left"), ("enter", "p")])
async def test_going_on_and_back(app: NexusApp, on: str, back: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        await pilot.press(on)
        assert screen.section == 1
        assert text_of(app, "#reader").split("\n")[1] == "Assignment binds"
        await pilot.press(back, back)
        assert screen.section == 0


async def test_going_on_reads_the_section_and_keeps_the_place(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot)
        await pilot.press("n")
        state = lesson_states(tutor.record)[NAMES]
        assert state.sections_read == {0}
        assert state.section == 1


async def test_the_question_of_a_section_is_asked_before_going_on(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=1)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert app.screen.session.questions == (f"{NAMES}#one-list",)
        assert screen.section == 1


async def test_escape_passes_a_question_over_and_goes_on(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=1)
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert screen.section == 2
        assert app.focused is screen.query_one("#reader")
        assert tutor.today.view().totals.answers == 0
        await pilot.press("p", "n")
        await pilot.pause()
        assert app.screen is screen
        assert screen.section == 2


async def test_an_answer_between_sections_counts_and_leads_on(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=1)
        await pilot.press("n")
        await pilot.pause()
        quiz = app.screen
        assert isinstance(quiz, QuizScreen)
        await pilot.press("1", "3")
        await settle(pilot, lambda: quiz.run and quiz.run.phase == "told")
        await pilot.press("enter")
        await settle(pilot, lambda: app.screen is screen)
        assert screen.section == 2
        assert tutor.today.view().totals.answers == 1
        assert app.focused is screen.query_one("#reader")


async def test_a_question_on_the_page_can_be_answered_alone(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=1)
        reader = pane(app, "#reader")
        await pilot.press("tab", "tab")
        assert reader.selected == f"ask:{NAMES}#one-list"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert screen.section == 1
        assert "answered" in text_of(app, "#reader")


async def test_a_question_on_the_page_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await learn(pilot, section=1)
        reader = pane(app, "#reader")
        row = next(y for y, line in enumerate(reader._lines) if line.item.startswith("ask:"))
        await pilot.click("#reader", offset=(10, row))
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)


async def test_things_on_the_page_are_walked_both_ways(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot, section=1)
        reader = pane(app, "#reader")
        seen = []
        for key in ("right_square_bracket", "right_square_bracket", "tab", "shift+tab"):
            await pilot.press(key)
            seen.append(reader.selected)
        ask = f"ask:{NAMES}#one-list"
        assert seen == ["run:0", ask, "run:0", ask]


async def test_the_end_leads_to_the_lab_then_the_next_lesson(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=4)
        assert "n goes on: Double it" in text_of(app, "#reader")
        for section in range(4):
            tutor.study.read(screen.lesson, section)  # type: ignore[arg-type]
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, LabScreen)
        assert lesson_states(tutor.record)[NAMES].done
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is screen)
        assert "n goes on: Double it" not in text_of(app, "#reader")
        await pilot.press("n")
        await settle(pilot, lambda: screen.lesson.head.id == LOOPS)  # type: ignore[union-attr]
        screen.open(LOOPS, 2)
        await pilot.press("n")
        await settle(pilot, lambda: screen.lesson and screen.lesson.head.id == "sql/joins")


async def test_it_opens_where_it_was_left(app: NexusApp, tutor: Tutor) -> None:
    tutor.study.keep_position(NAMES, Position(2, 0.4))
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("2")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert isinstance(app.screen, LearnScreen)
        assert app.screen.section == 2
        reader = pane(app, "#reader")
        await settle(pilot, lambda: reader.scroll_offset.y)
        assert reader.share == pytest.approx(0.4, abs=0.05)


async def test_the_place_is_kept_when_one_leaves_and_when_one_quits(
    app: NexusApp, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot, section=2)
        await pilot.press("space")
        await pilot.press("1")
        await pilot.pause()
        state = lesson_states(tutor.record)[NAMES]
        assert state.section == 2
        first = state.scroll
        assert first > 0
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("space", "q")
    assert lesson_states(tutor.record)[NAMES].scroll > first


async def test_space_scrolls_then_goes_on(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=2)
        reader = pane(app, "#reader")
        await pilot.press("space")
        assert screen.section == 2
        assert reader.scroll_offset.y > 0
        await pilot.press("end", "space")
        await pilot.pause()
        assert screen.section == 3
        assert reader.scroll_offset.y == 0
        await pilot.press("b")
        await pilot.pause()
        assert screen.section == 2


async def test_a_sample_runs_and_prints_the_same(app: NexusApp, tutor: Tutor) -> None:
    trust(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot, section=1)
        await pilot.press("x")
        await pilot.pause()
        output = app.screen
        assert isinstance(output, OutputScreen)
        await settle(pilot, lambda: output._result)
        told = text_of(app, "#dialog")
        assert "[1, 2]" in told
        assert "The lesson printed the same." in told
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen
        assert app.focused is screen.query_one("#reader")


async def test_a_sample_that_prints_otherwise_says_so_and_runs_again(
    app: NexusApp, tutor: Tutor
) -> None:
    trust(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot, section=2)
        await pilot.press("x")
        await pilot.pause()
        output = app.screen
        assert isinstance(output, OutputScreen)
        await settle(pilot, lambda: output._result)
        told = text_of(app, "#dialog")
        assert "a b" in told
        assert "The lesson printed:" in told
        assert "a c" in told
        first = output._result
        await pilot.press("x")
        await settle(pilot, lambda: output._result not in (None, first))


async def test_code_of_a_course_from_elsewhere_waits_for_consent(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot, section=1)
        await pilot.press("x")
        await pilot.pause()
        await settle(pilot, lambda: "has not been allowed" in text_of(app, "#dialog"))
        assert "trust" in text_of(app, "#dialog")


async def test_a_page_without_a_sample_says_so(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        await pilot.press("x")
        await pilot.pause()
        assert app.screen is screen
        assert "no sample on this page" in notices(app)


async def test_t_takes_the_whole_quiz(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert len(app.screen.session.questions) == 2
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen


async def test_the_outline_covers_the_page_where_it_is_narrow(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        outline = screen.query_one(OutlineTree)
        reader = pane(app, "#reader")
        assert outline.size.width == 0
        await pilot.press("o")
        await pilot.pause()
        assert app.focused is outline
        assert outline.region.width == 80
        assert not reader.region
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is reader
        assert outline.size.width == 0


async def test_the_outline_stands_beside_the_page_where_it_is_wide(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        screen = await learn(pilot)
        outline = screen.query_one(OutlineTree)
        assert outline.size.width > 0
        assert pane(app, "#reader").size.width > 60
        await pilot.press("o")
        await pilot.pause()
        assert app.focused is outline
        await settle(pilot, lambda: outline.cursor_node and outline.cursor_node.data == NAMES)
        await pilot.press("j", "enter")
        await settle(pilot, lambda: screen.lesson and screen.lesson.head.id == LOOPS)
        await settle(pilot, lambda: app.focused is screen.query_one("#reader"))


async def test_a_lesson_in_the_outline_can_be_clicked(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        screen = await learn(pilot)
        rows = shown(app).split("\n")
        row = next(y for y, line in enumerate(rows) if "Loops" in line)
        await pilot.click(offset=(rows[row].index("Loops"), row))
        await settle(pilot, lambda: screen.lesson and screen.lesson.head.id == LOOPS)


async def test_the_outline_is_walked_by_arrows(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        screen = await learn(pilot)
        outline = screen.query_one(OutlineTree)
        await pilot.press("o")
        await settle(pilot, lambda: outline.cursor_node and outline.cursor_node.data == NAMES)
        await pilot.press("left")
        assert outline.cursor_node is not None
        assert outline.cursor_node.data == "python"
        await pilot.press("left")
        assert not outline.cursor_node.is_expanded
        await pilot.press("right")
        assert outline.cursor_node.is_expanded
        await pilot.press("down", "down", "down", "down", "enter")
        await pilot.pause()
        assert outline.cursor_node.data == "sql"
        assert [child.data for child in outline.cursor_node.children] == ["sql/joins", TORN]


async def test_a_broken_lesson_says_what_is_wrong_and_the_rest_works(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)
        app.open_id(TORN)
        await settle(pilot, lambda: "minutes" in text_of(app, "#reader"))
        told = " ".join(text_of(app, "#reader").split())
        assert "lessons/sql/torn.md:3" in told
        assert "Write digits only." in told
        assert app.focused is screen.query_one("#reader")
        await pilot.press("n", "p", "x", "t", "enter")
        await pilot.pause()
        await learn(pilot, "sql/joins")
        assert "Joins" in text_of(app, "#reader")


async def test_a_lesson_that_broke_since_does_not_keep_learn_from_opening(
    app: NexusApp, tutor: Tutor, course_root: Path
) -> None:
    tutor.study.keep_position(NAMES, Position(1, 0.0))
    (course_root / "lessons/python/names.md").write_text("---\ntitle: [\n---\n", "utf-8")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("2")
        await settle(pilot, lambda: "names.md" in shown(app))
        if isinstance(app.screen, TellScreen):
            await pilot.press("escape")
            await pilot.pause()
        assert app.focused is not None
        await pilot.press("1")
        await pilot.pause()
        assert app.current_mode == "today"


async def test_an_unknown_id_is_told_and_named(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id("python/nothing")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "python/names" in text_of(app, "#dialog")
        await pilot.press("enter")
        await pilot.pause()
        assert app.focused is not None


@pytest.mark.parametrize("target", [NAMES, "python", "python/old", f"{NAMES}#one-list", "learn"])
async def test_it_starts_where_one_was_sent(tutor: Tutor, target: str) -> None:
    app = NexusApp(tutor, target)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert isinstance(app.screen, LearnScreen)
        assert app.screen.lesson is not None
        assert app.screen.lesson.head.id == NAMES


async def test_it_starts_in_a_lab(tutor: Tutor) -> None:
    app = NexusApp(tutor, "python/double")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await settle(pilot, lambda: isinstance(app.screen, LabScreen))
        assert app.focused is not None


async def test_the_side_shows_objectives_sections_and_terms(app: NexusApp, tutor: Tutor) -> None:
    read(tutor, NAMES)
    async with app.run_test(size=(150, 40), notifications=True) as pilot:
        screen = await learn(pilot, section=0)
        side = " ".join(text_of(app, "#side").split())
        assert "A long page" in side
        assert "Tell a copy from a second name" in side
        assert "not met" in side
        rows = [line.item for line in pane(app, "#side")._lines]
        await pilot.click("#side", offset=(6, rows.index("go:2")))
        await pilot.pause()
        assert screen.section == 2
        rows = [line.item for line in pane(app, "#side")._lines]
        await pilot.click("#side", offset=(4, rows.index("term:binding")))
        await pilot.pause()
        assert isinstance(app.screen, TermScreen)
        assert "Tying a name to an object." in text_of(app, "#dialog")
        await pilot.press("escape")
        await pilot.pause()
        assert app.focused is screen.query_one("#reader")


async def test_resizing_keeps_the_place_and_the_keys(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        screen = await learn(pilot, section=2)
        reader = pane(app, "#reader")
        await pilot.resize_terminal(80, 24)
        await pilot.press("space")
        top = reader._lines[reader.scroll_offset.y].content.plain
        for size in ((60, 20), (150, 24), (59, 19), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert screen.section == 2
        assert app.focused is reader
        near = reader._lines[max(reader.scroll_offset.y - 4, 0) : reader.scroll_offset.y + 4]
        assert top in [line.content.plain for line in near]


async def test_growing_and_shrinking_with_the_outline_open_keeps_the_keys(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        screen = await learn(pilot)
        await pilot.press("o")
        await pilot.pause()
        for size in ((80, 24), (60, 20), (132, 40)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert app.focused is screen.query_one(OutlineTree)


async def test_opening_a_lesson_makes_it_the_last(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await learn(pilot, LOOPS)
        assert last_lesson(tutor.record) == LOOPS


async def test_a_record_that_cannot_be_written_is_told_once_and_reading_goes_on(
    app: NexusApp, tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nexus_tui.errors import NexusError
    from nexus_tui.learner import events

    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await learn(pilot)

        def full(*_: object, **__: object) -> None:
            raise NexusError("The disk is full.", "Make room.")

        monkeypatch.setattr(events, "append", full)
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "The disk is full." in text_of(app, "#dialog")
        await pilot.press("escape")
        await pilot.pause()
        monkeypatch.undo()
        assert app.screen is screen
        assert screen.section == 1


async def test_what_was_answered_is_not_asked_again_after_a_look_at_the_lesson(
    app: NexusApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await learn(pilot)
        screen.turn(next(n for n, s in enumerate(screen.lesson.sections) if s.asks))  # type: ignore[union-attr]
        section = screen.section
        await pilot.press("n")
        assert isinstance(app.screen, QuizScreen)
        await pilot.press("d", "l")
        await settle(pilot, lambda: app.screen is screen)
        screen.turn(section)
        await pilot.press("n")
        await pilot.pause()
        assert (app.screen, screen.section) == (screen, section + 1)
