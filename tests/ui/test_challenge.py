"""A challenge from its story to its post-mortem."""

from textual.pilot import Pilot

from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.challenge import ChallengeScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from tests.ui.asking import answers, digit, foot, page, put
from tests.ui.conftest import CHALLENGE


async def begin(pilot: "Pilot[None]") -> ChallengeScreen:
    screen = ChallengeScreen(CHALLENGE)
    await pilot.app.push_screen(screen)
    await pilot.pause()
    return screen


async def test_story_steps_consequences_post_mortem(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        assert "Since Monday the page" in page(screen)
        assert "begins: 3 steps" in foot(screen)
        await pilot.press("1", "enter")
        assert "What is the cause?" in page(screen)
        assert "Choose one" in foot(screen)
        await pilot.press(digit(screen.run, "cache"), "s")
        assert "Comes back" not in foot(screen)
        assert "You double the cache" not in page(screen)
        await pilot.press("enter")
        assert "What followed. You double the cache." in page(screen)
        assert "Which index do you create?" in page(screen)
        await pilot.press("d", "enter")
        assert "The page takes 6 ms." in page(screen)
        put(screen, "2")
        await pilot.press("enter", "g", "enter")
        told = page(screen)
        for word in (
            "Post-mortem",
            "Symptom",
            "Cause",
            "Remedy",
            "Cost",
            "Earlier",
            "1 of 3 right.",
        ):
            assert word in told
        assert answers(tutor, f"{CHALLENGE}#cost")[0]["context"] == "challenge"
        await pilot.press("o")
        assert "begins: 3 steps" in foot(screen)
        await pilot.press("escape")
        assert app.screen is not screen


async def test_its_steps_do_not_come_back_alone(app: NexusApp, tutor: Tutor) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press("enter", digit(screen.run, "cpu"), "g")
        assert tutor.quiz.forecast(30) == [0] * 30


async def test_evidence_is_folded_where_there_is_no_room(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press("enter")
        assert "duration: 3912 ms" in page(screen)
        assert "TEMP B-TREE" not in page(screen)
        await pilot.press("e")
        assert "TEMP B-TREE" in page(screen)
        row = next(n for n, line in enumerate(page(screen).split("\n")) if "Metrics" in line)
        column = page(screen).split("\n")[row].index("Metrics") + 4
        await pilot.click("#page", offset=(column, row))
        assert "cache hit rate" in page(screen)
        await pilot.press(digit(screen.run, "scan"), "g")
        assert "cache hit rate" in page(screen)


async def test_evidence_is_all_there_where_there_is_room(app: NexusApp) -> None:
    async with app.run_test(size=(132, 40)) as pilot:
        screen = await begin(pilot)
        await pilot.press("enter")
        for text in (
            "duration: 3912 ms",
            "TEMP B-TREE",
            "cache hit rate",
            "Slow queries",
            "Metrics",
        ):
            assert text in page(screen)


async def test_the_story_can_be_read_again(app: NexusApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await begin(pilot)
        await pilot.press("enter", "d", "enter", "r")
        assert "Since Monday the page" in page(screen)
        await pilot.press("escape")
        assert "Which index" in page(screen)
        await pilot.press("escape")
        assert not isinstance(app.screen, QuizScreen)


async def test_a_broken_challenge_says_so(app: NexusApp, tutor: Tutor) -> None:
    path = tutor.course.root / "quizzes/queries/challenges/four-seconds.yaml"
    path.write_text(path.read_text("utf-8").replace("kind: number", "kind: [/oops]"), "utf-8")
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        screen = await begin(pilot)
        assert "four-seconds.yaml" in page(screen)
        await pilot.press("enter", "1", "d", "escape")
        assert app.screen is not screen
