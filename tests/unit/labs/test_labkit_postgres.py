"""The adapter for PostgreSQL: private servers, databases on a server that runs, plans."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from labs_support import Bench, processes, statuses, until

from nexus_tui import paths
from nexus_tui.labs import private
from nexus_tui.labs.engines import variants
from nexus_tui.labs.harness.labkit import Fail, pgserver
from nexus_tui.labs.protocol import RunRequest, RunResult
from nexus_tui.labs.runner import run

psycopg = pytest.importorskip("psycopg")
from nexus_tui.labs.harness.labkit import postgres  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix socket")
SERVER = next((v for v in variants(("postgres",)) if v.available and v.url), None)
own = pytest.mark.skipif(not pgserver.binaries(), reason="there is no PostgreSQL to start")
running = pytest.mark.skipif(not SERVER, reason="no PostgreSQL runs here")
CHECKS = """
from labkit import check
from labkit.postgres import connect, run_script
@check("a")
def _(lab):
    lab.db = connect(lab)
    run_script(lab.db, lab.path())
@check("b")
def _(lab):
    print(lab.db.execute("SELECT current_database(), count(*) FROM t").fetchone())
"""
SCRIPT = "CREATE TABLE t (n int);\nINSERT INTO t VALUES (1), (2);\n"


@pytest.fixture(scope="module", autouse=True)
def _one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Make the cluster once for all tests of this file."""
    kept = paths.Places(*[tmp_path_factory.mktemp("places")] * 2)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(private.paths, "places", lambda: kept)
        yield


def request(bench: Bench, script: str, url: str = "") -> RunRequest:
    bench.checks(CHECKS, "a", "b")
    bench.limits.update(check_s=30, total_s=40, fsize_mb=32)
    asked = bench.request(script, names=("t.sql",))
    ports = SERVER.ports if SERVER and url else ()
    return replace(asked, variant="postgres", url=url, ports=ports)


MARKS: set[str] = set()
"""Names made for the runs of this process: others may be using the server at the same time."""


@pytest.fixture(autouse=True)
def _marks(monkeypatch: pytest.MonkeyPatch) -> None:
    made = private.mark

    def mark() -> str:
        name = made()
        MARKS.add(name)
        return name

    monkeypatch.setattr(private, "mark", mark)


def databases() -> set[str]:
    assert SERVER
    with psycopg.connect(SERVER.url) as server:
        found = server.execute("SELECT datname FROM pg_database WHERE datname ~ '^nexus_lab_'")
        return {row[0] for row in found.fetchall()} & MARKS


@own
def test_a_server_of_its_own(bench: Bench) -> None:
    for _ in range(2):
        result = run(request(bench, SCRIPT))
        assert result.passed, result
        assert result.output == "('postgres', 2)\n"
        assert processes() == []
    assert len(list((paths.places().cache / "postgres").iterdir())) == 1


@own
def test_a_server_without_a_prepared_cluster(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(private, "template", lambda request: None)
    assert run(request(bench, SCRIPT)).passed


def test_no_postgres_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pgserver, "binaries", lambda: None)
    with pytest.raises(Fail, match="nexus-tui\\[engines\\]"):
        postgres.connect(SimpleNamespace(url=""))
    assert private.template(RunRequest(Path(), {}, (), variant="postgres")) is None


@own
def test_a_server_that_does_not_start_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path.chmod(0o755)
    monkeypatch.setitem(pgserver.SETTINGS, "shared_buffers", "many")
    made = SimpleNamespace(
        url="", template=None, path=lambda name: tmp_path / name, cleanup=lambda function: None
    )
    monkeypatch.setattr(pgserver, "initdb", lambda programs, data: data.mkdir(0o700))
    with pytest.raises(Fail, match=r"PostgreSQL did not start: .*shared_buffers"):
        postgres.connect(made)


@running
def test_a_database_on_a_server_that_runs(bench: Bench) -> None:
    before = databases()
    assert SERVER
    result = run(request(bench, SCRIPT, SERVER.url))
    assert result.passed, result
    assert result.output.startswith("('nexus_lab_")
    assert databases() == before


@running
@pytest.mark.parametrize("script", ["SELECT pg_sleep(60);", "SELEC 1;"], ids=["hangs", "refused"])
def test_its_database_is_dropped_however_the_run_ends(bench: Bench, script: str) -> None:
    assert SERVER
    before = databases()
    asked = request(bench, SCRIPT + script, SERVER.url)
    cancel = threading.Event()
    thread = threading.Thread(target=lambda: (_until_more(before), cancel.set()))
    if "sleep" in script:
        thread.start()
    result = run(asked, None, cancel)
    assert not result.passed
    assert databases() == before


def _until_more(before: set[str]) -> None:
    until(lambda: databases() > before)
    time.sleep(0.2)


@running
def test_what_a_killed_program_left_is_dropped_an_hour_later(bench: Bench) -> None:
    assert SERVER
    old, young = f"nexus_lab_{int(time.time()) - 4000}_{os.getpid()}", private.mark()
    MARKS.add(old)
    with psycopg.connect(SERVER.url, autocommit=True) as server:
        for name in (old, young):
            server.execute(f"CREATE DATABASE {name}")
        try:
            assert run(request(bench, SCRIPT, SERVER.url)).passed
            assert young in databases()
            assert old not in databases()
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {old}")
            server.execute(f"DROP DATABASE {young}")


@own
@pytest.mark.parametrize(
    ("script", "line", "words"),
    [
        (SCRIPT + "SELECT *\nFROM\n  nowhere;", 5, 'relation "nowhere" does not exist'),
        (SCRIPT + "INSERT INTO t\nVALUES ('x');", 4, "invalid input syntax"),
        (SCRIPT + "-- why\nSELECT 1/0;", 4, "division by zero"),
        ("SELECT 100 % 7, '%s';\n" + SCRIPT, 0, ""),
    ],
)
def test_a_statement_it_refuses_is_shown_with_its_line(
    bench: Bench, script: str, line: int, words: str
) -> None:
    check = run(request(bench, script)).checks[0]
    assert (check.status == "pass") is (line == 0)
    assert (check.line, words in check.message) == (line, True)


@own
def test_a_statement_that_never_ends_is_shown_with_its_line(bench: Bench) -> None:
    asked = request(bench, SCRIPT + "SELECT pg_sleep(60);")
    check = run(replace(asked, limits={**asked.limits, "check_s": 2.5})).checks[0]
    assert (check.status, check.line) == ("timeout", 3)
    assert processes() == []


def test_portable_runs_without_a_supervisor_too(bench: Bench) -> None:
    if not SERVER:
        pytest.skip("no PostgreSQL runs here")
    before = databases()
    result: RunResult = run(replace(request(bench, SCRIPT, SERVER.url), portable=True))
    assert statuses(result) == ["pass", "pass"]
    assert databases() == before


# plans


@pytest.fixture
def db(tmp_path: Path, url: str) -> Iterator[Any]:
    """A database with 20,000 bookings, on the server at the URL or on one of its own."""
    tidy: list[Any] = []
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == tmp_path.owner() and "pytest" in str(folder):
            folder.chmod(0o755)  # the server runs as another user, who must get there
    lab: Any = SimpleNamespace(
        url=url,
        mark=private.mark(),
        template=None,
        path=lambda name: tmp_path / name,
        cleanup=tidy.append,
    )
    made = postgres.connect(lab)
    made.execute("CREATE TABLE booking (id int PRIMARY KEY, guest int, day int, note text)")
    made.execute(
        "INSERT INTO booking SELECT n, n * 31 % 2000, n % 365, repeat('x', 40) "
        "FROM generate_series(1, 20000) n"
    )
    made.execute("VACUUM ANALYZE booking")
    yield made
    while tidy:
        tidy.pop()()


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("", marks=own, id="own"),
        pytest.param(SERVER.url if SERVER else "", marks=running, id="running"),
    ],
)
def test_plans(db: Any) -> None:
    query = "SELECT note FROM booking WHERE guest = %s ORDER BY day"
    before = postgres.explain(db, query, [7])
    assert [node.kind for node in before.walk()] == ["Sort", "Seq Scan"]
    assert (before.sorts, before.rows) == ((before,), 10)
    assert before.below[0].dropped == 19_990
    assert "Seq Scan on booking, Filter: (guest = '7'::smallint)" in before.tree()
    assert postgres.indexes(db) == {}
    db.execute("CREATE INDEX mine ON booking (guest, day)")
    after = postgres.explain(db, query, [7])
    assert postgres.indexes(db) == {"mine": ("guest", "day")}
    assert after.buffers * 10 < before.buffers
    assert [node.index for node in after.walk() if node.index] == ["mine"]
    assert after.tree().splitlines()[-1].startswith("  ")
    page = "SELECT id FROM booking WHERE guest > %s ORDER BY guest, id LIMIT 5"
    finished = postgres.explain(db, page, [7])
    assert [node.presorted[0].split(".")[-1] for node in finished.sorts] == ["guest"]
    assert finished.rows == 5
