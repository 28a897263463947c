"""The adapter for Celery: the repaired transport, the journal, workers that are killed."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from labs_support import Bench, processes, until

from nexus_tui.labs.engines import Variant, variants
from nexus_tui.labs.harness.labkit import Fail, celery_broker, rabbitmq
from nexus_tui.labs.harness.labkit import celery as adapter
from nexus_tui.labs.harness.labkit.celery_journal import Journal, place
from nexus_tui.labs.protocol import Measure, RunRequest
from nexus_tui.labs.runner import run

celery = pytest.importorskip("celery")
from kombu import Connection  # noqa: E402
from kombu.exceptions import EncodeError  # noqa: E402
from kombu.transport import filesystem  # noqa: E402

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Celery has no pool of processes")
FOLDER = Variant("", "a folder")
ENGINES = [FOLDER, *(v for v in variants(("rabbitmq", "valkey")) if v.available)]
RABBIT = next((v for v in ENGINES if v.name == "rabbitmq"), None)
running = pytest.mark.skipif(not RABBIT, reason="no RabbitMQ runs here")

TASKS = """
import os, time
from pathlib import Path
from celery import Celery
app = Celery("t")

@app.task(acks_late=True, reject_on_worker_lost=True)
def once_killed(number):
    if not Path("killed").exists():
        Path("killed").touch()
        os.kill(os.getpid(), 9)
    Path("done").write_text(str(number))

@app.task(autoretry_for=(KeyError,), retry_backoff=True, max_retries=2)
def fails(number):
    raise KeyError(number)

@app.task
def sleeps():
    time.sleep(60)
"""
CHECKS = """
from labkit import check
from labkit.celery import Worker

@check("a")
def _(lab):
    lab.worker = Worker(lab, "tasks")
    tasks = lab.load()
    lab.worker.attach(tasks.app)
    tasks.once_killed.delay(lab.seed)
    tasks.fails.apply_async((1,), task_id="f")
    lab.worker.settle()
    lab.equal(lab.path("done").read_text(), str(lab.seed), "what was done")
    waits = [message["wait"] for message in lab.worker.sent() if message["retries"]]
    lab.equal(waits, [1, 2], "waits")
    print(lab.mark, lab.worker.story(lab.worker.sent()[0]["id"]))

@check("b")
def _(lab):
    lab.worker.journal.write("sent", "never")
    lab.worker.settle()
"""


def request(bench: Bench, engine: Variant, checks: str = CHECKS) -> RunRequest:
    bench.checks(checks, "a", "b")
    bench.limits.update(check_s=8, total_s=30, fsize_mb=32)
    asked = bench.request(TASKS, names=("tasks.py",))
    return replace(asked, variant=engine.name, url=engine.url, ports=engine.ports)


def queue(name: str, **options: Any) -> str:
    """What RabbitMQ answers to the declaration of a queue; "" when it agrees."""
    import amqp  # type: ignore

    with amqp.Connection("127.0.0.1:5672") as server:
        try:
            server.channel().queue_declare(name, **options)
        except amqp.exceptions.AMQPError as error:
            return str(error.reply_code)
    return ""


# runs


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name or "folder")
def test_a_killed_process_and_its_message(bench: Bench, engine: Variant) -> None:
    asked = replace(request(bench, engine), checks=bench.specs[:1])
    bench.checks(CHECKS.partition('@check("b")')[0])
    result = run(asked)
    assert result.passed, result
    mark, _, story = result.output.partition(" ")
    told = "sent, delivered, its process killed, put back, delivered, acknowledged\n"
    assert story == told
    assert processes() == []
    if engine.name == "rabbitmq":
        assert queue(mark, passive=True) == "404"


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name or "folder")
def test_a_cancelled_run_leaves_nothing(bench: Bench, engine: Variant) -> None:
    checks = CHECKS.replace("tasks.once_killed", "lab.measure(lab.mark, 1); tasks.once_killed")
    checks = checks.replace(
        "    lab.worker.settle()", "    tasks.sleeps.delay(); lab.worker.settle()"
    )
    asked, cancel, marks = request(bench, engine, checks), threading.Event(), []

    def heard(event: Any) -> None:
        if isinstance(event, Measure):
            marks.append(event.name)
            threading.Timer(1.0, look).start()

    def look() -> None:
        if engine.name == "rabbitmq":
            assert RABBIT
            name = marks[0]
            marks.append(queue(name, durable=True, auto_delete=False))
            ours = rabbitmq.arguments()
            marks.append(queue(name, durable=True, auto_delete=False, arguments=ours))
        cancel.set()

    result = run(asked, heard, cancel)
    assert result.stopped == "cancelled"
    assert processes() == []
    if engine.name == "rabbitmq":
        # It was there, and would have gone by itself: declared without that, it is refused.
        assert marks[1:3] == ["406", ""]
        assert queue(marks[0], passive=True) == "404"


@running
def test_tidy_is_content_when_there_is_no_queue() -> None:
    assert RABBIT
    rabbitmq.tidy(RABBIT.url, "nexus_lab_0_none")
    assert queue("nexus_lab_0_none", passive=True) == "404"


# a worker, seen from here


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(filesystem.Channel, "_put", filesystem.Channel._put)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tasks.py").write_text(TASKS)
    last: list[Any] = []
    yield SimpleNamespace(
        variant="", url="", mark="nexus_lab_0_test", path=lambda name: tmp_path / name,
        cleanup=last.append,
    )  # fmt: skip
    while last:
        last.pop()()


def site(worker: adapter.Worker) -> Any:
    app = celery.Celery("t")
    worker.attach(app)
    return app


def test_a_task_that_does_not_end_is_said(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = adapter.Worker(lab, "tasks")
    app = site(worker)
    worker.ready()
    worker.settle()
    app.send_task("tasks.sleeps")
    until(worker.journal.running)
    monkeypatch.setattr(adapter, "SETTLED", 0.1)
    with pytest.raises(Fail, match=r"a task still runs after 0\.1 s"):
        worker.settle()
    worker.settle(lambda: True)


def test_a_message_that_nobody_takes_is_said(lab: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    worker = adapter.Worker(lab, "tasks")
    worker.journal.write("sent", "never")
    monkeypatch.setattr(adapter, "SETTLED", 0.1)
    with pytest.raises(Fail, match=r"has not come to its end after 0\.1 s: sent$"):
        worker.settle()


def test_a_task_nobody_knows_is_dropped(lab: Any) -> None:
    worker = adapter.Worker(lab, "tasks")
    task = site(worker).send_task("tasks.nothing").id
    worker.settle()
    assert worker.story(task) == "sent, dropped"


def test_a_module_that_fails_is_said(lab: Any) -> None:
    (lab.path("tasks.py")).write_text("raise RuntimeError('no app here')")
    worker = adapter.Worker(lab, "tasks")
    with pytest.raises(Fail, match=r"(?s)the worker did not start: .*no app here"):
        worker.ready()
    worker.journal.write("sent", "x")
    with pytest.raises(Fail, match="the worker ended"):
        worker.settle()


# what is sent


def test_waits_are_shortened_and_written_down(tmp_path: Path) -> None:
    sent: list[dict[str, Any]] = []
    app = SimpleNamespace(send_task=lambda *args, **options: sent.append(options))
    journal, heard = Journal(str(tmp_path / "journal")), []
    celery_broker.hasten(app, journal, "site", heard.append)
    soon = datetime.now(UTC) + timedelta(seconds=100)
    for options in ({}, {"countdown": 1}, {"countdown": 180}, {"eta": soon}, {"queue": "other"}):
        app.send_task("t", (1,), **options)
    naive = soon.replace(tzinfo=None)
    app.send_task("t", eta=naive)
    assert [options["countdown"] for options in sent] == [None, 0.025, 0.1, 0.1, None, 0.1]
    assert not any("queue" in options for options in sent)
    assert [round(entry["wait"]) for entry in journal.of("sent")] == [0, 1, 180, 100, 0, 100]
    assert [entry["id"] for entry in journal.read()] == [options["task_id"] for options in sent]
    assert heard[0]["args"] == [1]
    with pytest.raises(EncodeError):
        app.send_task("t", (object(),))
    assert len(journal.read()) == len(sent)


def test_no_message_is_seen_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(filesystem.Channel, "_put", filesystem.Channel._put)
    celery_broker.one_piece()
    seen: list[list[str]] = []
    real = Path.replace

    def watched(self: Path, target: Path) -> Path:
        seen.append([path.suffix for path in tmp_path.iterdir()])
        assert json.loads(self.read_text())["body"] == "x" * 100_000
        return real(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    with Connection("filesystem://", transport_options=folders) as line:
        channel = line.channel()
        channel._put("q", {"body": "x" * 100_000})
        channel._put("q", {"body": "x" * 100_000})
        assert seen == [[".half"], seen[1]]
        assert sorted(seen[1]) == [".half", ".msg"]
        assert channel._get("q") == {"body": "x" * 100_000}
        assert channel._size("q") == 1


WRITER = """
import sys
sys.path[:0] = sys.argv[2:]
from kombu import Connection
from labkit.celery_broker import one_piece
one_piece()
folders = dict(data_folder_in=sys.argv[1], data_folder_out=sys.argv[1])
channel = Connection("filesystem://", transport_options=folders).channel()
for number in range(400):
    channel._put("q", {"number": number, "body": "x" * 20_000})
"""


def test_no_message_is_lost_while_two_processes_race(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.gettempdir", lambda: str(tmp_path.parent))
    harness = str(Path(adapter.__file__).parents[1])
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), harness])
    folders = {"data_folder_in": str(tmp_path), "data_folder_out": str(tmp_path)}
    found: list[int] = []
    with Connection("filesystem://", transport_options=folders) as line:
        channel = line.channel()
        end = time.monotonic() + 20
        while len(found) < 400 and time.monotonic() < end:
            try:
                found.append(channel._get("q")["number"])
            except filesystem.Empty:
                time.sleep(0.001)
    assert writer.wait(10) == 0
    assert found == list(range(400))


# the journal


def told(path: Path, *whats: str) -> Journal:
    journal = Journal(str(path / "journal"))
    for what in whats:
        journal.write(what, "t", wait=2, retries=0)
    return journal


@pytest.mark.parametrize(
    ("whats", "quiet"),
    [
        ("", True),
        ("sent", False),
        ("sent received", False),
        ("sent received acknowledged settled", False),  # early: it has yet to run
        ("sent received settled started", False),
        ("sent received settled started lost", True),
        ("sent received started ended acknowledged", False),  # late: the broker has yet to hear
        ("sent received started ended acknowledged settled", True),
        ("sent received started lost requeued", False),
        ("sent received started lost requeued received started ended settled", True),
        ("sent received sent started ended settled", False),  # a retry is on its way
        ("sent dropped", True),
    ],
)
def test_when_nothing_is_left(tmp_path: Path, whats: str, quiet: bool) -> None:
    assert told(tmp_path, *whats.split()).quiet() is quiet


def test_what_is_given_up_is_waited_for_no_more(tmp_path: Path) -> None:
    journal = told(tmp_path, "sent", "received", "started")
    journal.give_up()
    assert journal.quiet()
    journal.write("requeued", "t")
    journal.write("sent", "another")
    assert not journal.quiet()
    journal.write("settled", "another")
    assert journal.quiet()


def test_half_a_line_is_read_when_it_is_whole(tmp_path: Path) -> None:
    journal = told(tmp_path, "sent")
    with (tmp_path / "journal").open("a") as file:
        file.write('{"what": "dropped", ')
        file.flush()
        assert [entry["what"] for entry in journal.read()] == ["sent"]
        file.write('"id": "t"}\n')
    assert [entry["what"] for entry in journal.read()] == ["sent", "dropped"]


def test_a_long_story_is_cut(tmp_path: Path) -> None:
    journal = told(tmp_path, "sent", *["received", "started", "lost", "requeued"] * 5, "dropped")
    journal.write("sent", "t", wait=2.04, retries=1)
    journal.write("sent", "another")
    assert journal.story("t") == (
        "sent, delivered, its process killed, put back, delivered, …, "
        "its process killed, put back, dropped, sent again, to wait 2 s"
    )


def test_where_an_error_is(tmp_path: Path) -> None:
    root = str(tmp_path)
    code = compile("\n\ndef f():\n    return {}['x']\n", f"{root}/in/tasks.py", "exec")
    names: dict[str, Any] = {}
    exec(code, names)
    with pytest.raises(KeyError) as caught:
        names["f"]()
    found = place(caught.value, caught.value.__traceback__, root)
    assert found == {"error": "KeyError: 'x'", "file": "in/tasks.py", "line": 4}
    assert place(ValueError("y"), None, root) == {"error": "ValueError: y", "file": "", "line": 0}
