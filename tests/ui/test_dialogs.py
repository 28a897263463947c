"""Small screens: the keys, an error, a term, a question. A closing key closes only them."""

from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.places import PLACES
from nexus_tui.ui.screens.dialogs import ConfirmScreen, KeysScreen, TellScreen
from tests.ui.course import SIZE, pane, text_of, write


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the system's clipboard."""
    taken: list[str] = []
    monkeypatch.setattr("nexus_tui.ui.clipboard.copy", lambda text: taken.append(text) or True)
    return taken


@pytest.mark.parametrize("key", ["question_mark", "f1"])
async def test_help_lists_the_keys_of_the_place(app: NexusApp, key: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press(key)
        await pilot.pause()
        assert isinstance(app.screen, KeysScreen)
        seen = text_of(app, "#dialog")
        for part in ("Continue", "Review", "Lab", "Map", "Settings", "Quit", "Keys", "Palette"):
            assert part in seen
        for place in PLACES:
            assert any(
                line.split()[:1] == [place.key] and place.title in line for line in seen.split("\n")
            ) or place.title in ("Today", "Review")
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert app.focused is not None


@pytest.mark.parametrize("place", [place.id for place in PLACES])
async def test_help_opens_everywhere_and_once(app: NexusApp, place: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.go(place)
        await pilot.pause()
        app.action_help()
        await pilot.pause()
        app.action_help()
        await pilot.pause()
        assert len(app.screen_stack) == 2
        assert "Go on" in text_of(app, "#dialog") or place != "learn"
        await pilot.press("q")
        await pilot.pause()
        assert app.current_mode == place
        assert app.is_running
        assert app.focused is not None


async def test_the_keys_of_the_last_line_come_first_and_only_ours_are_told(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        told = [line.split()[-1] for line in text_of(app, "#dialog").split("\n")[2:] if line]
        assert told[:3] == ["Open", "Next", "Review"]
        assert "Left" not in told


async def test_no_key_is_told_of_a_screen_that_cannot_hear_it(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Go on" not in text_of(app, "#dialog")
        assert "Run sample" not in text_of(app, "#dialog")


@pytest.mark.parametrize("key", ["escape", "enter", "q", "backspace"])
async def test_an_error_closes_alone(app: NexusApp, key: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(NexusError("It broke.", "Mend it."))
        await pilot.pause()
        assert "It broke." in text_of(app, "#dialog")
        assert "Mend it." in text_of(app, "#dialog")
        await pilot.press(key)
        await pilot.pause()
        assert app.is_running
        assert len(app.screen_stack) == 1
        assert app.current_mode == "today"


async def test_places_and_cards_do_not_answer_under_an_error(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(NexusError("It broke."))
        await pilot.pause()
        await pilot.press("r", "l", "m", "s")
        await pilot.pause()
        assert isinstance(app.screen, TellScreen)
        assert app.current_mode == "today"


async def test_two_errors_at_once_are_one_screen(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(NexusError("First."))
        app.tell(NexusError("Second."))
        await pilot.pause()
        assert len(app.screen_stack) == 2


async def test_an_error_can_be_copied(app: NexusApp, copied: list[str]) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(NexusError("It broke.", "Mend it."))
        await pilot.pause()
        await pilot.press("c")
        assert "It broke." in copied[0]
        assert "Mend it." in copied[0]


async def test_a_long_error_scrolls_and_stays_on_the_screen(app: NexusApp) -> None:
    async with app.run_test(size=(60, 20), notifications=True) as pilot:
        app.tell(NexusError("\n".join(f"line {number}" for number in range(60)), "The end."))
        await pilot.pause()
        page = pane(app, "#dialog")
        assert page.region.height <= 20
        assert page.max_scroll_y > 0
        await pilot.press("end")
        assert page.at_end


async def test_a_question_is_no_by_default(app: NexusApp) -> None:
    answers: list[bool | None] = []
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        for key in ("y", "n", "escape", "q", "backspace"):
            app.push_screen(ConfirmScreen("Really?"), answers.append)
            await pilot.pause()
            await pilot.press("enter", "space")
            assert isinstance(app.screen, ConfirmScreen)
            await pilot.press(key)
            await pilot.pause()
        assert answers == [True, False, False, False, False]
        assert app.is_running


async def test_the_palette_goes_to_every_place(app: NexusApp) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"progress")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.current_mode == "progress"
        assert app.focused is not None


async def test_commands_of_the_palette_have_names_and_words(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True):
        commands = list(app.get_system_commands(app.screen))  # type: ignore[call-overload]
        titles = [command.title for command in commands]
        assert len(set(titles)) == len(titles)
        assert all(command.help for command in commands)
        assert {"Today", "Learn", "Labs", "Review", "Progress", "Settings", "Quit"} <= set(titles)
