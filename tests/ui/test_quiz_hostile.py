"""Text that would like to be more than text, in every part of a question."""

import re
from dataclasses import replace

import pytest

from nexus_tui.course.model import Evidence, Inline, Question
from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from tests.ui.asking import ask, foot, full, full_disk, page, shown

NASTY = (
    "d[key] [/oops] [@click=app.quit]x[/] [b \x1b[31mred\x1b[0m \x07\x9b2J "
    "\u202egnirts\u202c مرحبا \u2028 $accent {braces} `tick`"
)
BAD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028]")
KINDS = ("counts-list", "relations", "name", "printed", "how-many", "culprit", "lock", "terms")


def nasty(question: Question, text: str) -> Question:
    """The question with ``text`` in every part that is shown."""
    options = tuple(
        replace(option, text=Inline(text), why=Inline(text), pair=text and option.pair + text)
        for option in question.options
    )
    return replace(
        question, prompt=Inline(text), hint=Inline(text), explanation=Inline(text), options=options,
        evidence=tuple(Evidence(e.language, e.text + text, text) for e in question.evidence),
        elsewhere=Inline(text) if question.elsewhere else None,
    )  # fmt: skip


def poison(tutor: Tutor, name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made = nasty(tutor.course.question(full(name)), text)
    monkeypatch.setattr(tutor.course, "question", lambda id: made)


@pytest.mark.parametrize("name", KINDS)
async def test_text_stays_text(
    app: NexusApp, tutor: Tutor, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(tutor, name, NASTY, monkeypatch)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await ask(pilot, name)
        await pilot.press("f2")
        assert "[/oops] [@click=app.quit]x[/]" in " ".join(page(screen).split())
        await pilot.press("f3")
        for told in (page(screen), foot(screen)):
            assert not BAD.search(told.replace("\n", ""))
        assert "[/oops]" in foot(screen)
        await pilot.press("enter")
        assert app.is_running


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize(
    "text", ["x" * 10_000, "word " * 2_000, "漢字" * 2_000], ids=lambda t: t[:2]
)
async def test_ten_thousand_characters_keep_the_next_key_in_view(
    app: NexusApp, tutor: Tutor, name: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    poison(tutor, name, text, monkeypatch)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await ask(pilot, name)
        await pilot.press("f3")
        await pilot.pause()
        assert "enter goes back" in foot(screen)
        assert " ".join(foot(screen).split()) in shown(screen)
        assert len(shown(screen)) > len(foot(screen)) + 100
        assert len(page(screen)) > 8_000


async def test_errors_are_text_too(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await ask(pilot, "counts-list")

        def fails() -> None:
            raise NexusError(f"No: {NASTY}", NASTY)

        with full_disk(tutor):
            tutor.record.write = fails  # type: ignore[method-assign,assignment]
            await pilot.press("1", "g")
        assert "[@click=app.quit]" in foot(screen)
        assert not BAD.search(foot(screen).replace("\n", ""))


async def test_a_hostile_title_and_a_broken_file(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        session = tutor.quiz.session(NASTY * 20, ("queries/lazy#[/oops]",), "lesson", 1)
        from nexus_tui.ui.screens.quiz import QuizScreen

        screen = QuizScreen(session)
        await app.push_screen(screen)
        await pilot.pause()
        assert "Could not be read" in page(screen)
        assert "[/oops]" in page(screen)
        await pilot.press("enter")
        assert app.screen is not screen
