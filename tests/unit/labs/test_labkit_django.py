import sys
from pathlib import Path

import pytest
from labs_support import Bench

from nexus_tui.labs.harness.labkit.django import Queries, Query, here, raised
from nexus_tui.labs.protocol import CheckSpec, RunResult
from nexus_tui.labs.runner import run

MODELS = """
from django.db import models

class Guest(models.Model):
    name = models.CharField(max_length=20)

class Stay(models.Model):
    guest = models.ForeignKey(Guest, models.CASCADE)
"""
VIEWS = """
from django.http import HttpResponse
from app.models import Stay

def stays(request):
    names = []
    for stay in Stay.objects.order_by("id"):
        names.append(stay.guest.name)
    return HttpResponse(",".join(names))
"""
URLS = """
from django.urls import path
from views import stays

urlpatterns = [path("stays/", stays)]
"""
HEAD = """
from labkit import check, Fail
from labkit.django import record, start
from django.test import Client

def fill():
    from app.models import Guest, Stay
    for name in ("Amara", "Kofi", "Lena"):
        Stay.objects.create(guest=Guest.objects.create(name=name))
"""


def query(sql: str, *values: object, line: int = 1) -> Query:
    return Query(sql, values, "views.py", line)


@pytest.fixture
def site(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path / "lab")
    app = bench.folder / "files" / "app"
    app.mkdir(parents=True)
    (app / "__init__.py").write_text("")
    (app / "models.py").write_text(MODELS)
    (bench.folder / "files" / "urls.py").write_text(URLS)
    bench.limits = {"check_s": 10, "total_s": 20}
    return bench


def ran(bench: Bench, body: str) -> RunResult:
    """The body as the one check, run against the views."""
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    (bench.folder / "checks.py").write_text(f'{HEAD}\n@check("one")\ndef _(lab):\n{lines}')
    bench.specs = (CheckSpec("one", "the one"),)
    return run(bench.request(VIEWS, names=("views.py",)))


def passed(result: RunResult) -> None:
    assert result.passed, result.first_failure or result.stopped


def test_query_is_shown_with_its_values_and_handed_to_sqlite_with_marks() -> None:
    one = query('SELECT "a" FROM "t" WHERE "b" = %s AND "c" LIKE \'x%%\'', "Amara")
    assert str(one) == "SELECT a FROM t WHERE b = 'Amara' AND c LIKE 'x%'"
    assert one.raw == 'SELECT "a" FROM "t" WHERE "b" = ? AND "c" LIKE \'x%\''
    assert query("PRAGMA x").raw == "PRAGMA x"


def test_long_query_keeps_both_ends() -> None:
    text = str(query(f"SELECT {'a, ' * 200} FROM t WHERE b = %s", 7))
    assert text.startswith("SELECT a, ")
    assert text.endswith("FROM t WHERE b = 7")
    assert len(text) < 200


def test_queries_are_chosen_by_table_and_grouped_by_line() -> None:
    queries = Queries("/work/")
    assert queries.repeated() == (None, 0)
    queries.append(query('SELECT * FROM "stay"'))
    queries += [query('SELECT * FROM "guest" WHERE "id" = %s', n, line=7) for n in range(3)]
    queries.append(query('SELECT * FROM "guest" WHERE "id" = %s', 9, line=8))
    most, times = queries.on("guest").repeated()
    assert most
    assert (most.values, most.line, times) == ((2,), 7, 3)
    assert len(queries.on("guest")) == 4
    assert not queries.on("guests")


def test_place_is_the_innermost_line_of_the_workspace(tmp_path: Path) -> None:
    root = f"{tmp_path}/"
    code = compile(
        "def f(g):\n    return g()\n\ndef h():\n    f(int)\n    1 / 0\n", f"{root}v.py", "exec"
    )
    names: dict[str, object] = {}
    exec(code, names)
    f, h = names["f"], names["h"]
    assert callable(f)
    assert callable(h)
    assert f(lambda: here(root)) == ("v.py", 2)
    assert here(root) == ("", 0)
    assert f(lambda: here(root, sys._getframe(1))) == ("v.py", 2)
    with pytest.raises(ZeroDivisionError) as caught:
        h()
    assert raised(caught.value.__traceback__, root) == ("v.py", 6)
    assert raised(None, root) == ("", 0)


def test_queries_carry_the_learners_line_and_the_rows_are_counted(site: Bench) -> None:
    result = ran(
        site,
        """
start(lab, "app")
lab.load()
fill()
with record(lab) as queries:
    answer = Client().get("/stays/")
lab.equal(answer.content, b"Amara,Kofi,Lena", "body")
lab.equal({each.file for each in queries}, {"views.py"}, "files")
lab.equal([each.line for each in queries], [7, 8, 8, 8], "lines")
lab.equal(len(queries.on("app_guest")), 3, "queries on guests")
lab.equal(queries.rows, 6, "rows")
Client().get("/stays/")
lab.equal(len(queries), 4, "recorded after the end")
""",
    )
    passed(result)


def test_a_file_is_shared_by_threads_and_settings_can_be_replaced(site: Bench) -> None:
    result = ran(
        site,
        """
import threading
from django.conf import settings
from django.db import connection
start(lab, "app", database="nexus.db", ROOT_URLCONF="other", APPEND_SLASH=False)
lab.equal((settings.ROOT_URLCONF, settings.APPEND_SLASH), ("other", False), "settings")
def work():
    fill()
    connection.close()
thread = threading.Thread(target=work)
thread.start()
thread.join()
from app.models import Stay
lab.equal(Stay.objects.count(), 3, "rows that another thread stored")
lab.ok(lab.path("nexus.db").exists(), "the file")
""",
    )
    passed(result)


def test_an_exception_of_a_view_points_at_its_line(site: Bench) -> None:
    result = ran(
        site,
        """
start(lab, "app")
lab.load()
fill()
from app.models import Stay
Stay.guest = property(lambda stay: 1 // 0)
Client().get("/stays/")
""",
    )
    found = result.checks[0]
    assert (found.status, found.file, found.line) == ("error", "views.py", 8)
    assert "ZeroDivisionError" in found.message


def test_warnings_of_django_stay_out_of_the_output(site: Bench) -> None:
    result = ran(
        site,
        """
start(lab, "app")
lab.load()
lab.equal(Client().get("/nowhere/").status_code, 404, "status")
""",
    )
    passed(result)
    assert result.output == ""
