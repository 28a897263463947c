"""Accidents and mischief: each gets a clear verdict, and leaves nothing behind."""

import os
import signal
import sys
import textwrap
from pathlib import Path

import pytest
from labs_support import SOLUTION, Bench, parent, processes, statuses, until

from nexus_tui.labs.child import sweep

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)
"""
FORGED = """
import json, os
for fd in range(3, 256):
    for event in ({"t": "check", "id": "first", "status": "pass"}, {"t": "end"}):
        try:
            os.write(fd, (json.dumps(event) + "\\n").encode())
        except OSError:
            pass
os._exit(0)
"""


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("while True: pass", "while True: pass"),
        ("sum(range(10 ** 13))", "sum(range(10 ** 13))"),
        ("import time\ntime.sleep(60)", "time.sleep(60)"),
        ("import re\nre.match('(a+)+$', 'a' * 60 + 'b')", "re.match('(a+)+$', 'a' * 60 + 'b')"),
        ("import threading\nthreading.Lock().acquire()\nx = threading.Event().wait()", "x = "),
    ],
    ids=["loop", "loop in C", "sleep", "regular expression", "waits for nobody"],
)
def test_hanging(attack, code: str, line: str) -> None:
    check = attack(code, hangs=True).checks[1]
    assert check.status == "timeout"
    assert check.code.startswith(line)
    assert "still running" in check.message


def test_memory_bit_by_bit(bench: Bench, attack) -> None:
    bench.limits["data_mb"] = 128
    check = attack("x = []\nwhile True: x.append(bytearray(1 << 22))").checks[1]
    assert check.status == "error"
    assert "more memory" in check.message


def test_hanging_and_swallowing_every_exception(attack) -> None:
    loop = "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
    result = attack(loop, hangs=True)
    assert result.checks[1].status == "timeout"
    assert not result.passed


def test_swallowing_the_alarm_is_no_pass(attack) -> None:
    late = "import time\ntry: time.sleep(60)\nexcept BaseException: pass"
    assert attack(late, hangs=True).checks[1].status == "timeout"


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("raise SystemExit(0)", "ended itself"),
        ("import sys; sys.exit()", "ended itself"),
        ("input()", "EOFError"),
        ("exit(0)", "ended itself"),
        ("x = [0] * 10 ** 10", "more memory"),
        ("x = bytearray(8 << 30)", "more memory"),
        ("while True: print('flood' * 100)", "wrote or printed more"),
        ("import os\nwhile True: os.write(1, b'flood' * 9999)", "wrote or printed more"),
        ("open('big', 'wb').write(b'0' * (1 << 22))", "wrote or printed more"),
        ("import os; os.kill(-1, 0)", "may only send signals"),
        ("import os; os.kill(os.getppid(), 9)", "may only send signals"),
        ("import socket; socket.create_connection(('example.org', 80))", "run offline"),
        ("import socket; socket.socket().connect(('192.0.2.1', 80))", "run offline"),
        ("import socket; socket.socket(2, 2).sendto(b'x', ('192.0.2.1', 53))", "run offline"),
        ("page(items, number, size)", "RecursionError"),
    ],
)
def test_refused_in_words(attack, code: str, words: str) -> None:
    result = attack(code)
    assert (result.complete, result.passed) == (True, False)
    assert statuses(result) == ["pass", "error", "error"]
    assert words in result.checks[1].message
    assert result.checks[1].line >= 3


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os; os._exit(0)", "ended by itself"),
        ("import os; os.kill(os.getpid(), 9)", "killed (signal 9)"),
        ("import os; os.closerange(0, 256)", "closed a pipe"),
        ("import ctypes; ctypes.string_at(0)", "killed (signal 11)"),
        (FORGED, "ended by itself"),
    ],
    ids=["_exit", "SIGKILL", "close", "crash", "forged"],
)
def test_ending_early_is_no_pass(attack, code: str, words: str) -> None:
    result = attack(code)
    assert words in result.stopped
    assert (result.complete, result.passed) == (False, False)
    assert statuses(result) == ["pass", "error", "skip"]


def test_ending_while_it_is_imported(attack) -> None:
    assert statuses(attack("import os\nos._exit(0)\n", whole=True)) == ["error", "skip", "skip"]


def test_crash_says_where(attack) -> None:
    check = attack("import ctypes\nctypes.string_at(0)").checks[1]
    assert check.message == "Python itself crashed: Segmentation fault"
    assert check.code == "ctypes.string_at(0)"


def test_meddling_with_the_harness(attack) -> None:
    code = """
    import builtins, json, os, sys, time
    for module in list(sys.modules.values()):
        for name in ("Fail", "registered", "check"):
            if hasattr(module, name) and "kit" in module.__name__:
                setattr(module, name, None)
    json.dumps = lambda *a, **k: '{"t": "end"}'
    os.write = os.getpid = time.perf_counter = lambda *a: 0
    builtins.isinstance = builtins.len = lambda *a: True
    sys.stdout = None
    def page(*a): return []
    """
    result = attack(textwrap.dedent(code), whole=True)
    assert statuses(result) == ["pass", "fail", "fail"]
    assert result.complete


def test_harness_cannot_be_imported(attack) -> None:
    assert "No module named 'labkit'" in attack("import labkit").checks[1].message


def test_fork_that_comes_back_reports_nothing(attack) -> None:
    result = attack("import os\nif os.fork(): os.wait()")
    assert result.passed
    result = attack("import os\nif os.fork() == 0: size = 99\nelse: os.wait(); size = 0")
    assert (result.complete, result.passed) == (True, False)


def test_small_fork_bomb(attack) -> None:
    bomb = "import os, time\nfor _ in range(6): os.fork()\ntime.sleep(60)\n"
    assert attack(bomb, whole=True, hangs=True).checks[0].status == "timeout"


def test_fork_bomb_is_bounded(bench: Bench, attack) -> None:
    bench.limits["processes"] = 12
    result = attack("import os\nwhile True: os.fork()\n", whole=True)
    assert (result.complete, result.passed) == (True, False)
    assert result.checks[0].status == "error"
    if sys.platform == "linux":
        assert "more processes than it may" in result.checks[0].message


def test_daemon_is_found(attack) -> None:
    assert attack(DAEMON + SOLUTION, whole=True).passed


def test_process_that_outlives_the_run(attack) -> None:
    code = "import subprocess\nsubprocess.Popen(['sleep', '60'], start_new_session=True)\n"
    assert attack(code + SOLUTION, whole=True).passed


def test_thread_and_exit_hook_do_not_hold_the_end_up(attack) -> None:
    code = "import atexit, threading, time\natexit.register(time.sleep, 60)\n"
    code += "threading.Thread(target=time.sleep, args=(60,)).start()\n"
    assert attack(code + SOLUTION, whole=True).passed


def test_deleting_its_workspace(attack) -> None:
    code = "import os, shutil; shutil.rmtree(os.getcwd(), ignore_errors=True)"
    result = attack(code)
    assert result.complete
    result = attack(code + "\nraise KeyError('after')")
    assert result.checks[1].code == "raise KeyError('after')"


def test_writing_outside(attack, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    check = attack(f"open({str(victim)!r}, 'w')").checks[1]
    assert "may only write inside their workspace" in check.message
    assert not victim.exists()


@linux
def test_kernel_stops_what_the_audit_hook_cannot_see(attack, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    result = attack(f"import subprocess; subprocess.run(['touch', {str(victim)!r}])")
    if any(guard.startswith("landlock") for guard in result.guards):
        assert not victim.exists()


def test_folder_without_rights_is_removed(attack, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    attack("import os; os.makedirs('d/e', exist_ok=True); os.chmod('d', 0)")
    assert list((tmp_path / "tmp").iterdir()) == []


@linux
def test_parent_killed_and_its_folder_swept(tmp_path: Path) -> None:
    code = f"b.run({DAEMON!r} + before_return('while True: pass'))"
    program = parent(tmp_path, code)
    until(lambda: len(processes(program.pid)) >= 3)
    program.send_signal(signal.SIGKILL)
    program.wait()
    until(lambda: not processes(program.pid))
    assert sweep() >= 1
    assert not list(Path(os.environ.get("TMPDIR", "/tmp")).glob(f"nexus-lab-{program.pid}-*"))
