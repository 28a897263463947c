"""The search screen: as one types, where it leads, how one comes back, what it never shows."""

import threading

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from nexus_tui.course.search import Store
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import TellScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.search import SearchScreen
from nexus_tui.ui.screens.terms import TermScreen
from nexus_tui.ui.screens.today import TodayScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.conftest import SIZES, Clock
from tests.ui.course import LAB, NAMES, SIZE, answer, settle, shown, text_of, write

HOSTILE = (
    "zebra [/oops] [@click=app.quit]x[/] d[key] [b \x1b[2J\x1b]0;t\x07 \u202e \u2028 " + "中" * 90
)


@pytest.fixture
def app(tmp_path: "object", clock: Clock) -> NexusApp:
    """Over the small course, which has labs and terms."""
    from pathlib import Path

    from nexus_tui.paths import Places

    assert isinstance(tmp_path, Path)
    home = tmp_path / "home"
    root = write(tmp_path / "small")
    tutor = Tutor.open(root=root, places=Places(home, home / "cache"), now=clock)
    tutor.paths.welcomed()
    return NexusApp(tutor)


async def search(app: NexusApp, pilot: Pilot[None], words: str) -> None:
    """Open search, wait for the index, type words."""
    if not isinstance(app.screen, SearchScreen):
        await pilot.press("slash")
    await settle(pilot, lambda: not app.tutor.search.building)
    app.screen.query_one(Input).value = words
    await pilot.pause()


async def test_words_are_typed_and_the_place_opens(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("slash")
        await settle(pilot, lambda: not app.tutor.search.building)
        await pilot.press(*"tied")
        assert app.screen.query_one(Input).value == "tied"
        assert "found" in text_of(app, "#found")
        assert "tied to an object" in text_of(app, "#found")
        await search(app, pilot, "keeps the last value")
        assert "In one breath" in text_of(app, "#found")
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        screen = app.screen
        assert isinstance(screen, LearnScreen)
        assert screen.lesson is not None
        assert screen.lesson.sections[screen.section].slug == "in-one-breath"


async def test_escape_goes_back_and_the_words_are_kept(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "loop")
        await pilot.press("escape")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("slash")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "loop"
        assert "Loops" in text_of(app, "#found")
        await pilot.press("x")
        assert app.screen.query_one(Input).value == "x"


async def test_a_lab_opens_over_the_search_and_leads_back(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "double")
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        pane = screen.query_one(Pane)
        kinds = [screen._hits[int(item)].entry.target for item in pane.items]
        pane.selected = pane.items[kinds.index(LAB)]
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, LabScreen))
        app.pop_screen()
        await settle(pilot, lambda: isinstance(app.screen, SearchScreen))
        assert app.screen.query_one(Input).value == "double"


async def test_arrows_move_and_a_misspelled_word_is_said_to_be_one(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "objcet")
        assert "other forms or spellings" in text_of(app, "#found")
        pane = app.screen.query_one(Pane)
        first = pane.selected
        await pilot.press("down")
        assert pane.selected != first
        await pilot.press("up")
        assert pane.selected == first


async def test_a_term_opens_its_definition(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        module = next(m for m in app.tutor.course.outline().modules.values() if m.terms)
        await search(app, pilot, module.terms[0].word)
        screen = app.screen
        assert isinstance(screen, SearchScreen)
        at = next(n for n, hit in enumerate(screen._hits) if hit.entry.kind == "term")
        screen.choose(str(at))
        await settle(pilot, lambda: isinstance(app.screen, TermScreen))
        await pilot.press("escape")
        await settle(pilot, lambda: app.screen is screen)


async def test_a_question_shows_only_when_it_was_met(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "which of these copies")
        assert "Question you met" not in shown(app)
        await pilot.press("escape")
        answer(app.tutor, f"{NAMES}#copies")
        await search(app, pilot, "which of these copies")
        assert "Question you met" in shown(app)
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_note_is_shown_as_text(app: NexusApp, size: tuple[int, int]) -> None:
    app.tutor.journal.write("own/zebra", HOSTILE)
    async with app.run_test(size=size, notifications=True) as pilot:
        await search(app, pilot, "zebra")
        assert "[/oops] [@click=app.quit]x[/] d[key]" in " ".join(text_of(app, "#found").split())
        assert not {"\x1b", "\u202e", "\x07"} & set(shown(app))
        await pilot.press("enter")
        await settle(pilot, lambda: not isinstance(app.screen, SearchScreen))
        assert app.is_running


@pytest.mark.parametrize("typed", [HOSTILE, '"', "* OR (", "[/oops]", "-"])
async def test_what_is_typed_is_never_obeyed(app: NexusApp, typed: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await search(app, pilot, typed)
        assert isinstance(app.screen, SearchScreen)
        await pilot.press("enter")
        assert app.is_running


async def test_slash_in_a_field_is_a_letter(app: NexusApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "")
        await pilot.press("slash")
        assert app.screen.query_one(Input).value == "/"
        assert sum(isinstance(screen, SearchScreen) for screen in app.screen_stack) == 1


async def test_keys_are_answered_while_the_index_is_built(
    app: NexusApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    write_units = Store.write

    def slow(store: Store, units: "object") -> bool:
        go.wait(10)
        return write_units(store, units)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "write", slow)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("slash", *"loop")
        assert app.screen.query_one(Input).value == "loop"
        assert "files. More will be found" in text_of(app, "#found")
        go.set()
        await settle(pilot, lambda: "Loops" in text_of(app, "#found"))
        await settle(pilot, lambda: "More will be found" not in text_of(app, "#found"))


async def test_what_cannot_be_done_is_said(app: NexusApp, monkeypatch: pytest.MonkeyPatch) -> None:
    from nexus_tui.course.search import store

    monkeypatch.setattr(store, "_has", lambda db, table: False)
    async with app.run_test(size=SIZE) as pilot:
        await search(app, pilot, "loop")
        assert "FTS5" in text_of(app, "#found")
        assert "Loops" in text_of(app, "#found")
        assert not isinstance(app.screen, TellScreen)
