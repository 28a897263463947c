import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from labs_support import SOLUTION, Bench, before_return, statuses

from nexus_tui.labs.protocol import CheckResult, Event, Measure
from nexus_tui.labs.runner import run


def test_solution_passes_and_events_stream_in_order(bench: Bench) -> None:
    heard: list[Event] = []
    result = run(bench.request(SOLUTION), heard.append)
    assert result.passed
    assert result.complete
    assert result.stopped == ""
    assert result.first_failure is None
    assert result.measures == (Measure("items", 1, "rows"),)
    assert [e.id for e in heard if isinstance(e, CheckResult)] == ["loads", "first", "last"]
    assert result.checks[0].title == "pages.py can be imported"


def test_wrong_value_points_at_the_function(bench: Bench) -> None:
    result = bench.run("import math\n\n" + SOLUTION.replace("number - 1", "number"))
    check = result.checks[1]
    assert (result.complete, result.passed) == (True, False)
    assert (check.status, check.message) == ("fail", "page([1, 2, 3], 1, 2)")
    assert (check.expected, check.got) == ("[1, 2]", "[3]")
    assert (check.file, check.line, check.code) == (
        "pages.py",
        3,
        "def page(items, number, size):",
    )


def test_exception_points_at_the_last_line_of_the_learner(bench: Bench) -> None:
    check = bench.run(before_return("import json\njson.loads('{')")).checks[1]
    assert check.status == "error"
    assert check.message.startswith("JSONDecodeError: ")
    assert (check.line, check.code) == (4, "json.loads('{')")


def test_syntax_error_points_at_its_line_and_the_rest_is_skipped(bench: Bench) -> None:
    result = bench.run("x = 1\ndef page(:\n")
    assert statuses(result) == ["error", "skip", "skip"]
    assert result.checks[0].message == "Python could not read the file: invalid syntax"
    assert result.checks[0].line == 2
    assert result.checks[2].message == "first make 'pages.py can be imported' pass"
    assert result.complete
    assert not result.passed


def test_what_is_not_written_yet_is_no_crash(bench: Bench) -> None:
    check = bench.run("def page(items, number, size):\n    raise NotImplementedError\n").checks[1]
    assert (check.status, check.line) == ("fail", 2)
    assert check.message.startswith("not written yet")


def test_value_the_check_cannot_use(bench: Bench) -> None:
    bench.checks("from labkit import check\n@check('a')\ndef _(lab): lab.load().f()[0]\n", "a")
    check = bench.run("def f(): pass\n").checks[0]
    assert check.status == "error"
    assert check.message.startswith("the check could not use what your code gave: TypeError")


def test_own_assertions_of_a_check_fail(bench: Bench) -> None:
    bench.checks("from labkit import check\n@check('a')\ndef _(lab): assert 1 > 2, 'odd'\n", "a")
    assert statuses(bench.run("")) == ["fail"]


def test_missing_file(bench: Bench) -> None:
    result = run(replace(bench.request(SOLUTION, names=("other.py",)), files=("pages.py",)))
    assert result.checks[0].message == "there is no file pages.py"


def test_what_the_code_prints(bench: Bench) -> None:
    code = "from labkit import check\n@check('a')\ndef _(lab):\n    lab.load().f()\n"
    bench.checks(code + "    lab.equal(lab.output, 'in f\\n', 'printed')\n", "a")
    result = bench.run("def f(): print('in f')\n")
    assert result.passed
    assert result.output == "in f\n"


def test_exception_in_a_task_group_is_shown_itself(bench: Bench) -> None:
    code = "from labkit import check\nfrom labkit.clock import run\n"
    bench.checks(code + "@check('a')\ndef _(lab): run(lab.load().main())\n", "a")
    text = "import asyncio, time\nasync def bad():\n    time.sleep(1)\nasync def main():\n"
    text += "    async with asyncio.TaskGroup() as group:\n        group.create_task(bad())\n"
    check = bench.run(text).checks[0]
    assert (check.status, check.line) == ("fail", 3)
    assert check.message.startswith("time.sleep() stops every other task")
    check = bench.run(text.replace("time.sleep(1)", "{}['x']")).checks[0]
    assert (check.status, check.message, check.line) == ("error", "KeyError: 'x'", 3)


def test_seed_is_given_or_differs(bench: Bench) -> None:
    code = "from labkit import check\n@check('a')\ndef _(lab): lab.measure('seed', lab.seed)\n"
    bench.checks(code, "a")
    request = bench.request(SOLUTION)
    assert run(replace(request, seed=7)).measures[0].value == 7
    assert run(request).measures[0].value != run(request).measures[0].value


def test_files_of_the_lab_lie_over_the_learners(bench: Bench) -> None:
    (bench.folder / "files").mkdir()
    (bench.folder / "files" / "shop.py").write_text("name = 'ours'\n", "utf-8")
    code = "import shop\n" + SOLUTION + "assert shop.name == 'ours'\n"
    result = run(bench.request(code, "name = 'theirs'\n", names=("pages.py", "shop.py")))
    assert result.passed


def test_folder_as_workspace(bench: Bench, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    (mine / ".history").mkdir(parents=True)
    (mine / "pages.py").write_text("import os\nprint(sorted(os.listdir()))\n" + SOLUTION, "utf-8")
    result = run(replace(bench.request(SOLUTION), workspace=mine, files=("pages.py",)))
    assert result.passed
    assert result.output == "['pages.py']\n"


def test_paths_are_importable_and_nothing_of_ours_is(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "stays.py").write_text("rows = 3\n", "utf-8")
    code = "from labkit import check\nimport stays\n@check('a')\ndef _(lab):\n    lab.load()\n"
    bench.checks(code, "a")
    text = "import stays, sys, os\nassert stays.rows == 3\n"
    text += "assert not [m for m in sys.modules if m.split('.')[0] in ('labkit', 'harness')]\n"
    text += "assert 'NEXUS_LAB' not in os.environ and os.environ['HOME'] == os.getcwd()\n"
    text += "assert not [f for f in os.listdir() if f not in ('pages.py', '__pycache__')]\n"
    result = run(replace(bench.request(text), paths=(tmp_path,)))
    assert result.passed, result.checks


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("from labkit import check\n1 / 0\n", "line 2: ZeroDivisionError"),
        ("from labkit import check\ndef f(:\n", "line 2: SyntaxError"),
        ("from labkit import check\n@check('b')\ndef _(lab): pass\n", "no @check('a')"),
    ],
)
def test_broken_checks_are_the_authors(bench: Bench, code: str, words: str) -> None:
    bench.checks(code, "a")
    result = bench.run(SOLUTION)
    assert words in result.stopped
    assert result.stopped.startswith("the checks cannot run: checks.py")
    assert (result.complete, statuses(result)) == (False, ["skip"])


def test_missing_distribution_is_named(bench: Bench) -> None:
    result = run(replace(bench.request(SOLUTION), requires=("pip", "no-such-thing")))
    assert "needs no-such-thing" in result.stopped
    assert statuses(result) == ["skip"] * 3
    assert not result.passed


def test_cancel(bench: Bench) -> None:
    cancel = threading.Event()
    bench.limits["check_s"] = 20
    threading.Timer(0.3, cancel.set).start()
    began = time.perf_counter()
    result = run(bench.request(before_return("while True: pass")), None, cancel)
    assert result.stopped == "cancelled"
    assert not result.complete
    assert time.perf_counter() - began < 8


def test_total_time(bench: Bench) -> None:
    bench.limits.update(check_s=20, total_s=0.4)
    result = bench.run(before_return("while True: pass"))
    assert statuses(result)[1] == "timeout"
    assert not result.passed


def test_two_at_once(bench: Bench) -> None:
    results = {}

    def go(name: str, text: str) -> None:
        results[name] = bench.run(text).passed

    wrong = SOLUTION.replace("- 1", "- 2")
    threads = [threading.Thread(target=go, args=item) for item in (("a", SOLUTION), ("b", wrong))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {"a": True, "b": False}


def test_portable(bench: Bench) -> None:
    assert run(replace(bench.request(SOLUTION), portable=True)).passed
    bench.limits["check_s"] = 0.4
    wrong = replace(bench.request(before_return("while True: pass")), portable=True)
    result = run(wrong)
    assert statuses(result) == ["pass", "timeout", "skip"]
    assert result.checks[1].code == "while True: pass"


def test_sqlite_script_that_never_ends(bench: Bench) -> None:
    code = "import sqlite3\nfrom labkit import check\nfrom labkit.sqlite import run_script\n"
    code += "@check('a')\ndef _(lab): run_script(sqlite3.connect(':memory:'), lab.path())\n"
    bench.checks(code, "a")
    bench.limits["check_s"] = 0.4
    endless = "WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g) SELECT max(i) FROM g"
    result = run(bench.request(f"SELECT 1;\n{endless};", names=("q.sql",)))
    check = result.checks[0]
    assert (check.status, check.file, check.line) == ("timeout", "q.sql", 2)
    assert result.complete
