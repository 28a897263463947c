import socket
from dataclasses import replace
from pathlib import Path

import pytest
from labs_support import Bench

from nexus_tui.labs.harness.labkit.rest import short
from nexus_tui.labs.protocol import CheckSpec, RunResult
from nexus_tui.labs.runner import run

MODELS = """
from django.db import models

class Note(models.Model):
    body = models.CharField(max_length=20)
"""
API = """
from django.urls import path
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from app.models import Note

@api_view(["GET", "POST"])
def notes(request):
    if request.method == "POST":
        body = request.data.get("body")
        if body is None:
            raise ValidationError({"body": ["needed"]})
        note = Note.objects.create(body=body)
        return Response({"id": note.id}, 201, headers={"Location": f"/notes/{note.id}/"})
    found = Note.objects.order_by("id")
    answer = [note.body for note in found]
    return Response({"results": answer, "mark": request.headers.get("X-Mark")})

@api_view(["GET"])
def broken(request):
    return Response(1 // 0)

@api_view(["GET"])
def endless(request):
    while True:
        pass
"""
URLS = """
from django.urls import path
import api

urlpatterns = [path(f"{name}/", getattr(api, name)) for name in ("notes", "broken", "endless")]
"""
HEAD = """
import labkit.rest
from labkit import check, Fail
from labkit.rest import Api
"""


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


def ran(bench: Bench, body: str, engine: str = "rest") -> RunResult:
    """The body as the one check, run against the API."""
    lines = "".join(f"    {line}\n" for line in body.strip().splitlines())
    (bench.folder / "checks.py").write_text(f'{HEAD}\n@check("one")\ndef _(lab):\n{lines}')
    bench.specs = (CheckSpec("one", "the one"),)
    return run(replace(bench.request(API, names=("api.py",)), engine=engine))


def passed(result: RunResult) -> None:
    assert result.passed, result.first_failure or result.stopped


def test_requests_go_over_http_and_are_logged(site: Bench) -> None:
    result = ran(
        site,
        """
api = Api(lab, "app")
made = api.send("POST", "/notes/", {"body": "Late"})
lab.equal((made.status, made.headers["Location"], made.data), (201, "/notes/1/", {"id": 1}), "made")
lab.equal([(each.file, each.line) for each in made.queries], [("api.py", 14)], "its queries")
wrong = api.send("POST", "/notes/", {})
lab.equal((wrong.status, wrong.data, list(wrong.queries)), (400, {"body": ["needed"]}, []), "wrong")
read = api.get(f"http://{api.host}/notes/?page=1", X_Mark="seen")
lab.equal(read.data, {"results": ["Late"], "mark": "seen"}, "read")
lab.equal(read.queries[0].line, 17, "line of the query")
lost = api.get("/nowhere/")
lab.equal((lost.status, lost.data), (404, None), "a body that is no JSON")
lab.ok(lost.body.startswith(b"<!doctype html>") or b"Not Found" in lost.body, "its bytes")
told = ["POST /notes/ -> 400", "GET /notes/?page=1 -> 200", "GET /nowhere/ -> 404"]
lab.equal(api.told(3).splitlines(), told, "log")
text = api.send("POST", "/notes/", {"body": "x"}, Content_Type="text/csv")
lab.equal(text.status, 415, "a type of content that the API does not take")
""",
    )
    passed(result)
    assert result.output == ""


def test_an_exception_of_a_view_is_told_with_its_line(site: Bench) -> None:
    found = ran(site, 'Api(lab, "app").get("/broken/")').checks[0]
    assert (found.status, found.file, found.line) == ("fail", "api.py", 22)
    assert "GET /broken/ -> 500: the view raised ZeroDivisionError" in found.message


def test_a_view_that_never_answers_is_told_with_its_line(site: Bench) -> None:
    body = """
api = Api(lab, "app")
api.get("/notes/")
labkit.rest.PATIENCE = 0.5
api.get("/endless/")
"""
    found = ran(site, body).checks[0]
    assert (found.status, found.file) == ("fail", "api.py")
    assert found.line in (26, 27)
    assert "no answer after 0.5 s" in found.message


@pytest.mark.parametrize(
    "url", ["http://example.com/notes/", "http://127.0.0.1:1/notes/", "notes/"]
)
def test_a_url_that_leads_elsewhere_is_not_followed(site: Bench, url: str) -> None:
    found = ran(site, f'Api(lab, "app").get({url!r})').checks[0]
    assert "leads elsewhere" in found.message
    assert found.got == url


def test_requests_may_run_at_the_same_time(site: Bench) -> None:
    result = ran(
        site,
        """
import threading
api = Api(lab, "app")
send = lambda at: api.send("POST", "/notes/", {"body": f"note {at}"})
threads = [threading.Thread(target=send, args=(at,)) for at in range(8)]
for each in threads: each.start()
for each in threads: each.join()
lab.equal([each.status for each in api.log], [201] * 8, "statuses")
lab.equal(len(api.get("/notes/").data["results"]), 8, "notes stored")
""",
    )
    passed(result)


def test_the_run_may_connect_to_its_own_port_only(site: Bench) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        result = ran(
            site,
            f"""
import socket
api = Api(lab, "app")
socket.create_connection(("127.0.0.1", lab.listener.getsockname()[1]), 2).close()
try:
    socket.create_connection(("127.0.0.1", {port}), 2).close()
except PermissionError:
    return
raise Fail("another port could be reached")
""",
        )
    kernel = [guard for guard in result.guards if guard.startswith("landlock ")]
    if not kernel or int(kernel[0].split()[1]) < 4:
        pytest.skip("this kernel does not refuse connections")
    passed(result)


def test_other_engines_have_no_port(site: Bench) -> None:
    passed(ran(site, "lab.ok(lab.listener is None, 'a socket')", engine="django"))


def test_short_keeps_both_ends_of_a_path() -> None:
    assert short("/notes/") == "/notes/"
    text = short(f"/notes/?cursor={'x' * 90}&limit=5")
    assert text.startswith("/notes/?cursor=x")
    assert text.endswith("x&limit=5")
    assert len(text) == 60
