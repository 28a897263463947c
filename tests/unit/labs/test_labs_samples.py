import threading
import time
from pathlib import Path

import pytest

from nexus_tui.labs.samples import SampleResult, run_sample


def python(source: str, **more: float) -> SampleResult:
    return run_sample("python", source, **more)


def test_prints_what_it_prints() -> None:
    result = python("print('one')\nimport sys\nprint('two', file=sys.stderr)\nprint('three')")
    assert result.output == "one\ntwo\nthree\n"
    assert (result.ok, result.stopped) == (True, "")
    assert result.ms > 0


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("int('x')", "ValueError: invalid literal for int() with base 10: 'x'\n"),
        ("class Odd(Exception): pass\nraise Odd", "Odd\n"),
        ("if True print(1)", "SyntaxError: invalid syntax\n"),
        ("input()", "EOFError: EOF when reading a line\n"),
        ("raise SystemExit('enough')", "enough\n"),
    ],
)
def test_ends_with_the_last_line_of_the_traceback(source: str, line: str) -> None:
    result = python(source)
    assert result.output == line
    assert not result.ok


def test_is_a_program_of_its_own() -> None:
    source = "import os, sys, inspect\ndef f(): pass\nprint(__name__, sys.argv, os.listdir())\n"
    source += "print(inspect.getsource(f), end='')\nprint(sorted(os.environ))"
    lines = python(source).output.splitlines()
    assert lines[0] == "__main__ ['sample.py'] []"
    assert lines[1] == "def f(): pass"
    assert "HOME" in lines[2]
    assert "PYTEST" not in lines[2]


def test_setup_and_paths(tmp_path: Path) -> None:
    setup = tmp_path / "base.py"
    setup.write_text("import sqlite3\nname = __name__\ndb = sqlite3.connect(':memory:')\n", "utf-8")
    source = "import base\nprint(name, __name__, base.name, type(db).__name__)"
    result = run_sample("python", source, setup=setup, paths=(tmp_path,))
    assert result.output == "setup __main__ base Connection\n"


def test_setup_that_fails_says_where(tmp_path: Path) -> None:
    setup = tmp_path / "base.py"
    setup.write_text("x = 1\nraise KeyError('gone')\n", "utf-8")
    result = run_sample("python", "print(1)", setup=setup)
    assert result.output == "base.py, line 2: KeyError: 'gone'\n"
    assert not result.ok


def test_stops_a_loop_at_the_limit_and_keeps_what_was_printed() -> None:
    result = python("print('before')\nwhile True: pass", seconds=0.3)
    assert result.output == "before\n"
    assert result.stopped == "stopped after 0.3 s"
    assert not result.ok


def test_stops_a_flood() -> None:
    result = python("while True: print('flood')")
    assert result.stopped == "stopped: it printed more than 20 kB"
    assert len(result.output) == 20_000


def test_can_be_cancelled() -> None:
    cancel = threading.Event()
    threading.Timer(0.2, cancel.set).start()
    began = time.perf_counter()
    result = run_sample("python", "import time; time.sleep(30)", cancel=cancel)
    assert result.stopped == "cancelled"
    assert time.perf_counter() - began < 8


def test_process_left_behind_does_not_hold_it_up() -> None:
    began = time.perf_counter()
    result = python("import subprocess\nsubprocess.Popen(['sleep', '30'])\nprint('done')")
    assert result.output == "done\n"
    assert result.ok
    assert time.perf_counter() - began < 8


def test_no_control_characters_reach_the_screen() -> None:
    assert python(r"print('\x1b[31mred\r\x07\ttab')").output == "[31mred\ttab\n"


def test_sql_on_a_setup(tmp_path: Path) -> None:
    setup = tmp_path / "base.py"
    setup.write_text(
        "import sqlite3\ndb = sqlite3.connect(':memory:')\n"
        "db.execute('CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, price INT)')\n"
        "db.execute(\"INSERT INTO t VALUES (1, 'tea', 250), (20, 'milk', NULL)\")\n",
        "utf-8",
    )
    source = """\
SELECT id, price, name FROM t; -- both
BEGIN;
DELETE FROM t WHERE id = 1; ROLLBACK;
EXPLAIN QUERY PLAN SELECT * FROM t a JOIN t b ON a.id = b.price ORDER BY a.name;
SELECT id FROM t WHERE id > 99;
SELECT price_cents FROM t
"""
    result = run_sample("sql", source, setup=setup)
    assert result.output == (
        "id  price  name\n 1    250  tea\n20   NULL  milk\n\n"
        "QUERY PLAN\n├─ SCAN b\n├─ SEARCH a USING INTEGER PRIMARY KEY (rowid=?)\n"
        "└─ USE TEMP B-TREE FOR ORDER BY\n"
        "sqlite3.OperationalError: no such column: price_cents\n"
    )
    assert not result.ok


def test_sql_alone_has_an_empty_database() -> None:
    assert run_sample("sql", "SELECT 1 + 1 AS two").output == "two\n  2\n"
