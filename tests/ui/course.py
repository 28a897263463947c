"""A small course with everything the tiny one lacks: two groups, labs, samples, broken files."""

import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from nexus_tui.learner import events
from nexus_tui.tutor import Tutor
from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.widgets.pane import Pane

NAMES = "python/names"
LOOPS = "python/loops"
TORN = "sql/torn"
LAB = "python/double"
SIZE = (80, 24)


def _choice(id: str, prompt: str, objective: str = "bind") -> str:
    return f"""\
  - id: {id}
    kind: choice
    objective: {objective}
    difficulty: 1
    prompt: "{prompt}"
    hint: "Think of names."
    explanation: "Names are tied to objects."
    options:
      - {{id: yes-it, text: "The right one", right: true, why: "It is so."}}
      - {{id: no-it, text: "A wrong one", why: "It is not so."}}
"""


PARAGRAPHS = "\n\n".join(
    f"Paragraph {number} says that a name is tied to an object, and that tying it again copies "
    "nothing, whatever the object may be and however often one does it."
    for number in range(1, 13)
)

FILES = {
    "lessons/course.yaml": """\
format: 1
title: Small
language: en
groups:
  - title: Technologies
    modules: [python, sql]
  - title: Concepts
    modules: [caching]
retired: {python/old: python/names}
""",
    "lessons/python/module.yaml": """\
title: Python
summary: How names are bound.
lessons: [names, loops]
labs: [double]
challenges: []
needs: []
terms:
  - {word: binding, definition: "Tying a *name* to an object.", see: [python/names]}
""",
    "lessons/python/names.md": f"""\
---
title: Names and objects
minutes: 8
objectives:
  bind: Say which object a name is tied to
  copy: Tell a copy from a second name
needs: []
sources:
  - {{title: "Python: Naming and binding", url: "https://docs.python.org/3/"}}
---
Two names can be tied to one object.

## Assignment binds
`a = b` copies nothing.

```python run
first = [1]
second = first
second.append(2)
print(first)
```
```output
[1, 2]
```

```question one-list
```

## A long page
{PARAGRAPHS}

```python run
print("a", "b")
```
```output
a c
```

## Check yourself
Now you.

```question copies
```

## In one breath
A name is tied to an object.
""",
    "lessons/python/loops.md": """\
---
title: Loops
minutes: 4
objectives:
  loop: Follow a loop
needs: [python/names]
sources: []
---
A loop binds its name again and again.

## Check yourself
One question.

```question last
```

## In one breath
The name keeps the last value.
""",
    "quizzes/python/names.yaml": "questions:\n"
    + _choice("one-list", "Which object is `first`?")
    + _choice("copies", "Which of these copies?", "copy"),
    "quizzes/python/loops.yaml": "questions:\n" + _choice("last", "What is left?", "loop"),
    "lessons/sql/module.yaml": """\
title: SQL
summary: Asking for rows.
lessons: [joins, torn]
labs: []
challenges: []
needs: [python]
terms: []
""",
    "lessons/sql/joins.md": """\
---
title: Joins
minutes: 5
objectives:
  join: Join two tables
needs: []
sources: []
---
Rows of two tables meet.

## In one breath
A join pairs rows.
""",
    "lessons/sql/torn.md": "---\ntitle: Torn\nminutes: many\n---\nText.\n",
    "quizzes/sql/joins.yaml": "questions:\n" + _choice("pairs", "What meets?", "join"),
    "quizzes/sql/torn.yaml": "questions:\n" + _choice("none", "What?", "none"),
    "lessons/caching/module.yaml": """\
title: Caching
summary: Keeping answers.
lessons: [whether]
labs: []
challenges: []
needs: []
terms: []
""",
    "lessons/caching/whether.md": """\
---
title: Whether to cache
minutes: 3
objectives:
  decide: Decide whether to cache
needs: []
sources: []
---
A cache is a second truth.

## In one breath
Measure first.
""",
    "quizzes/caching/whether.yaml": "questions:\n" + _choice("first", "What first?", "decide"),
    "labs/python/double/lab.yaml": """\
title: Double it
minutes: 5
summary: Write a function that doubles.
lesson: python/names
objectives:
  double: Double a number
needs: []
engine: python
files: [double.py, other.py]
requires: []
limits: {check_s: 20, total_s: 30}
checks:
  - id: doubles
    title: "`double(2)` is 4"
    needs: ""
    hints: ["What is two and two?", "Return `n * 2`."]
  - id: prints
    title: "It says what it does"
    needs: doubles
    hints: ["Print something."]
mistakes: []
equivalent: []
""",
    "labs/python/double/brief.md": "Write `double(n)` in `double.py`.\n",
    "labs/python/double/starter/double.py": "def double(n):\n    return n\n",
    "labs/python/double/starter/other.py": "# nothing here\n",
    "labs/python/double/solution/double.py": "def double(n):\n    return n * 2\n",
    "labs/python/double/solution/other.py": "# nothing here\n",
    "labs/python/double/solution.md": "Twice is enough.\n\nMore would be too much.\n",
    "labs/python/double/checks.py": """\
from labkit import check


@check("doubles")
def _(lab):
    module = lab.load()
    lab.equal(module.double(2), 4, "double(2)")
    lab.measure("calls", 1, "call")


@check("prints")
def _(lab):
    lab.ok(True, "never")
""",
}

GOOD = "def double(n):\n    print('doubling', n)\n    return n * 2\n"


def write(root: Path, files: dict[str, str] | None = None) -> Path:
    """Write the small course, with some files in other words."""
    for name, text in (FILES | (files or {})).items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), "utf-8")
    return root


def trust(tutor: Tutor) -> None:
    """Allow the course's code to run."""
    tutor.choose(replace(tutor.settings, trusted=(str(tutor.course.root),)))


def answer(tutor: Tutor, question: str, *, right: bool = True, confidence: str = "sure") -> None:
    """Put an answer in the record."""
    events.answer(
        tutor.record,
        events.Answer(question, right=right, confidence=confidence, ms=20_000),  # type: ignore[arg-type]
    )


def read(tutor: Tutor, lesson: str) -> None:
    """Read a lesson to its end."""
    made = tutor.study.open(lesson)
    for section in range(len(made.sections)):
        tutor.study.read(made, section)


def text_of(app: NexusApp, selector: str) -> str:
    """What a pane says."""
    return app.screen.query_one(selector, Pane).plain


def shown(app: NexusApp) -> str:
    """Everything on the screen, as a person would read it."""
    rows = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in row) for row in rows)


def notices(app: NexusApp) -> str:
    """What was told in the corner."""
    return " ".join(str(notice.message) for notice in app._notifications)


def pane(app: NexusApp, selector: str) -> Pane:
    """A pane of the screen in front."""
    return app.screen.query_one(selector, Pane)


async def settle(pilot: Pilot[None], ready: Callable[[], object], seconds: float = 15.0) -> None:
    """Wait until something is so; only a failure takes long."""
    import asyncio
    import time

    end = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < end, "it never came"
        await asyncio.sleep(0.01)
    await pilot.pause()
