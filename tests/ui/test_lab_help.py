"""What a lab helps with: results as they come, hints, the solution, numbers, engines."""

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.labs.engines import Variant
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.bench import Bench, Opened
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.screens.lab import LabScreen
from tests.ui.course import FILES, GOOD, LAB, SIZE, notices, settle, shown, text_of, trust, write
from tests.ui.lab_steps import WIDE, open_lab, payloads, run, write_code


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def mine(tutor: Tutor) -> Path:
    """The learner's file."""
    trust(tutor)
    return tutor.places.labs / "python" / "double" / "double.py"


class Child:
    """A run whose events come when the test says."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: Callable[[Any], None] = lambda _: None
        self.variants: list[Variant | None] = []
        self.done = threading.Event()
        self.started = threading.Event()
        self.checks: list[CheckResult] = []
        self.measures: list[Measure] = []
        monkeypatch.setattr(Bench, "run", lambda *args, **more: self.run(*args, **more))

    def run(
        self, bench: Bench, opened: Opened, seed: object, said: Any, cancel: Any, **more: Any
    ) -> RunResult:
        self.said = said
        self.variants.append(more["variant"])
        self.started.set()
        assert self.done.wait(20)
        self.done.clear()
        checks = tuple(self.checks)
        passed = all(check.status == "pass" for check in checks)
        return RunResult(checks, tuple(self.measures), "", "", True, passed, 5.0)

    def say(self, check: CheckResult) -> None:
        self.checks.append(check)
        self.said(check)

    async def whole(self, pilot: Any, screen: LabScreen, *checks: CheckResult) -> None:
        """A run from its first event to its last."""
        self.started.clear()
        self.checks = list(checks)
        await pilot.press("ctrl+r")
        await settle(pilot, self.started.is_set)
        self.done.set()
        await settle(pilot, lambda: screen.bench.result and not screen.bench.running)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Child:
    return Child(monkeypatch)


DOUBLES = CheckResult("doubles", "`double(2)` is 4", "pass")
PRINTS = CheckResult("prints", "It says what it does", "fail", "said nothing")


@pytest.mark.parametrize("size", [SIZE, WIDE])
async def test_each_check_shows_as_it_comes(
    app: NexusApp, mine: Path, child: Child, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("ctrl+r")
        await settle(pilot, child.started.is_set)
        seen = text_of(app, "#result")
        assert "0 of 2 checks" in seen
        assert "▸ double(2) is 4  running" in seen
        assert "· It says what it does" in seen
        child.say(DOUBLES)
        await settle(pilot, lambda: "1 of 2 checks" in text_of(app, "#result"))
        assert "✔ double(2) is 4" in text_of(app, "#result")
        assert "▸ It says what it does  running" in shown(app)
        if size == WIDE:
            assert "✔ double(2) is 4" in text_of(app, "#brief")
        await pilot.press("f3")
        await pilot.pause()
        assert "Running … 1 of 2 checks" in shown(app)
        child.say(PRINTS)
        child.done.set()
        await settle(pilot, lambda: screen.bench.result)
        await pilot.press("f2")
        await pilot.pause()
        assert "✘ It says what it does  fails" in text_of(app, "#brief")


async def test_a_key_is_answered_at_once_while_results_pour_in(
    app: NexusApp, mine: Path, child: Child
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("ctrl+r", "f3")
        await settle(pilot, child.started.is_set)

        def pour() -> None:
            for _ in range(300):
                child.said(DOUBLES)
                child.said(Measure("steps", 1.0, "steps"))
                time.sleep(0.001)

        thread = threading.Thread(target=pour)
        thread.start()
        late = []
        while thread.is_alive():
            asked = time.perf_counter()
            await asyncio.sleep(0)
            late.append(time.perf_counter() - asked)
        thread.join()
        assert sorted(late)[len(late) // 2] < 0.02
        child.checks = [DOUBLES, PRINTS]
        child.done.set()
        await settle(pilot, lambda: screen.bench.result)


async def test_hints_are_counted_with_the_next_run(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await run(pilot, screen)
        assert "h first hint of 2" in text_of(app, "#result")
        await pilot.press("h")
        await pilot.pause()
        assert "Hint 1 of 2: What is two and two?" in shown(app)
        assert "Hint 2" not in shown(app)
        await pilot.press("h")
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        first, second = payloads(app, "lab_run")
        assert (first["hints"], first["hinted"]) == (0, {})
        assert (second["hints"], second["hinted"]) == (2, {"doubles": 2})


async def test_one_finds_checks_and_hints_as_one_left_them(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await run(pilot, screen)
        await pilot.press("h")
        await run(pilot, screen)
        await pilot.press("escape")
        await pilot.pause()
        again = await open_lab(pilot)
        assert again is not screen
        seen = text_of(app, "#brief")
        assert "✘ double(2) is 4  fails" in seen
        assert "Hint 1 of 2: What is two and two?" in seen
        await pilot.press("f4")
        await pilot.pause()
        assert "Your last run: 0 of 2 checks pass." in text_of(app, "#result")
        await write_code(pilot, again, GOOD)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not again
        await open_lab(pilot)
        assert "· double(2) is 4" in text_of(app, "#brief")


async def test_giving_up_is_asked_and_recorded(app: NexusApp, mine: Path, tutor: Tutor) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("d")
        await pilot.pause()
        assert "s opens it" in notices(app)
        for answer in ("enter", "n"):
            await pilot.press("s", answer)
            await pilot.pause()
        assert app.screen is screen
        assert "model solution" not in text_of(app, "#result")
        assert payloads(app, "lab_run") == []
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ConfirmScreen)
        await pilot.press("y")
        await pilot.pause()
        seen = text_of(app, "#result")
        assert "A model solution  looked at before the lab passed" in seen
        assert "return n * 2" in seen
        assert "More would be too much." in seen
        assert payloads(app, "lab_run")[-1]["gave_up"] is True
        assert tutor.bench.states()[LAB].runs == 0
        await pilot.press("d")
        await pilot.pause()
        seen = text_of(app, "#result")
        assert "- yours   + the model" in seen
        assert "-     return n\n" in seen + "\n"
        assert "+     return n * 2" in seen
        assert "other.py  the same" in seen
        await pilot.press("d")
        assert "A model solution" in text_of(app, "#result")
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        assert "All 2 checks pass" in text_of(app, "#result")
        assert payloads(app, "lab_run")[-1]["gave_up"] is True
        assert tutor.bench.states()[LAB].passed
        await pilot.press("s")
        await pilot.pause()
        assert app.screen is screen
        assert "looked at before" in text_of(app, "#result")


async def test_the_solution_beside_what_is_not_saved_yet(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await write_code(pilot, screen, GOOD)
        await run(pilot, screen)
        await pilot.press("s", "d")
        await pilot.pause()
        seen = text_of(app, "#result")
        assert "-     print('doubling', n)" in seen
        assert "looked at before" not in seen


async def test_numbers_stand_beside_the_first_and_the_last_run(
    app: NexusApp, mine: Path, child: Child
) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        for value in (41, 12, 3):
            child.measures = [Measure("20 bookings", value, "queries")]
            await child.whole(pilot, screen, DOUBLES, PRINTS)
            seen = text_of(app, "#result")
            if value == 41:
                assert "41 queries  20 bookings" in seen
            if value == 12:
                assert "41 → 12 queries  20 bookings\n" in seen
        assert "41 → 3 queries  20 bookings · last run 12" in seen
        assert "first run → this run" in seen


async def test_numbers_that_are_none_are_left_out(app: NexusApp, mine: Path, child: Child) -> None:
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        child.measures = [
            *(Measure("a", float("inf")), Measure("b", float("nan"))),
            *(Measure("c", "[b]"), Measure("d", 0.25, "s")),  # type: ignore[arg-type]
        ]
        await child.whole(pilot, screen, DOUBLES, PRINTS)
        assert "0.25 s  d" in text_of(app, "#result")
        assert payloads(app, "lab_run")[-1]["measures"] == [["d", 0.25, "s"]]


@pytest.mark.parametrize(
    ("expected", "got", "shown_as"),
    [
        ("4", "5", ["expected", "│ got"]),
        ("[" + "1, " * 40 + "1]", "7", ["expected  [1, 1", "got       7"]),
        (
            str([f"row {n} of the page" for n in range(9)]),
            str([f"row {n} of the page" for n in range(9) if n != 6]),
            ["- expected   + got", "-   'row 6 of the page',", "lines the same"],
        ),
        ("a\nb\nc\nd", "a\nb\nX\nd", ["- c", "+ X"]),
    ],
)
async def test_what_was_expected_beside_what_came(
    app: NexusApp, mine: Path, child: Child, expected: str, got: str, shown_as: list[str]
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await child.whole(pilot, screen, replace(PRINTS, expected=expected, got=got), DOUBLES)
        seen = text_of(app, "#result")
        for text in shown_as:
            assert text in seen


async def test_one_under_the_other_where_there_is_no_width(
    app: NexusApp, mine: Path, child: Child
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await child.whole(pilot, screen, replace(PRINTS, expected="4", got="5"), DOUBLES)
        from nexus_tui.ui.lab.differences import compared
        from nexus_tui.ui.lines import plain_text

        narrow = plain_text(compared("4", "5", 40))
        assert narrow.split() == ["expected", "4", "got", "5"]
        assert len(narrow.splitlines()) == 2


# Engines and the certificate

VARIANTS = (
    Variant("postgres", "PostgreSQL 18.6, started for the run"),
    Variant("redis", "Redis", available=False, hint="start one"),
)


@pytest.fixture
def engines(course_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lab can run elsewhere as well."""
    manifest = course_root / "labs/python/double/lab.yaml"
    text = FILES["labs/python/double/lab.yaml"]
    manifest.write_text(text.replace("engine: python\n", "engine: python\nalso: [postgres]\n"))
    monkeypatch.setattr(Bench, "engines", lambda *_: VARIANTS)


async def test_a_key_changes_the_engine(
    app: NexusApp, mine: Path, engines: None, child: Child
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await settle(pilot, lambda: screen.bench.variants)
        assert "Runs on: Python · v changes it" in text_of(app, "#brief")
        await pilot.press("v")
        await pilot.pause()
        assert "Runs on: PostgreSQL 18.6, started for the run" in text_of(app, "#brief")
        assert "Redis is not here: start one" in notices(app)
        await child.whole(pilot, screen, DOUBLES, PRINTS)
        assert "on postgres" in shown(app)
        await pilot.press("v")
        await child.whole(pilot, screen, DOUBLES, PRINTS)
        assert child.variants == [VARIANTS[0], None]
        assert [one["variant"] for one in payloads(app, "lab_run")] == ["postgres", ""]
        assert "on postgres" not in shown(app)


async def test_numbers_of_two_engines_are_not_compared(
    app: NexusApp, mine: Path, engines: None, child: Child
) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await settle(pilot, lambda: screen.bench.variants)
        child.measures = [Measure("page", 300, "units")]
        await child.whole(pilot, screen, DOUBLES, PRINTS)
        await pilot.press("v")
        child.measures = [Measure("page", 8, "units")]
        await child.whole(pilot, screen, DOUBLES, PRINTS)
        assert "\n  8 units  page\n" in text_of(app, "#result")
        assert "300" not in text_of(app, "#result")


async def test_a_lab_with_one_engine_says_nothing_of_engines(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        screen = await open_lab(pilot)
        await pilot.press("v")
        await pilot.pause()
        assert "Runs on" not in text_of(app, "#brief")
        assert screen.bench.variant is None
        assert notices(app) == ""


async def test_the_certificate_is_on_the_brief(
    app: NexusApp, mine: Path, course_root: Path
) -> None:
    path = course_root / "labs/python/double/certificate.yaml"
    path.write_text("{mutants: 214, wrong: 7, digest: x}", "utf-8")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_lab(pilot)
        seen = " ".join(text_of(app, "#brief").split())
        assert "214 mutants, 7 wrong solutions, none passes" in seen


async def test_the_keys_at_the_foot_fit(app: NexusApp, mine: Path) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await open_lab(pilot)
        for tab in ("f2", "f3", "f4"):
            await pilot.press(tab)
            await pilot.pause()
            foot = shown(app).split("\n")[-1]
            for word in ("Run", "Brief", "Code", "Result", "Hint", "Line", "Runs", "Back"):
                assert f" {word} " in foot + " "
