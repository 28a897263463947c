import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.labs.certify.mutants import mutants


def lines(file: str, text: str) -> set[str]:
    return {mutant.now for mutant in mutants(file, text)}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("a < b", {"a <= b", "a >= b"}),
        ("a not in b", {"a in b"}),
        ("a + b * c", {"a - b * c", "a + b + c"}),
        ("a and not b", {"a or not b", "a and (b)"}),
        ("f(x, y)", {"f(y, x)", "pass"}),
        ("max(x, y)", {"pass"}),
        ("f(x, key=y)", {"f(x, )", "pass"}),
        ("range(n)", {"range((n) + 1)", "range((n) - 1)", "pass"}),
        ("xs[i:]", {"xs[(i) + 1:]", "xs[(i) - 1:]"}),
        ("xs[2:]", {"xs[3:]", "xs[1:]"}),
        ("x = 0", {"pass", "x = 1", "x = (-1)"}),
        ("x = True", {"pass", "x = False"}),
        ("x += 1", {"pass", "x -= 1", "x += 2", "x += 0"}),
        ("x: int = f()", set()),
        ("def f(): return x", {"def f(): return None"}),
        ("def f(): return None", set()),
        ("if x: f()", {"if (not (x)): f()", "if x: pass"}),
        ("y = [x for x in xs if x]", {"pass", "y = [x for x in xs if True]"}),
        ("import os", set()),
        ("'a docstring'", set()),
        ("raise ValueError(f'{x + 1}')", {"pass"}),
        ("żółw = 'ą' + b", {"pass", "żółw = 'ą' - b"}),
        ("@cached\ndef f(): pass", {"(gone)"}),
        ("try: f()\nexcept E: g()", {"try: pass", "except E: raise", "except E: pass"}),
    ],
)
def test_python(code: str, expected: set[str]) -> None:
    assert lines("a.py", code) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "CREATE INDEX i ON t (a, b DESC)",
            {
                "CREATE INDEX i ON t ( b DESC)",
                "CREATE INDEX i ON t (a)",
                "CREATE INDEX i ON t (b DESC, a)",
                "CREATE INDEX i ON t (a, b ASC)",
            },
        ),
        ("CREATE UNIQUE INDEX i ON t (a)", {"CREATE  INDEX i ON t (a)"}),
        (
            "CREATE TABLE t (a INT NOT NULL UNIQUE)",
            {"CREATE TABLE t (a INT  UNIQUE)", "CREATE TABLE t (a INT NOT NULL )"},
        ),
        (
            "CREATE TABLE t (a INT REFERENCES u (id) ON DELETE SET NULL)",
            {"CREATE TABLE t (a INT )", "CREATE TABLE t (a INT REFERENCES u (id) )"},
        ),
        (
            "CREATE TABLE t (a, b, UNIQUE (a, b))",
            {
                "CREATE TABLE t (a, b)",
                "CREATE TABLE t (a, b, UNIQUE ( b))",
                "CREATE TABLE t (a, b, UNIQUE (a))",
            },
        ),
        (
            "CREATE TABLE t (a, FOREIGN KEY (a) REFERENCES u (id))",
            {"CREATE TABLE t (a)"},
        ),
        (
            "CREATE TABLE t (a CHECK (a > 0))",
            {
                "CREATE TABLE t (a )",
                "CREATE TABLE t (a CHECK (a >= 0))",
                "CREATE TABLE t (a CHECK (a <= 0))",
                "CREATE TABLE t (a CHECK (a > 1))",
                "CREATE TABLE t (a CHECK (a > -1))",
            },
        ),
        (
            "SELECT a FROM t WHERE b = 'x'",
            {
                "SELECT a FROM t",
                "SELECT a FROM t WHERE b <> 'x'",
                "SELECT a FROM t WHERE b = 'x~'",
            },
        ),
        ("SELECT a FROM t ORDER BY b", {"SELECT a FROM t ORDER BY b DESC"}),
        ("SELECT DISTINCT a FROM t", {"SELECT  a FROM t"}),
        ("-- a = 1\nSELECT a FROM t", set()),
    ],
)
def test_sql(code: str, expected: set[str]) -> None:
    assert lines("a.sql", code) == expected


def test_statements_are_left_out_whole() -> None:
    script = "CREATE TABLE a (x);\n\nCREATE TABLE b (x);\n"
    found = mutants("a.sql", script)
    assert [(mutant.line, mutant.was, mutant.now) for mutant in found] == [
        (1, "CREATE TABLE a (x);", "(gone)"),
        (3, "CREATE TABLE b (x);", "(gone)"),
    ]
    assert found[1].text == "CREATE TABLE a (x);\n\n\n"


def test_other_files_have_no_mutants() -> None:
    assert mutants("Containerfile", "FROM python:3.12") == []


@given(st.text(alphabet="abé ()'\";,=<>0123\nSELECT--/*BETWEENANDCHECKUNIQUE", max_size=60))
def test_any_text_can_be_mutated(text: str) -> None:
    for mutant in mutants("a.sql", text):
        assert mutant.text != text
