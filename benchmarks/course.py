"""Courses made up for measuring: lessons of any length, as many as wanted."""

from pathlib import Path

SECTION = 48
"""Lines of a section: what sections of real lessons have."""
UNIT = """\
An index helps a query that wants **few** of many rows: the rows that match lie next to each
other in it, and `EXPLAIN` says whether it is used. Where most rows match, reading the table
from front to back costs less than jumping between the two, and the planner knows that.

- The column that is compared for equality comes first
- then the one that sorts, so that no sort is left to do
- and a column that is only read may be *included*

```python
def bookings(connection, guest):
    rows = connection.execute("SELECT id, price FROM booking WHERE guest = ?", (guest,))
    return [{"id": id, "price": price / 100} for id, price in rows]
```

| plan | reads | sorts |
|---|---|---|
| scan | every row | yes |
| `booking_guest` | 20 rows | no |
"""
HEAD = """\
---
title: A lesson of {lines} lines
minutes: 10
objectives:
  count: Count what a query reads
needs: []
sources:
  - {{title: "Documentation", url: "https://www.sqlite.org/"}}
---
"""
QUESTION = """\
  - id: q{number}
    kind: choice
    objective: count
    difficulty: 2
    prompt: "Question {number}: how many queries does this view make for ten books?"
    evidence:
      - language: python
        text: |-
          books = Book.objects.all()
          return [book.author.name for book in books]
    hint: "What does `book.author` do the first time?"
    explanation: "A related row is fetched when it is first looked at, once for each book."
    options:
      - {{id: eleven, text: "Eleven", right: true, why: "One for the books, one for each author."}}
      - {{id: one, text: "One", why: "The authors are not part of the first query."}}
      - {{id: two, text: "Two", why: "That takes `prefetch_related`."}}
      - {{id: ten, text: "Ten", why: "And the one for the books?"}}
"""


def first_words(lines: int) -> str:
    """How a document of so many lines begins."""
    return f"This document has {lines} lines."


def document(lines: int, *, divided: bool = True) -> str:
    """Markdown of so many lines, in sections or in one piece."""
    unit, made = UNIT.splitlines(), [first_words(lines), ""]
    while len(made) < lines:
        if divided and len(made) > 2 and len(made) % SECTION < len(unit):
            made += [f"## Part {len(made)}", ""]
        made += [*unit, ""]
    return "\n".join(made[:lines] if "```" not in made[lines - 1] else made) + "\n"


def make_course(root: Path, modules: dict[str, dict[str, str]], questions: int = 0) -> Path:
    """A course at ``root``: module -> lesson -> document; ``questions`` for each lesson."""
    for module, lessons in modules.items():
        for name, text in lessons.items():
            head = HEAD.format(lines=text.count("\n"))
            _write(root / f"lessons/{module}/{name}.md", head + text)
            if questions:
                quiz = "".join(QUESTION.format(number=n) for n in range(questions))
                _write(root / f"quizzes/{module}/{name}.yaml", "questions:\n" + quiz)
        _write(root / f"lessons/{module}/module.yaml", _module(module, list(lessons)))
    _write(root / "lessons/course.yaml", _course(list(modules)))
    return root


def _module(name: str, lessons: list[str]) -> str:
    return (
        f"title: {name.title()}\nsummary: Made up.\nlessons: [{', '.join(lessons)}]\n"
        "labs: []\nchallenges: []\nneeds: []\nconfusable: []\nterms: []\n"
    )


def _course(modules: list[str]) -> str:
    return (
        "format: 1\ntitle: Made up\nlanguage: en\ngroups:\n  - title: Technologies\n"
        f"    modules: [{', '.join(modules)}]\nretired: {{}}\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
