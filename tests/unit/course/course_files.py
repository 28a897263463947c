"""The files of a small course in which the linter finds nothing."""

from collections.abc import Callable
from pathlib import Path

from nexus_tui.paths import folder_digest

Make = Callable[..., Path]


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def certificates(root: Path) -> dict[str, str]:
    """A certificate for every lab, of what it is."""
    return {
        f"{lab.relative_to(root).as_posix()}/certificate.yaml": "mutants: 9\nwrong: 3\n"
        f"digest: '{folder_digest(lab, 'certificate.yaml')}'\n"
        for lab in (root / "labs").glob("*/*")
    }


SENTENCE = "A view that lists bookings asks the database once for each guest it names. "
FILLER = "\n".join([SENTENCE.strip()] * 9)


def section(title: str, *more: str) -> str:
    return "\n".join([f"## {title}", FILLER, *more, ""])


SAMPLE = """
```python run
print(1 + 1)
```
```output
2
```

> **Misconception.** A list is a query.
> It is a *plan* for one.

| Table | Rows |
|---|---|
| `bookings` | 2 |

- one
- two, see [the other](lesson:orm/second)

```question counts
```"""

CHECK = """## Check yourself

```question picks
```
```question orders
```
```question types
```
"""

LESSON = "\n".join(
    [
        """---
title: QuerySets are lazy
minutes: 9
objectives:
  count: Count the queries a view makes
  remedy: Choose the remedy
needs: []
sources:
  - {title: "Django: QuerySets", url: "https://docs.djangoproject.com/"}
---""",
        *[SENTENCE.strip()] * 3,
        "",
        section("One query", SAMPLE),
        section("Two queries"),
        section("Three queries"),
        section("Four queries"),
        CHECK,
        "## In one breath\nA QuerySet is a description. It runs when it is read.\n",
    ]
)

CHOICE = """  - id: counts
    kind: choice
    objective: count
    difficulty: 1
    prompt: "How many queries does `list(bookings)` make?"
    evidence: {python: "list(bookings)"}
    hint: What runs the description?
    explanation: |
      Reading a QuerySet runs it.
      Once.
    options:
      - {id: many, text: "one a booking", why: "Only with a look at each guest.", misconception: m}
      - {id: one, text: "one in all", right: true, why: "The rows come in one go."}
      - {id: none, text: "none at all", why: "That holds until it is read."}
"""

SEVERAL = """  - id: picks
    kind: several
    objective: count
    difficulty: 2
    prompt: Which of these run a query?
    hint: Which read rows?
    explanation: What reads rows runs the query.
    options:
      - {id: len, text: "`len(q)`", right: true, why: It needs the rows.}
      - {id: filter, text: "`q.filter()`", why: It only describes., misconception: eager}
      - {id: list, text: "`list(q)`", right: true, why: It needs the rows.}
"""

ORDER = """  - id: orders
    kind: order
    objective: remedy
    difficulty: 2
    prompt: Put the lines in order.
    hint: What opens the block?
    explanation: The block is opened first.
    lines:
      - {id: with, text: "with atomic():", indent: 0}
      - {id: save, text: "booking.save(*args)", indent: 1, why: It belongs inside.}
      - {id: done, text: "return __name__", indent: 0}
"""

TYPE = """  - id: types
    kind: type
    objective: remedy
    difficulty: 3
    prompt: Which method joins?
    hint: It is named after what it does.
    explanation: It joins in the same query.
    answers: [select_related, "select_related()"]
    fold_case: true
    wrong: [{text: prefetch_related, why: That makes a second query., misconception: same}]
"""

PREDICT = """  - id: prints
    kind: predict
    objective: count
    difficulty: 1
    prompt: What does it print?
    hint: What is shared?
    explanation: The default is made once.
    evidence: {python: "print([1])\\nprint([1, 2])"}
    answers: ["[1]\\n[1, 2]"]
    wrong: [{text: "[1]\\n[2]", why: The list is the same one.}]
"""

NUMBER = """  - id: number
    kind: number
    objective: count
    difficulty: 2
    prompt: How many queries for fifty bookings?
    hint: One, and then?
    explanation: One for the list, one for each guest.
    answer: 51
    unit: queries
    wrong: [{text: "1", why: Nothing joins by itself., misconception: join-by-magic}]
"""

POINT = """  - id: points
    kind: point
    objective: count
    difficulty: 2
    prompt: Which line runs the query?
    hint: Which reads?
    explanation: The loop reads.
    evidence: {python: "q = all()\\nfor b in q:\\n    print(b)"}
    lines:
      - {at: 2, right: true, why: The loop reads the rows.}
      - {at: 1, why: It only describes., misconception: eager}
    elsewhere: That line has its row already.
"""

MATCH = """  - id: matches
    kind: match
    objective: remedy
    difficulty: 3
    prompt: Match the method with what it makes.
    hint: Think of SQL.
    explanation: One joins, one asks again.
    pairs:
      - {id: a, left: "`select_related`", right: "a `JOIN`", why: It is one query.}
      - {id: b, left: "`prefetch_related`", right: a second query, why: It is two.}
"""

KINDS = {
    "choice": CHOICE,
    "several": SEVERAL,
    "order": ORDER,
    "type": TYPE,
    "predict": PREDICT,
    "number": NUMBER,
    "point": POINT,
    "match": MATCH,
}
QUIZ = "questions:\n" + "".join(KINDS.values())

SECOND = LESSON.replace("QuerySets are lazy", "The other").replace(
    "needs: []", "needs: [{id: orm/first, why: It begins there.}]"
)

CHALLENGE = """title: My bookings takes four seconds
minutes: 8
summary: A page is slow.
story: |
  The page was fast in **May**.

  ```text
  GET /bookings 4012 ms
  ```
steps:
  - id: diagnose
    kind: choice
    prompt: What is it?
    evidence:
      - {language: text, title: Log, text: "SELECT 1\\nSELECT 1"}
    explanation: The same query, again and again.
    options:
      - {id: n, text: "A query a row", right: true, why: The log shows it., leads: You count.}
      - {id: net, text: "The network", why: One request was made.}
      - {id: disk, text: "A full disk", why: Nothing waits for it.}
  - id: cost
    kind: number
    objective: cost
    prompt: How many?
    explanation: One and fifty.
    answer: 51
  - id: verify
    kind: type
    prompt: Which method?
    explanation: It joins.
    answers: [select_related]
post_mortem:
  symptom: Four seconds.
  cause: A query for each row.
  remedy: A join.
  cost: A wider row.
  earlier: Count queries in a test.
"""

CHECKS = [
    ("applies", "It runs", ""),
    ("uses-index", "It uses the index", "applies"),
    ("small", "The index is small", "uses-index"),
]
HINTS = '["Where?", "What idea?", "`CREATE INDEX`"]'
ROWS = "\n".join(
    f'  - {{id: {name}, title: "{title}", needs: "{needs}", hints: {HINTS}}}'
    for name, title, needs in CHECKS
)
LAB = f"""title: The first index
minutes: 15
summary: Make a query fast.
lesson: orm/first
objectives: {{index: "Choose an index"}}
needs: []
engine: sqlite
files: [index.sql]
requires: []
limits: {{check_s: 2, total_s: 10.5}}
checks:
{ROWS}
mistakes:
  - {{name: wrong_order, fails: uses-index, says: "whole table", explanation: "The order counts."}}
  - {{name: too-wide, fails: small, says: "bytes", explanation: "Fewer columns."}}
  - {{name: empty, fails: applies, says: "nothing", explanation: "It must hold a statement."}}
equivalent: [{{file: index.sql, line: 1, now: "create index a on b (c);", why: "SQL has no case."}}]
steps:
  - {{at: "CREATE INDEX a ON b (c);", why: "One column is asked for.", gaps: ["(c)", "INDEX a"]}}
  - {{at: "ANALYZE b;", why: "The planner counts rows."}}
  - {{at: "PRAGMA optimize;", why: "And keeps counting.", file: index.sql}}
  - {{at: "SELECT 1;", why: "It still answers."}}
"""
SOLUTION = "CREATE INDEX a ON b (c);\nANALYZE b;\n\nPRAGMA optimize;\nSELECT 1;\n"

FILES = {
    "lessons/course.yaml": """format: 1
title: Backend
language: en
groups:
  - title: Technologies
    modules: [orm]
retired: {orm/zero: orm/first}
paths:
  - id: quick
    title: Quick
    whom: Someone
    ends: a smile
    steps:
      - orm/first
      - id: which
        ask: Which?
        branches:
          - {id: one, text: One, steps: [orm/second, orm/index]}
          - {id: all, text: All, steps: [orm]}
      - orm/third
to_come: {orm/third: Third}
""",
    "lessons/orm/module.yaml": """title: ORM
summary: What an ORM asks.
lessons: [first, second]
labs: [index]
challenges: [slow]
needs: []
confusable: [[orm/first#counts, orm/first#number]]
terms:
  - {word: QuerySet, definition: "A *description* of a query", see: [orm/first]}
  - {word: Lazy, definition: Run when read, see: [QuerySet]}
""",
    "lessons/orm/first.md": LESSON,
    "lessons/orm/second.md": SECOND,
    "lessons/on/stays.py": "db = None\n",
    "quizzes/orm/first.yaml": QUIZ,
    "quizzes/orm/second.yaml": QUIZ,
    "quizzes/orm/challenges/slow.yaml": CHALLENGE,
    "labs/orm/index/lab.yaml": LAB,
    "labs/orm/index/brief.md": "The page is slow.\n\nMake it fast.\n",
    "labs/orm/index/solution.md": "An index.\n\nAnd then watch it.\n",
    "labs/orm/index/starter/index.sql": "-- your index\n",
    "labs/orm/index/solution/index.sql": SOLUTION,
    "labs/orm/index/mistakes/wrong_order/index.sql": "CREATE INDEX a ON b (d);\n",
    "labs/orm/index/mistakes/too-wide/index.sql": "CREATE INDEX a ON b (c, d);\n",
    "labs/orm/index/mistakes/empty/index.sql": "\n",
    "labs/orm/index/checks.py": "\n\n".join(
        f'@check("{name}")\ndef _(lab):\n    pass\n' for name, _, _ in CHECKS
    ),
}
