"""Journal: writing from anywhere, finding, versions, what is hostile, what is long."""

import pytest
from textual import events as textual_events
from textual.pilot import Pilot
from textual.widgets import Input

from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.journal import LONGEST
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.challenge import ChallengeScreen
from nexus_tui.ui.screens.dialogs import ConfirmScreen, TellScreen
from nexus_tui.ui.screens.journal import JournalScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.screens.versions import VersionsScreen
from nexus_tui.ui.screens.write import WriteScreen
from nexus_tui.ui.widgets.notepad import NotePad
from tests.ui.conftest import CHALLENGE, LESSON, SIZES, Clock
from tests.ui.course import notices, settle, shown, text_of

SIZE = (80, 24)
HOSTILE = {
    "markup": "[/oops] [@click=app.quit]x[/] d[key] [b",
    "sequences": "a\x1b[31mb\x1b]0;title\x07c\x1b[2J\x08\x7f\x9b",
    "directions": "a\u202eb\u2066c\u200fd\u2028e",
    "hebrew": "שלום עולם",
    "length": "x" * 10_000,
    "wide": "中" * 300,
}
OBEYED = {*map(chr, (*range(10), *range(11, 32), *range(0x7F, 0xA0)))} | set("\u202e\u2066\u200f")


async def _write(app: NexusApp, pilot: Pilot[None], text: str) -> None:
    """Open the page to write on, write, close."""
    await pilot.press("N")
    await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
    pad = app.screen.query_one(NotePad)
    pad.text = text
    await pilot.press("escape")
    await settle(pilot, lambda: not isinstance(app.screen, WriteScreen))


async def test_a_note_on_a_section_is_kept_and_opens_there(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LESSON)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert isinstance(app.screen, LearnScreen)
        app.screen.turn(1)
        slug = tutor.study.open(LESSON).sections[1].slug
        await _write(app, pilot, "mine")
        assert tutor.journal.text(f"{LESSON}@{slug}") == "mine"
        app.screen.turn(0)
        await pilot.press("6")
        await settle(pilot, lambda: isinstance(app.screen, JournalScreen))
        assert "mine" in shown(app)
        await pilot.press("l")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.section == 1)


async def test_a_bookmark_is_set_listed_followed_and_taken_away(
    app: NexusApp, tutor: Tutor
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LESSON)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("m")
        await pilot.pause()
        assert "Bookmarked" in notices(app)
        assert tutor.journal.marked(LESSON)
        await pilot.press("6")
        await settle(pilot, lambda: isinstance(app.screen, JournalScreen))
        assert "Bookmarks" in text_of(app, "#journal-list")
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen))
        await pilot.press("6", "d")
        await pilot.pause()
        assert not tutor.journal.marked(LESSON)
        assert "Nothing is written yet." in text_of(app, "#journal-list")


async def test_a_note_on_a_question_is_about_the_question(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        session = tutor.quiz.of_lesson(LESSON)
        app.push_screen(QuizScreen(session))
        await settle(pilot, lambda: isinstance(app.screen, QuizScreen) and app.screen._run)
        await _write(app, pilot, "hm")
        await pilot.press("m")
        await pilot.pause()
        assert tutor.journal.text(session.questions[0]) == "hm"
        assert tutor.journal.marked(session.questions[0])


async def test_a_challenge_ends_with_the_offer_to_write_one(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(132, 40), notifications=True) as pilot:
        app.open_id(CHALLENGE)
        await settle(pilot, lambda: isinstance(app.screen, ChallengeScreen) and app.screen._run)
        screen = app.screen
        assert isinstance(screen, ChallengeScreen)
        assert screen.note_subject() == (CHALLENGE, "note")
        await pilot.press("enter")
        for _ in screen.session.questions:
            screen.action_unknown()
            screen.action_next()
        assert screen.run.phase == "end"
        await pilot.pause()
        assert "N writes down one of your own" in shown(app)
        await pilot.press("N")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        assert "## How to notice it earlier" in app.screen.query_one(NotePad).text
        await pilot.press("escape")
        await pilot.pause()
        assert tutor.journal.entries() == []  # laid out and left so: nothing was written


async def test_another_kind_of_text_keeps_the_first(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LESSON)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("N", "a", "ctrl+t", "b", "escape")
        await pilot.pause()
        assert tutor.journal.text(LESSON) == "a"
        assert tutor.journal.text(f"takeaway:{LESSON}") == "b"


async def test_what_is_typed_is_kept_when_the_program_ends(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "n")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        await pilot.press("q", "1", "ctrl+q")
    (entry,) = tutor.journal.entries()
    assert entry.text == "q1"


async def test_nothing_is_said_to_be_saved_that_is_not(
    app: NexusApp, tutor: Tutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(subject: str, text: str) -> bool:
        raise NexusError("The disk is full.", "Make room.")

    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "n")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        with monkeypatch.context() as patch:
            patch.setattr(tutor.journal, "write", full)
            await pilot.press("x", "escape")
            await settle(pilot, lambda: isinstance(app.screen, TellScreen))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, WriteScreen)
        assert "NOT SAVED" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert [entry.text for entry in tutor.journal.entries()] == ["x"]


async def test_a_megabyte_is_not_pasted(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "n", "a")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        pad = app.screen.query_one(NotePad)
        app.post_message(textual_events.Paste("x" * 1_000_000))
        await settle(pilot, lambda: isinstance(app.screen, TellScreen))
        assert pad.text == "a"
        await pilot.press("escape")
        app.post_message(textual_events.Paste("y" * (LONGEST - 1)))
        await settle(pilot, lambda: len(pad.text) == LONGEST)
        await pilot.press("escape")
        await settle(pilot, lambda: isinstance(app.screen, JournalScreen))
        assert len(tutor.journal.entries()[0].text) == LONGEST


async def test_finding_by_words_letters_are_letters(app: NexusApp, tutor: Tutor) -> None:
    tutor.journal.write("note:1", "about jokes and locks")
    tutor.journal.write("note:2", "about queues")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "slash", *"jok")
        await pilot.pause()
        assert app.screen.query_one(Input).value == "jok"
        assert "queues" not in text_of(app, "#journal-list")
        await pilot.press("enter", "enter")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        assert app.screen.query_one(NotePad).text == "about jokes and locks"
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "queues" in text_of(app, "#journal-list")


async def test_an_earlier_version_is_put_back(app: NexusApp, tutor: Tutor, clock: Clock) -> None:
    for text in ("first", "second"):
        tutor.journal.write("note:1", text)
        clock.days(1)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "v")
        await settle(pilot, lambda: isinstance(app.screen, VersionsScreen))
        assert "second" in shown(app)
        await pilot.press("left")
        await pilot.pause()
        assert "first" in shown(app)
        assert "version 1 of 2" in shown(app)
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, JournalScreen))
        assert tutor.journal.text("note:1") == "first"
        assert "first" in text_of(app, "#journal-list")


async def test_removing_asks_and_its_versions_stay(app: NexusApp, tutor: Tutor) -> None:
    tutor.journal.write("note:1", "mine")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.press("6", "d")
        await settle(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter", "n")
        await pilot.pause()
        assert tutor.journal.text("note:1") == "mine"
        await pilot.press("d", "y")
        await settle(pilot, lambda: isinstance(app.screen, JournalScreen))
        assert tutor.journal.entries() == []
        assert [version.text for version in tutor.journal.versions("note:1")] == ["", "mine"]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_is_shown_and_obeyed_by_nothing(
    app: NexusApp, tutor: Tutor, text: str, size: tuple[int, int]
) -> None:
    for subject in ("note:1", "own:1", LESSON):
        tutor.journal.write(subject, text)
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("6")
        await pilot.pause()
        assert not {*shown(app)} & OBEYED
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(app.screen, WriteScreen))
        assert not {*shown(app)} & OBEYED
        await pilot.press("escape", "v")
        await settle(pilot, lambda: isinstance(app.screen, VersionsScreen))
        assert not {*shown(app)} & OBEYED
        await pilot.press("escape")
    assert tutor.journal.text("own:1") == text.rstrip()


@pytest.mark.parametrize("size", SIZES)
async def test_all_six_places_are_in_the_first_line(app: NexusApp, size: tuple[int, int]) -> None:
    app.due_count = 40
    async with app.run_test(size=size, notifications=True) as pilot:
        await pilot.press("6")
        await pilot.pause()
        line = shown(app).split("\n")[0]
        for title in ("Today", "Learn", "Labs", "Review", "Progress", "Journal"):
            assert title in line
        assert len(line.rstrip()) <= size[0]
