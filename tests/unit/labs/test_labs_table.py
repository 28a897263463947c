import sqlite3

import pytest

from nexus_tui.labs.harness.labkit import Fail, sqlite, table


def test_columns_line_up_and_the_last_has_no_blanks() -> None:
    rows = [(1, "tea", 2.5, None), (20, None, None, b"\x01")]
    text = table.table(["id", "name", "price", "raw"], rows)
    assert text == "id  name  price  raw\n 1  tea     2.5  NULL\n20  NULL   NULL  x'01'"


def test_tree_nests_by_parent() -> None:
    rows = [(2, 0, 0, "MERGE"), (3, 2, 0, "LEFT"), (4, 3, 0, "SCAN a"), (5, 2, 0, "RIGHT")]
    assert table.tree(rows) == "QUERY PLAN\n└─ MERGE\n   ├─ LEFT\n   │  └─ SCAN a\n   └─ RIGHT"


@pytest.mark.parametrize(
    ("script", "found"),
    [
        ("SELECT 1;\n\nSELECT 2", [(1, "SELECT 1;"), (3, "SELECT 2")]),
        ("SELECT ';' ; SELECT 2;", [(1, "SELECT ';' ;"), (1, "SELECT 2;")]),
        ("-- only; a comment\n;\n/* ; */", []),
        ("-- first; word\nSELECT\n  1;", [(1, "-- first; word\nSELECT\n  1;")]),
        (
            "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\nEND;\nSELECT 1;",
            [
                (1, "CREATE TRIGGER t AFTER INSERT ON a BEGIN\n  DELETE FROM b;\nEND;"),
                (4, "SELECT 1;"),
            ],
        ),
    ],
)
def test_statements(script: str, found: list[tuple[int, str]]) -> None:
    assert list(table.statements(script)) == found


@pytest.fixture
def db() -> sqlite3.Connection:
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    db.executemany("INSERT INTO t (name) VALUES (?)", [(str(n % 10),) for n in range(1000)])
    return db


def test_plan_and_steps(db: sqlite3.Connection) -> None:
    query, parameters = "SELECT id FROM t WHERE name = ?", ("3",)
    assert sqlite.plan(db, query, parameters) == ["SCAN t"]
    before = sqlite.steps(db, query, parameters)
    db.execute("CREATE INDEX by_name ON t (name, id)")
    assert sqlite.plan_tree(db, query, parameters).startswith("QUERY PLAN\n└─ SEARCH t USING")
    assert sqlite.steps(db, query, parameters) * 4 < before
    assert sqlite.indexes(db) == {"by_name": ("name", "id")}


@pytest.mark.parametrize(
    ("script", "line", "words"),
    [
        ("SELECT 1;\n\nCREATE INDEX i ON\n  nowhere (x);", 3, "no such table: main.nowhere"),
        ("SELECT 1;\n-- why\nSELECT\n  id FRM t;", 4, 'near "t": syntax error'),
        ("SELECT 1;\n-- why\nDROP TABLE x;", 3, "no such table: x"),
    ],
)
def test_script_fails_on_its_line(
    db: sqlite3.Connection, tmp_path, script: str, line: int, words: str
) -> None:
    path = tmp_path / "index.sql"
    path.write_text(script, "utf-8")
    with pytest.raises(Fail) as failed:
        sqlite.run_script(db, path)
    assert words in str(failed.value)
    assert (failed.value.file, failed.value.line) == ("index.sql", line)


def test_script_keeps_what_it_did(db: sqlite3.Connection, tmp_path) -> None:
    path = tmp_path / "index.sql"
    path.write_text("BEGIN;\nINSERT INTO t (name) VALUES ('new');\nCOMMIT;\n", "utf-8")
    sqlite.run_script(db, path)
    db.rollback()
    assert db.execute("SELECT count(*) FROM t WHERE name = 'new'").fetchone() == (1,)
