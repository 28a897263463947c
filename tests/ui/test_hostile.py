"""Hostile text through every screen: shown as it is, obeyed by nothing, the end of nothing."""

import json
import re
from pathlib import Path

import pytest
from textual.pilot import Pilot

from nexus_tui.course import files
from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.challenge import ChallengeScreen
from nexus_tui.ui.screens.dialogs import ConfirmScreen
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.screens.learn import LearnScreen
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.widgets.pane import Pane
from tests.ui.conftest import Clock
from tests.ui.course import (
    FILES,
    LAB,
    NAMES,
    SIZE,
    answer,
    read,
    settle,
    shown,
    text_of,
    trust,
    write,
)

MARKUP = "[/oops] [@click=app.quit]x[/] d[key] [b"
HOSTILE = {
    "markup": MARKUP,
    "sequences": "a\x1b[31mb\x1b]0;title\x07c\x1b[2J\x08\x7f\x9b",
    "directions": "a\u202eb\u2066c\u200fd\u2028e",
    "length": "x" * 10_000,
    "wide": "中" * 300,
}


OBEYED = {*map(chr, (*range(10), *range(11, 32), *range(0x7F, 0xA0)))} | set(
    "\u202e\u2066\u200f\u2028"
)
"""What a terminal acts on instead of showing it."""


def course(text: str) -> dict[str, str]:
    """The small course, with ``text`` everywhere a person reads."""
    q = json.dumps(text)
    body = text.replace("\u2028", " ")
    quiz = f"""\
questions:
  - id: one-list
    kind: choice
    objective: bind
    difficulty: 1
    prompt: {q}
    evidence: [{{language: text, title: {q}, text: {q}}}]
    hint: {q}
    explanation: {q}
    options:
      - {{id: yes-it, text: {q}, right: true, why: {q}}}
      - {{id: no-it, text: {json.dumps(text + "?")}, why: {q}}}
  - id: copies
    kind: type
    objective: copy
    difficulty: 1
    prompt: {q}
    explanation: {q}
    answers: [{json.dumps(text[:300])}]
"""
    steps = quiz.removeprefix("questions:\n").rstrip("\n")
    steps = steps.replace(": bind", ": diagnose").replace(": copy", ": remedy")
    lesson = f"""\
---
title: {q}
minutes: 8
objectives:
  bind: {q}
  copy: {q}
needs: []
sources:
  - {{title: {q}, url: "https://docs.python.org/3/"}}
---
{body}

## {body}
{body} and `{body}` and **{body}**

> **Note.** {body}

- {body}

| a | b |
|---|---|
| {body} | {body} |

```python run
print({text!r})
```
```output
{body}
```

```diagram
{body}
```

```question one-list
```

## Check yourself
{body}

```question copies
```

## In one breath
{body}
"""
    return {
        "lessons/course.yaml": f"""\
format: 1
title: {q}
language: en
groups:
  - {{title: {q}, modules: [python, sql]}}
  - {{title: Concepts, modules: [caching]}}
retired: {{}}
""",
        "lessons/python/module.yaml": f"""\
title: {q}
summary: {q}
lessons: [names, loops]
labs: [double]
challenges: [slow]
needs: []
terms:
  - {{word: {q}, definition: {q}, see: [python/names]}}
""",
        "lessons/python/names.md": lesson,
        "quizzes/python/names.yaml": quiz,
        "quizzes/python/challenges/slow.yaml": f"""\
title: {q}
minutes: 6
summary: {q}
story: {q}
steps:
{steps}
post_mortem: {{symptom: {q}, cause: {q}, remedy: {q}, cost: {q}, earlier: {q}}}
""",
        "labs/python/double/lab.yaml": FILES["labs/python/double/lab.yaml"]
        .replace("Double it", q)
        .replace("Write a function that doubles.", q)
        .replace('"`double(2)` is 4"', q)
        .replace('"What is two and two?"', q),
        "labs/python/double/brief.md": body + "\n",
        "labs/python/double/solution.md": body + "\n",
        "labs/python/double/checks.py": f"""\
from labkit import check


@check("doubles")
def _(lab):
    module = lab.load()
    lab.measure({text[:200]!r}, 1, {text[:200]!r})
    lab.equal(module.double(2), 4, {text!r})


@check("prints")
def _(lab):
    lab.ok(True, "never")
""",
    }


@pytest.fixture(params=HOSTILE)
def hostile(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.fixture
def course_root(tmp_path: Path, hostile: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    # The loader refuses such characters: here it lets them in, to see that the screens do not.
    monkeypatch.setattr(files, "_CONTROL", re.compile("(?!)"))
    return write(tmp_path / "course", course(hostile))


def harmless(app: NexusApp) -> str:
    """What is on the screen, after looking for what a terminal would obey."""
    seen = shown(app)
    assert not set(seen) & OBEYED
    for node in app.screen.query(Pane):
        for line in node._lines:
            assert "\x1b" not in line.content.plain
            assert all(
                not hasattr(span.style, "meta") or not span.style.meta
                for span in line.content.spans
            )
    return seen


def literally(text: str, hostile: str) -> bool:
    """Whether the hostile text can be read; only markup and width are expected to be whole."""
    if hostile is not MARKUP:
        return True
    return "".join(MARKUP.split()) in "".join(text.split())


async def walk(pilot: Pilot[None], app: NexusApp, *keys: str) -> None:
    """Press keys, and look at every screen on the way."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        harmless(app)


async def test_places(app: NexusApp, tutor: Tutor, hostile: str, clock: Clock) -> None:
    read(tutor, NAMES)
    answer(tutor, f"{NAMES}#one-list", right=False)
    clock.days(4)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        await pilot.pause(0.1)
        harmless(app)
        for key in "34512":
            await walk(pilot, app, key)
        await pilot.resize_terminal(150, 40)
        await pilot.pause()
        await walk(pilot, app, "1", "2", "3", "5")
        assert app.is_running
        await pilot.press("ctrl+p")
        await pilot.press("o")
        await pilot.pause(0.2)
        harmless(app)
        await pilot.press("escape")


async def test_a_lesson_and_its_quiz(app: NexusApp, hostile: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        assert literally(text_of(app, "#reader"), hostile)
        await walk(pilot, app, "n")
        assert literally(text_of(app, "#reader"), hostile)
        await walk(pilot, app, "end", "o", "escape")
        await pilot.press("n")
        await pilot.pause()
        assert isinstance(app.screen, QuizScreen)
        assert literally(text_of(app, "#page"), hostile)
        await walk(pilot, app, "h", "d", "e", "enter")
        assert isinstance(app.screen, LearnScreen)
        await pilot.press("t")
        await pilot.pause()
        await walk(pilot, app, "d", "enter", "escape", "d", "enter", "escape")
        assert app.is_running


async def test_a_sample(app: NexusApp, tutor: Tutor, hostile: str) -> None:
    trust(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(NAMES)
        await settle(pilot, lambda: isinstance(app.screen, LearnScreen) and app.screen.lesson)
        await pilot.press("n", "x")
        await settle(pilot, lambda: "It prints now" in text_of(app, "#dialog"))
        harmless(app)
        assert literally(text_of(app, "#dialog"), hostile)


async def test_a_challenge(app: NexusApp, hostile: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id("python/slow")
        await pilot.pause()
        assert isinstance(app.screen, ChallengeScreen)
        harmless(app)
        await walk(pilot, app, "enter", "d", "enter", "d", "escape", "d", "enter", "escape")
        assert app.is_running


async def test_a_lab(app: NexusApp, tutor: Tutor, hostile: str) -> None:
    trust(tutor)
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LAB)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LabScreen)
        assert literally(text_of(app, "#brief"), hostile)
        screen._editor.load_text(f"print({hostile!r})\ndef double(n):\n    return {hostile!r}\n")
        await pilot.press("ctrl+r")
        await settle(pilot, lambda: screen.bench.result)
        harmless(app)
        assert literally(text_of(app, "#result"), hostile)
        await walk(pilot, app, "h", "f2", "f3", "f4", "f2")
        await walk(pilot, app, "t", "d", "escape", "s", "y", "d", "d", "f2", "ctrl+g")
        await pilot.resize_terminal(132, 40)
        await pilot.pause()
        await walk(pilot, app, "f2", "t", "d", "d", "escape")


async def test_a_lab_whose_files_hold_it(app: NexusApp, tutor: Tutor, hostile: str) -> None:
    trust(tutor)
    opened = tutor.bench.open(LAB)
    opened.workspace.path("double.py").write_text(f"# {hostile}\nraise ValueError", "utf-8")
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.open_id(LAB)
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, LabScreen)
        await walk(pilot, app, "f3")
        await pilot.press("ctrl+r")
        await settle(pilot, lambda: screen.bench.result)
        await walk(pilot, app, "f4", "f3", "f2", "z", "y", "t", "enter", "f3")
        harmless(app)


async def test_dialogs_and_notices(app: NexusApp, hostile: str) -> None:
    async with app.run_test(size=SIZE, notifications=True) as pilot:
        app.tell(NexusError(hostile, hostile))
        await pilot.pause()
        harmless(app)
        assert literally(text_of(app, "#dialog"), hostile)
        await pilot.press("escape")
        app.push_screen(ConfirmScreen(hostile))
        await pilot.pause()
        harmless(app)
        await pilot.press("n")
        app.open_id(hostile)
        await pilot.pause()
        harmless(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_running
