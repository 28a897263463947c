"""Settings: a change holds at once and is saved."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui.settings import CHOICES, Settings
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import TellScreen
from nexus_tui.ui.screens.settings import SettingsScreen
from tests.ui.course import SIZE, pane, shown, text_of, write


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


async def test_every_choice_is_named_with_its_value(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        seen = text_of(app, "#dialog")
        for label, _ in CHOICES.values():
            assert label in seen
        assert "‹ nexus-dark ›" in seen


@pytest.mark.parametrize("key", ["right", "space", "enter"])
async def test_a_change_holds_at_once_and_is_saved(app: NexusApp, tutor: Tutor, key: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s", key)
        await pilot.pause()
        assert app.theme == "nexus-light"
        assert tutor.settings.theme == "nexus-light"
        saved = json.loads(tutor.places.settings.read_text("utf-8"))
        assert saved["theme"] == "nexus-light"
        assert "‹ nexus-light ›" in text_of(app, "#dialog")
        await pilot.press("left")
        assert app.theme == "nexus-dark"


async def test_every_choice_can_be_stepped_through_and_back(app: NexusApp, tutor: Tutor) -> None:
    before = tutor.settings
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        page = pane(app, "#dialog")
        for name in CHOICES:
            assert page.selected == name
            await pilot.press("right")
            assert getattr(tutor.settings, name) != getattr(before, name)
            await pilot.press("left", "down")
            assert tutor.settings == before
        assert page.selected == "theme"
        await pilot.press("up")
        assert page.selected == list(CHOICES)[-1]


async def test_a_choice_can_be_clicked(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        await pilot.pause()
        rows = shown(app).split("\n")
        row = next(y for y, line in enumerate(rows) if "Ask how sure" in line)
        await pilot.click(offset=(20, row))
        await pilot.pause()
        assert tutor.settings.confidence is False
        assert pane(app, "#dialog").selected == "confidence"


@pytest.mark.parametrize("key", ["escape", "q", "backspace"])
async def test_it_closes_and_only_itself(app: NexusApp, key: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s")
        assert isinstance(app.screen, SettingsScreen)
        await pilot.press(key)
        await pilot.pause()
        assert app.is_running
        assert app.current_mode == "today"
        assert len(app.screen_stack) == 1
        assert app.focused is not None


async def test_it_opens_once(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.action_settings()
        await pilot.pause()
        app.action_settings()
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_what_was_chosen_is_there_at_the_next_start(tutor: Tutor) -> None:
    tutor.choose(replace(tutor.settings, theme="nexus-light", ascii=True))
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause(0.1)
        assert app.theme == "nexus-light"
        assert "◆" not in shown(app)


async def test_a_theme_that_is_gone_gives_the_usual_one(tutor: Tutor) -> None:
    tutor.choose(replace(tutor.settings, theme="gone"))
    app = NexusApp(tutor)
    async with app.run_test(size=SIZE, notifications=True):
        assert app.theme == "nexus-dark"


async def test_every_theme_can_be_worn(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        for name in sorted(app.available_themes):
            app.theme = name
            await pilot.pause()
        assert app.focused is not None


async def test_ascii_chosen_now_is_drawn_now(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s", "up", "right", "escape")
        await pilot.pause(0.1)
        assert tutor.settings.ascii
        assert "◆" not in shown(app)
        assert "○" not in shown(app)


async def test_a_folder_that_cannot_be_written_is_told_and_the_choice_holds(
    app: NexusApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("s", "right")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert "Read-only file system" in " ".join(text_of(app, "#dialog").split())
        assert app.theme == "nexus-light"
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, SettingsScreen)


def test_defaults_are_among_the_values() -> None:
    for name, (_, values) in CHOICES.items():
        assert not values or getattr(Settings(), name) in values


def test_the_field_of_every_choice_exists() -> None:
    assert set(CHOICES) <= set(Settings.__dataclass_fields__)


async def test_every_choice_comes_into_view_in_the_smallest_window(app: NexusApp) -> None:
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        await pilot.press("s")
        await pilot.pause()
        page = pane(app, "#dialog")
        for name in [*CHOICES, next(iter(CHOICES))]:
            assert page.selected == name
            rows = [y for y, line in enumerate(page._lines) if line.item == name]
            top, height = page.scroll_offset.y, page.scrollable_content_region.height
            assert top <= rows[0]
            assert rows[-1] < top + height
            await pilot.press("down")
            await pilot.pause()
