"""How each screen looks: at three sizes in the dark theme, at one in the light one.

After a change that is meant: pytest tests/ui/test_snapshots.py --snapshot-update, and look at them.
"""

import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.learner import events
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from tests.ui.conftest import CHALLENGE, LESSON, TINY, Clock
from tests.ui.course import GOOD, LAB, LOOPS, NAMES, answer, read, settle, shown, trust, write

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or sys.version_info[:2] != (3, 11),
    reason="pictures are compared on one platform only: Linux with Python 3.11",
)
Steps = Callable[[Pilot[None]], Awaitable[None]]
LOOKS = [
    ("nexus-dark", (60, 20)),
    ("nexus-dark", (80, 24)),
    ("nexus-dark", (132, 40)),
    ("nexus-light", (80, 24)),
]


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The same day, the same order, everywhere."""
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setattr(random, "getrandbits", lambda _: 7)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0][6:]}-{look[1][0]}x{look[1][1]}")
def look(request: pytest.FixtureRequest) -> tuple[str, tuple[int, int]]:
    found: tuple[str, tuple[int, int]] = request.param
    return found


@pytest.fixture
def picture(
    look: tuple[str, tuple[int, int]],
    snap_compare: Callable[..., bool],
    tmp_path: Path,
    clock: Clock,
) -> Iterator[Callable[..., bool]]:
    """Compare a screen with its picture: ``picture(steps, root, before)``."""
    theme, size = look
    opened: list[Tutor] = []

    def compare(
        steps: Steps, root: Path | None = None, before: Callable[[Tutor, Clock], None] | None = None
    ) -> bool:
        places = Places(tmp_path / "home", tmp_path / "home" / "cache")
        tutor = Tutor.open(root=root or write(tmp_path / "course"), places=places, now=clock)
        opened.append(tutor)
        tutor.choose(replace(tutor.settings, theme=theme))
        if before:
            before(tutor, clock)

        async def run(pilot: Pilot[None]) -> None:
            await pilot.pause(0.1)
            await steps(pilot)
            await at_rest(pilot)

        return snap_compare(NexusApp(tutor), terminal_size=size, run_before=run)

    yield compare
    for tutor in opened:
        tutor.close()


async def at_rest(pilot: Pilot[None]) -> None:
    """Until nothing on the screen has changed for a while."""
    seen, same = "", 0
    while same < 8:
        await pilot.pause(0.02)
        now = shown(app_of(pilot))
        same = same + 1 if now == seen else 0
        seen = now


def history(tutor: Tutor, clock: Clock) -> None:
    """A fortnight of learning."""
    read(tutor, NAMES)
    for day in range(12):
        for number in range(1 + (day * 7) % 5):
            answer(tutor, f"{NAMES}#one-list", right=number != 1, confidence="sure")
        answer(tutor, f"{NAMES}#copies", right=day % 3 > 0, confidence="guess")
        clock.days(1)
    answer(tutor, f"{LOOPS}#last", confidence="think")
    answer(tutor, "caching/whether#first", right=False, confidence="sure")
    tutor.study.read(tutor.study.open(LOOPS), 0)
    run = {"checks": {"doubles": "pass", "prints": "fail"}, "passed": False, "hints": 1, "ms": 40}
    events.append(tutor.record, "lab_run", LAB, run)
    clock.days(3)


def app_of(pilot: Pilot[None]) -> NexusApp:
    app = pilot.app
    assert isinstance(app, NexusApp)
    return app


async def stay(pilot: Pilot[None]) -> None:
    """The first screen."""


def pressing(*keys: str) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()

    return steps


def lesson_at(section: int) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        app = app_of(pilot)
        app.go("learn")
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen._reader)
        screen = app.screen
        assert isinstance(screen, LearnScreen)
        screen.open(NAMES, section)

    return steps


def quiz(*keys: str) -> Steps:
    async def steps(pilot: Pilot[None]) -> None:
        app = app_of(pilot)
        app.push_screen(QuizScreen(app.tutor.quiz.of_lesson(LESSON, 1)))
        await pilot.pause()
        await pressing(*keys)(pilot)

    return steps


async def challenge(pilot: Pilot[None]) -> None:
    app_of(pilot).open_id(CHALLENGE)


async def lab_passed(pilot: Pilot[None]) -> None:
    app = app_of(pilot)
    trust(app.tutor)
    app.open_id(LAB)
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, LabScreen)
    screen._editor.load_text(GOOD)
    await pilot.press("ctrl+r")
    await settle(pilot, lambda: screen.bench.result)
    assert screen.bench.result is not None
    screen.bench.result = replace(screen.bench.result, ms=42.0)
    screen._redraw()
    screen._state("saved")


async def lab_history(pilot: Pilot[None]) -> None:
    """Two runs, a text that was never run, and the older run looked at."""
    app = app_of(pilot)
    bench = app.tutor.bench
    opened = bench.open(LAB)
    for text, statuses, calls in (("", ("fail", "skip"), 41), (GOOD, ("pass", "pass"), 3)):
        bench.save(opened, "double.py", text or "def double(n):\n    return n\n")
        checks = tuple(
            CheckResult(check.id, check.title, status)  # type: ignore[arg-type]
            for check, status in zip(opened.lab.checks, statuses, strict=True)
        )
        passed = statuses[0] == "pass"
        measures = (Measure("listing 20 bookings", calls, "queries"),)
        result = RunResult(checks, measures, "", "", True, passed, 42.0)
        bench.history.record(opened, result, pinned=bench.history.pin(opened))
    bench.save(opened, "double.py", "# started again\n")
    bench.reset(opened)
    app.open_id(LAB)
    await pilot.pause()
    await pressing("t", "down")(pilot)


def test_today_empty(picture: Callable[..., bool]) -> None:
    assert picture(stay)


def test_today_history(picture: Callable[..., bool]) -> None:
    assert picture(stay, None, history)


def test_learn_opening(picture: Callable[..., bool]) -> None:
    assert picture(lesson_at(0))


def test_learn_section(picture: Callable[..., bool]) -> None:
    assert picture(lesson_at(1))


def test_quiz_before(picture: Callable[..., bool]) -> None:
    assert picture(quiz("down"), TINY)


def test_quiz_after(picture: Callable[..., bool]) -> None:
    assert picture(quiz("1", "3"), TINY)


def test_challenge(picture: Callable[..., bool]) -> None:
    assert picture(challenge, TINY)


def test_review(picture: Callable[..., bool]) -> None:
    assert picture(pressing("4"), None, history)


def test_progress(picture: Callable[..., bool]) -> None:
    assert picture(pressing("5"), None, history)


def test_recall(picture: Callable[..., bool]) -> None:
    assert picture(pressing("5", "tab", "enter", "enter", "down"), None, history)


def test_labs(picture: Callable[..., bool]) -> None:
    assert picture(pressing("3"), None, history)


def test_lab(picture: Callable[..., bool]) -> None:
    assert picture(lab_passed)


def test_lab_history(picture: Callable[..., bool]) -> None:
    assert picture(lab_history)


def test_settings(picture: Callable[..., bool]) -> None:
    assert picture(pressing("s"))


def test_help(picture: Callable[..., bool]) -> None:
    assert picture(pressing("question_mark"))


def test_error(picture: Callable[..., bool]) -> None:
    async def steps(pilot: Pilot[None]) -> None:
        app_of(pilot).tell(NexusError("The record could not be written.", "Is the disk full?"))

    assert picture(steps)
