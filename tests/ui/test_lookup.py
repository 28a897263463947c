"""Looking things up on the screen: terms in a lesson, the glossary, the handbook."""

from pathlib import Path

import pytest

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.finder import FinderScreen
from nexus_tui.ui.screens.handbook import HandbookScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.terms import GlossaryScreen, TermScreen
from tests.ui.conftest import SIZES
from tests.ui.course import FILES, NAMES, notices, pane, settle, shown, write

SIZE = (80, 24)
TERMS = """\
terms:
  - {word: binding, definition: "Tying a *name*. [/x] [b]", see: [python/loops, object]}
  - {word: object, definition: "What a name is tied to.", see: [binding]}
"""
MODULE = FILES["lessons/python/module.yaml"].partition("terms:")[0] + TERMS
COURSE = FILES["lessons/course.yaml"] + (
    "handbook:\n  - {when: A copy changed, read: [python/names, python/nothing]}\n"
)


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    text = FILES["lessons/python/names.md"]

    text = text.replace("to one object.", "to one object. Its bindings count.")
    files = {
        "lessons/python/module.yaml": MODULE,
        "lessons/course.yaml": COURSE,
        "lessons/python/names.md": text,
    }
    return write(tmp_path / "course", files)


async def test_k_walks_through_the_terms_of_the_page_and_marks_each(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        before = shown(app)
        await pilot.press("k")
        await settle(pilot, lambda: isinstance(app.screen, TermScreen))
        assert isinstance(app.screen, TermScreen)
        words = [app.screen.term.word]
        assert "1 of 2" in shown(app)
        assert "Names and objects" in shown(app)  # the page stays in view
        await pilot.press("k")
        await pilot.pause()
        words.append(app.screen.term.word)
        await pilot.press("k")
        assert sorted(words) == ["binding", "object"]
        assert app.screen.term.word == words[0]
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))
        assert shown(app) == before


async def test_links_of_a_term_open(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("k", "K")
        assert isinstance(app.screen, TermScreen)
        while app.screen.term.word != "binding":
            await pilot.press("k")
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert app.screen.term.word == "object"
        await pilot.press("backspace")
        assert app.screen.term.word == "binding"
        assert "[/x] [b]" in shown(app)
        await pilot.press("down", "enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))
        assert isinstance(app.screen, LearnScreen)
        learn = app.screen
        await settle(pilot, lambda: learn.lesson and learn.lesson.head.id == "python/loops")


async def test_a_page_without_terms_says_so(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id("caching/whether")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("k")
        await pilot.pause()
        assert "No word of the glossary" in notices(app)
        assert isinstance(app.screen, LearnScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_glossary_finds_while_one_types(app: NexusApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        app.action_glossary()
        await settle(pilot, lambda: isinstance(app.screen, GlossaryScreen))
        assert "2 terms" in shown(app)
        assert pane(app, "#found").selected == "term:binding"
        await pilot.press(*"obj")
        await pilot.pause()
        assert "1 term" in shown(app)
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, TermScreen))
        assert "What a name is tied to." in shown(app)
        await pilot.press("escape", "q", "q")
        await pilot.pause()
        assert "Nothing has" in shown(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, FinderScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_the_handbook_opens_a_need_and_from_it_a_lesson(
    app: NexusApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        app.action_handbook()
        await settle(pilot, lambda: isinstance(app.screen, HandbookScreen))
        await pilot.press(*"copy ch")
        await pilot.press("enter")
        await pilot.pause()
        assert "A name is tied to an object." in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "A copy changed" in shown(app)
        await pilot.press("enter", "enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))


async def test_glossary_and_handbook_lead_to_each_other_without_a_pile(
    app: NexusApp, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.action_glossary()
        await pilot.pause()
        for _ in range(4):
            await pilot.press("f2")
            await pilot.pause()
        assert len(app.screen_stack) <= 3
        assert isinstance(app.screen, GlossaryScreen)
