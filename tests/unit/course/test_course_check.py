"""The linter: silent on a faultless course, and one message for each fault."""

import json
from pathlib import Path

import pytest
from course_files import CHALLENGE, FILES, KINDS, LAB, LESSON, QUIZ, Make

from nexus_tui.course.check import check
from nexus_tui.course.check.__main__ import main

FIRST = "lessons/orm/first.md"
QUIZ_FILE = "quizzes/orm/first.yaml"
MODULE = "lessons/orm/module.yaml"
COURSE = "lessons/course.yaml"
SLOW = "quizzes/orm/challenges/slow.yaml"
LAB_FILE = "labs/orm/index/lab.yaml"


def test_a_faultless_course_has_no_problems(root: Path) -> None:
    report = check(root)
    assert str(report).split("\n")[:-1] == []
    assert report.exit_code == 0
    assert report.counts == {
        "modules": 1,
        "lessons": 2,
        "questions": 19,
        "challenges": 1,
        "labs": 1,
    }


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[name], old
    return {name: FILES[name].replace(old, new, 1)}


FAULTS = [
    # what is changed, rule, file, words of the line it points at ("" for the whole file)
    (changed(FIRST, "title: Q", "title: [Q]\nx: Q"), "type", FIRST, "title: [Q]"),
    (changed(FIRST, "minutes: 9", "minutes: 900"), "range", FIRST, "minutes: 900"),
    (changed(FIRST, "minutes: 9", "minuts: 9"), "unknown-key", FIRST, "minuts"),
    (changed(FIRST, "minutes: 9\n", ""), "missing-key", FIRST, "title:"),
    (changed(FIRST, "---\ntitle", "title"), "front-matter", FIRST, "title"),
    (changed(FIRST, "https://docs", "http://docs"), "link", FIRST, "http://docs"),
    (changed(FIRST, "needs: []", "needs: [orm/nope]"), "dangling", FIRST, "orm/nope"),
    (changed(FIRST, "needs: []", "needs: [orm/first]"), "cycle", FIRST, "orm/first]"),
    (changed(FIRST, "needs: []", "needs: [orm/second]"), "cycle", FIRST, "needs:"),
    (changed(FIRST, "needs: []", "needs: [orm/second]"), "order", FIRST, "orm/second]"),
    (changed(FIRST, "(lesson:orm/second)", "(lesson:orm/x)"), "dangling", FIRST, "lesson:orm/x"),
    (changed(FIRST, "(lesson:orm/second)", "(ftp://x)"), "link", FIRST, "ftp:"),
    (changed(FIRST, "python run", "python run on=nope"), "dangling", FIRST, "on=nope"),
    (changed(FIRST, "python run", ""), "untagged", FIRST, "```\nprint"),
    (changed(FIRST, "python run", "python runs"), "fence-words", FIRST, "```python runs"),
    (changed(FIRST, "python run", "graphql run"), "fence-words", FIRST, "```graphql run"),
    (changed(FIRST, "python run", "python on=stays"), "fence-words", FIRST, "```python on"),
    (changed(FIRST, "python run", "python"), "output", FIRST, "```output"),
    (changed(FIRST, "```output", "```output x"), "fence-words", FIRST, "```output x"),
    (changed(FIRST, "print(1 + 1)", "x" * 73), "wide-code", FIRST, "x" * 73),
    (changed(FIRST, "```question counts\n", "```question counts\nx\n"), "question-fence", FIRST,
     "```question counts"),
    (changed(FIRST, "```question counts", "```question"), "question-fence", FIRST, "```question\n"),
    (changed(FIRST, "```question counts", "```question nope"), "dangling", FIRST, "question nope"),
    (changed(FIRST, "- one", "- ```question orders\n  ```"), "question-fence", FIRST, "- ```q"),
    (changed(FIRST, "```question picks", "```question counts"), "duplicate-id", FIRST,
     "```question counts"),
    (changed(FIRST, "```question counts", "```question matches"), "difficulty-jump", FIRST,
     "```question matches"),
    (changed(FIRST, "- one", "- a List<int>"), "raw-html", FIRST, "List<int>"),
    (changed(FIRST, "- one", "<details>x</details>"), "raw-html", FIRST, "<details>"),
    (changed(FIRST, "- one", "- [ ] one"), "task-list", FIRST, "[ ] one"),
    (changed(FIRST, "> **Misc", "> [!NOTE]\n> **Misc"), "alert", FIRST, "[!NOTE]"),
    (changed(FIRST, "- one", "- one[^1]"), "footnote", FIRST, "[^1]"),
    (changed(FIRST, "- one", "- ![one](https://x.y/z.png)"), "image", FIRST, "![one]"),
    (changed(FIRST, "- one", "    code = 1\n\n- one"), "indented-code", FIRST, "    code"),
    (changed(FIRST, "- one", "# One\n"), "heading", FIRST, "# One"),
    (changed(FIRST, "- one", "One\n---\n"), "heading", FIRST, "One\n---"),
    (changed(FIRST, "- one", " ## One\n"), "heading", FIRST, " ## One"),
    (changed(FIRST, "- one", "- one\ttwo"), "tab", FIRST, "one\ttwo"),
    (changed(FIRST, "- one", "- a" + "*b " * 500), "long-paragraph", FIRST, "a*b"),
    (changed(FIRST, "- one", "- " * 12 + "one"), "deep", FIRST, "- - -"),
    (changed(FIRST, "It runs when it is read.\n", "\n```text\nx\n"), "open-fence", FIRST,
     "```text"),
    (changed(FIRST, "- one", "- o\x1b[31mne"), "control", FIRST, "\x1b"),
    (changed(FIRST, "## Four queries", "### Four"), "sections", FIRST, ""),
    (changed(FIRST, "## Four queries", "## Two queries"), "duplicate-section", FIRST, "## Two"),
    (changed(FIRST, "## In one breath", "## To sum up"), "ending", FIRST, ""),
    (changed(FIRST, "A QuerySet is a description. It runs when it is read.", ""), "empty", FIRST,
     "## In one"),
    (changed(FIRST, "```question picks\n```\n", ""), "check-yourself", FIRST, "## Check"),
    (changed(FIRST, "```question counts\n```", "```question counts\n```\nMore."), "ask-place",
     FIRST, "## One query"),
    ({FIRST: LESSON.replace("lists bookings", "lists")[:600] + LESSON[-400:]}, "words", FIRST, ""),
    (changed(FIRST, "- one", "Word. " * 800), "long-section", FIRST, "## One query"),
    (changed(FIRST, "- one", "Word. " * 800), "words", FIRST, ""),
    (changed(FIRST, "---\nA view", "---\n\n## Zero\nA view"), "opening", FIRST, ""),
    (changed(FIRST, "  remedy: Choose the remedy\n", ""), "objectives", FIRST, "objectives:"),
    (changed(FIRST, "  remedy:", "  other: More\n  remedy:"), "untested-objective", FIRST,
     "other:"),
    (changed(FIRST, "sources:\n  - {", "#sources:\n#  - {"), "sources", FIRST, "---"),
    ({FIRST: ""}, "front-matter", FIRST, ""),
    (changed(QUIZ_FILE, "id: counts", "id: 3"), "unquoted", QUIZ_FILE, "id: 3"),
    (changed(QUIZ_FILE, "id: counts", "id: Counts It"), "name", QUIZ_FILE, "id: Counts It"),
    (changed(QUIZ_FILE, "id: picks", "id: counts"), "duplicate-id", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "kind: choice", "kind: choise"), "kind", QUIZ_FILE, "choise"),
    (changed(QUIZ_FILE, '"one in all"', "[}"), "yaml", QUIZ_FILE, None),
    (changed(QUIZ_FILE, '"one in all"', "one in all: yes"), "yaml", QUIZ_FILE, None),
    (changed(QUIZ_FILE, '"one in all"', "1.10"), "unquoted", QUIZ_FILE, "1.10"),
    (changed(QUIZ_FILE, '"one in all"', "yes"), "unquoted", QUIZ_FILE, "text: yes"),
    (changed(QUIZ_FILE, '"one in all"', "12:30"), "unquoted", QUIZ_FILE, "12:30"),
    (changed(QUIZ_FILE, '"one in all"', "2024-01-01"), "unquoted", QUIZ_FILE, "2024"),
    (changed(QUIZ_FILE, '"one in all"', "null"), "unquoted", QUIZ_FILE, "text: null"),
    (changed(QUIZ_FILE, '"one in all"', '""'), "empty", QUIZ_FILE, 'text: ""'),
    (changed(QUIZ_FILE, "hint: What runs the", "hint: &x What runs"), "yaml-alias", QUIZ_FILE,
     "&x"),
    (changed(QUIZ_FILE, "hint: What runs", "hint: What #runs"), "yaml-cut", QUIZ_FILE, "#runs"),
    (changed(QUIZ_FILE, "    hint: What runs", "\thint: What runs"), "yaml-tab", QUIZ_FILE, "\t"),
    (changed(QUIZ_FILE, "    hint: What runs the description?\n", ""), "hint", QUIZ_FILE,
     "id: counts"),
    (changed(QUIZ_FILE, "    objective: count\n", ""), "missing-key", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "objective: count", "objective: nope"), "dangling", QUIZ_FILE,
     "id: counts"),
    (changed(QUIZ_FILE, "difficulty: 1", "difficulty: 5"), "range", QUIZ_FILE, "difficulty: 5"),
    (changed(QUIZ_FILE, "right: true, why: \"The", "why: \"The"), "right-answer", QUIZ_FILE,
     "options:"),
    (changed(QUIZ_FILE, 'why: "The rows come in one go."', "why: Correct."), "why", QUIZ_FILE,
     "id: counts"),
    (changed(QUIZ_FILE, ', why: "The rows come in one go."', ""), "missing-key", QUIZ_FILE,
     "id: one"),
    (changed(QUIZ_FILE, "none at all", "none of the above"), "cheap-option", QUIZ_FILE,
     "id: counts"),
    (changed(QUIZ_FILE, "none at all", "one in all"), "duplicate-option", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "none at all", "none" * 20), "option-lengths", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "one in all", "one " * 20), "option-lengths", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "id: none", "id: one"), "duplicate-id", QUIZ_FILE, "none at all"),
    (changed(QUIZ_FILE, "Reading a", "[Reading](https://x.y) a"), "link", QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "python: \"list(bookings)\"", f"python: {'x' * 73}"), "wide-code",
     QUIZ_FILE, "id: counts"),
    (changed(QUIZ_FILE, "text: prefetch_related", "text: SELECT_related"), "right-answer",
     QUIZ_FILE, "wrong: [{text: SEL"),
    (changed(QUIZ_FILE, 'text: "1",', 'text: "51.0",'), "right-answer", QUIZ_FILE, '"51.0"'),
    (changed(QUIZ_FILE, 'text: "1",', 'text: "one",'), "wrong-number", QUIZ_FILE, 'text: "one"'),
    (changed(QUIZ_FILE, "at: 2", "at: 9"), "evidence", QUIZ_FILE, "at: 9"),
    (changed(QUIZ_FILE, "python: \"print", "text: \"print"), "evidence", QUIZ_FILE,
     "text: \"print"),
    (changed(QUIZ_FILE, "kind: predict", "kind: predict\n    on: nope"), "dangling", QUIZ_FILE,
     "id: prints"),
    ({QUIZ_FILE: QUIZ.replace(KINDS["match"], "")}, "few-questions", QUIZ_FILE, ""),
    ({QUIZ_FILE: "questions:\n" + "".join(
        KINDS["choice"].replace("id: counts", f"id: c{n}") for n in range(8))}, "few-kinds",
     QUIZ_FILE, ""),
    ({QUIZ_FILE: QUIZ.replace("difficulty: 3", "difficulty: 2")}, "difficulty", QUIZ_FILE, ""),
    ({QUIZ_FILE: ""}, "empty", QUIZ_FILE, ""),
    ({QUIZ_FILE: "x" * 1_000_001}, "size", QUIZ_FILE, ""),
    ({"quizzes/orm/third.yaml": QUIZ}, "stray", "quizzes/orm/third.yaml", ""),
    ({"lessons/orm/third.md": LESSON}, "stray", "lessons/orm/third.md", ""),
    ({"quizzes/orm/challenges/x.yaml": CHALLENGE}, "stray", "quizzes/orm/challenges/x.yaml", ""),
    ({"labs/orm/x/lab.yaml": LAB}, "stray", "labs/orm/x/lab.yaml", ""),
    ({"lessons/odd/module.yaml": FILES[MODULE]}, "stray", "lessons/odd/module.yaml", ""),
    (changed(MODULE, "[first, second]", "[first, second, third]"), "missing-file",
     "lessons/orm/third.md", ""),
    (changed(MODULE, "[first, second]", "[first, second, ../x]"), "name", MODULE, "../x"),
    (changed(MODULE, "[first, second]", "[first, second, first]"), "duplicate-id", MODULE,
     "lessons: [first"),
    (changed(MODULE, "labs: [index]", "labs: [index, first]"), "duplicate-id", MODULE, "first"),
    (changed(MODULE, "needs: []", "needs: [nope]"), "dangling", MODULE, "nope"),
    (changed(MODULE, "needs: []", "needs: [orm/first]"), "cycle", MODULE, "needs:"),
    (changed(MODULE, "first#number", "first#nope"), "dangling", MODULE, "first#nope"),
    (changed(MODULE, ", orm/first#number", ""), "type", MODULE, "confusable"),
    (changed(MODULE, "see: [QuerySet]", "see: [Query]"), "dangling", MODULE, "see: [Query]"),
    (changed(MODULE, "word: Lazy", "word: queryset"), "duplicate-term", MODULE, "queryset"),
    (changed(COURSE, "format: 1", "format: 2"), "format", COURSE, "format: 2"),
    (changed(COURSE, "[orm]", "[orm, orm]"), "duplicate-id", COURSE, "[orm, orm]"),
    (changed(COURSE, "[orm]", "[orm, sql]"), "missing-file", "lessons/sql/module.yaml", ""),
    (changed(COURSE, "{orm/zero: orm/first}", "{orm/zero: orm/x}"), "dangling", COURSE, "orm/x"),
    (changed(COURSE, "{orm/zero: orm/first}", "{orm/second: orm/first}"), "retired", COURSE,
     "orm/second"),
    (changed(SLOW, "objective: cost", "objective: count"), "dangling", SLOW, "id: cost"),
    ({SLOW: CHALLENGE.split("  - id: verify")[0] + CHALLENGE[CHALLENGE.index("post_m"):]},
     "steps", SLOW, "steps:"),
    (changed(SLOW, "```text", "```"), "untagged", SLOW, "```"),
    (changed(SLOW, "  earlier: Count queries in a test.\n", ""), "missing-key", SLOW, "  symptom"),
    (changed(LAB_FILE, "lesson: orm/first", "lesson: orm/x"), "dangling", LAB_FILE, "orm/x"),
    (changed(LAB_FILE, "engine: sqlite", "engine: oracle"), "engine", LAB_FILE, "oracle"),
    (changed(LAB_FILE, "[index.sql]", "[../index.sql]"), "name", LAB_FILE, "../index.sql"),
    (changed(LAB_FILE, "[index.sql]", "[index.sql, b.sql]"), "missing-file", LAB_FILE, "b.sql"),
    (changed(LAB_FILE, "check_s: 2", "check_s: soon"), "type", LAB_FILE, "soon"),
    (changed(LAB_FILE, "fails: small", "fails: nope"), "dangling", LAB_FILE, "too-wide"),
    (changed(LAB_FILE, "needs: \"applies\"", "needs: small"), "dangling", LAB_FILE, "uses-index"),
    (changed(LAB_FILE, '"Where?", ', ""), "hints", LAB_FILE, "applies"),
    (changed(LAB_FILE, "id: small", "id: tiny"), "dangling", LAB_FILE, "tiny"),
    (changed(LAB_FILE, "name: empty", "name: nothing"), "missing-file", LAB_FILE, "nothing"),
    (changed(LAB_FILE, "line: 1", "line: 7"), "dangling", LAB_FILE, "line: 7"),
    (changed(LAB_FILE, 'at: "ANALYZE b;"', 'at: "ANALYSE b;"'), "steps", LAB_FILE, "ANALYSE b;"),
    (changed(LAB_FILE, 'at: "ANALYZE b;"', 'at: "SELECT 1;"'), "steps", LAB_FILE, "PRAGMA"),
    (changed(LAB_FILE, "file: index.sql}", "file: two.sql}"), "steps", LAB_FILE, "two.sql"),
    (changed("labs/orm/index/solution/index.sql", "SELECT 1;", "ANALYZE b;\nSELECT 1;"),
     "steps", LAB_FILE, "ANALYZE b;"),
    (changed("labs/orm/index/solution/index.sql", "ANALYZE b;\n\nPRAGMA optimize;",
             "PRAGMA optimize;\nANALYZE b;"), "steps", LAB_FILE, "PRAGMA"),
    (changed(LAB_FILE, '  - {at: "SELECT 1;", why: "It still answers."}\n', ""),
     "steps", LAB_FILE, "steps:"),
    (changed(LAB_FILE, '"(c)"', '"(d)"'), "gaps", LAB_FILE, "CREATE INDEX"),
    (changed(LAB_FILE, '"INDEX a"', '"b (c"'), "gaps", LAB_FILE, "CREATE INDEX"),
    (changed("labs/orm/index/solution/index.sql", "SELECT 1", "SELECT ____"),
     "steps", LAB_FILE, "SELECT 1"),
    (changed("labs/orm/index/solution/index.sql", "ANALYZE b;", "ANALYZE b;\n-- ____"),
     "gaps", LAB_FILE, "ANALYZE"),
    ({"labs/orm/index/mistakes/new/index.sql": "x"}, "stray", "labs/orm/index/mistakes/new", ""),
    ({"labs/orm/index/mistakes/empty/index.sql": FILES["labs/orm/index/solution/index.sql"]},
     "mistake", "labs/orm/index/mistakes/empty/index.sql", ""),
    ({"labs/orm/index/starter/more.sql": "x"}, "stray", "labs/orm/index/starter/more.sql", ""),
    ({"labs/orm/index/brief.md": "x\n" * 26}, "brief", "labs/orm/index/brief.md", ""),
    ({"labs/orm/index/brief.md": "a <b> c\n"}, "raw-html", "labs/orm/index/brief.md", "<b>"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("files", "code", "file", "words"), FAULTS, ids=[f"{n}-{f[1]}" for n, f in enumerate(FAULTS)]
)
def test_a_fault_is_found(
    make: Make, files: dict[str, str], code: str, file: str, words: str | None
) -> None:
    root = make(files)
    found = [item for item in check(root).problems if item.code == code and item.file == file]
    assert found, [str(item) for item in check(root).problems]
    if words:
        rows = (root / file).read_text(encoding="utf-8").split("\n")
        wanted = words.split("\n")[0]
        assert any(wanted in rows[item.line - 1] for item in found if item.line), found


def test_a_lab_is_certified_as_it_is(make: Make) -> None:
    root = make()
    brief = root / "labs/orm/index/brief.md"
    brief.write_text(brief.read_text("utf-8") + "More.\n", "utf-8")
    (stale,) = check(root).problems
    assert (stale.code, stale.severity) == ("certificate", "warning")
    assert "has changed" in stale.message
    assert "certify labs/orm/index --write" in stale.hint
    (root / "labs/orm/index/certificate.yaml").unlink()
    (missing,) = check(root).problems
    assert "not certified" in missing.message


@pytest.mark.parametrize("name", ["solution.md", "brief.md", "checks.py", "starter/index.sql"])
def test_a_missing_file_of_a_lab_is_found(make: Make, name: str) -> None:
    root = make(without=(f"labs/orm/index/{name}",))
    assert "missing-file" in {item.code for item in check(root).errors}


def test_text_that_is_not_utf8_is_found(make: Make) -> None:
    root = make()
    (root / FIRST).write_bytes(b"---\ntitle: caf\xe9\n---\n")
    (found,) = [item for item in check(root).problems if item.code == "encoding"]
    assert (found.file, found.line) == (FIRST, 2)


def test_one_fault_does_not_hide_another(make: Make) -> None:
    root = make(
        {
            **changed(FIRST, "minutes: 9", "minuts: 9"),
            **changed(QUIZ_FILE, "kind: choice", "kind: choise"),
            **changed(MODULE, "needs: []", "needs: [nope]"),
            **changed(LAB_FILE, "engine: sqlite", "engine: oracle"),
        }
    )
    codes = {item.code for item in check(root).errors}
    assert codes >= {"unknown-key", "missing-key", "kind", "dangling", "engine"}


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    (found,) = check(tmp_path).problems
    assert (found.file, found.code) == (COURSE, "missing-file")


def test_every_problem_says_what_to_mend_in_one_line(make: Make) -> None:
    for files, *_ in FAULTS:
        for problem in check(make(files)).problems:
            assert "\n" not in str(problem)
            assert problem.message


def test_the_report_is_json(root: Path) -> None:
    data = json.loads(check(root).json())
    assert data["problems"] == []
    assert data["bias"]["orm"]["questions"] == 3


def test_the_command_prints_file_and_line(make: Make, capsys: pytest.CaptureFixture[str]) -> None:
    root = make(changed(QUIZ_FILE, '"one in all"', "yes"))
    assert main([str(root)]) == 1
    line = QUIZ[: QUIZ.index("one in all")].count("\n") + 1
    assert f"{QUIZ_FILE}:{line}: " in capsys.readouterr().out
    assert main([str(root), "other"]) == 0
