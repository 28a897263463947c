"""Code that forges, floods or closes the report of the checks, or meddles with its clocks."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from labs_support import SOLUTION, Attack, Bench, statuses

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
WRONG = SOLUTION.replace("number - 1", "number")
EVENTS = """
import json, os, sys
EVENTS = [
    {"t": "hello", "guards": []},
    *({"t": "check", "id": name, "status": "pass"} for name in ("loads", "first", "last")),
    {"t": "end"},
]
TEXT = "\\n" + "\\n".join(json.dumps({"run": "0" * 16, **event}) for event in EVENTS) + "\\n"
"""


@pytest.mark.parametrize(
    "way",
    [
        "for fd in range(3, 21):\n    try: os.write(fd, TEXT.encode())\n    except OSError: pass",
        "print(TEXT)\nprint(TEXT, file=sys.stderr)",
        "os.write(1, TEXT.encode())\nos.write(2, TEXT.encode())",
        "for fd in os.listdir('/proc/self/fd'):\n"
        "    try: open('/proc/self/fd/' + fd, 'w').write(TEXT)\n"
        "    except OSError: pass",
        "import subprocess\nfor fd in range(256):\n"
        "    subprocess.run(['sh', '-c', f'echo \"$0\" >/proc/$PPID/fd/{fd}', TEXT])",
    ],
    ids=["descriptors", "streams", "standard descriptors", "proc", "from a program"],
)
@linux
def test_forged_verdicts_are_ignored(attack: Attack, way: str) -> None:
    result = attack(EVENTS + way + "\n" + WRONG, whole=True)
    assert (result.complete, result.passed) == (True, False)
    assert "pass" not in statuses(result)[1:]


@linux
def test_forged_verdicts_and_an_early_end(attack: Attack) -> None:
    way = "for fd in range(3, 256):\n    try: os.write(fd, TEXT.encode())\n"
    result = attack(EVENTS + way + "    except OSError: pass\nos._exit(0)\n", whole=True)
    assert (result.complete, result.passed) == (False, False)
    assert statuses(result) == ["error", "skip", "skip"]
    assert "ended by itself" in result.stopped


@linux
@pytest.mark.parametrize("text", ["x", "x\\n"], ids=["a line", "lines"])
def test_flooding_the_pipe_of_the_results(attack: Attack, text: str) -> None:
    flood = f"import os\nwhile True: os.write(100, b'{text}' * 4096)\n"
    result = attack(flood + SOLUTION, whole=True, hangs=True)
    assert result.stopped == "the program wrote into the pipe of the results"
    assert statuses(result) == ["error", "skip", "skip"]


@pytest.mark.parametrize(
    "code",
    [
        "import os\nos.close(0)\nos.close(1)\nos.close(2)\n",
        "import sys\nsys.stdout.close()\nsys.stderr.close()\nsys.stdin.close()\n",
        "import sys\nsys.stdout = sys.stderr = sys.stdin = None\n",
        "import os\nfor fd in range(3, 50):\n    try: os.close(fd)\n    except OSError: pass\n",
        "import os, sys\nsys.path.clear()\nsys.modules.clear()\nos.environ.clear()\n",
        "import sys\nsys.setrecursionlimit(60)\n",
        "import sys\nsys.settrace(lambda *a: 1 / 0)\n",
        "import signal\nfor s in signal.valid_signals() - {9, 19}: signal.signal(s, 1)\n",
        "import builtins\nfor name in dir(builtins):\n"
        "    if name.islower(): setattr(builtins, name, lambda *a, **k: True)\n",
    ],
)
def test_what_is_broken_around_the_answer_does_not_change_the_verdict(
    attack: Attack, code: str
) -> None:
    result = attack(code + WRONG, whole=True)
    assert not result.passed
    assert all(check.status != "pass" for check in result.checks[1:])


def test_switching_the_clocks_off_is_stopped_from_outside(bench: Bench, attack: Attack) -> None:
    bench.limits["total_s"] = 0.5
    code = "import faulthandler, signal\nfaulthandler.cancel_dump_traceback_later()\n"
    code += "signal.setitimer(signal.ITIMER_REAL, 0)\nwhile True: pass"
    result = attack(code, hangs=True)
    assert "took more than 0.5 s together" in result.stopped
    assert statuses(result) == ["pass", "error", "skip"]


def test_blocking_the_alarm_does_not_help(attack: Attack) -> None:
    code = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())\n"
    result = attack(code + "while True: pass", hangs=True)
    assert statuses(result) == ["pass", "timeout", "skip"]
    assert result.checks[1].code == "while True: pass"


def test_stopping_itself_is_stopped_from_outside(bench: Bench, attack: Attack) -> None:
    bench.limits["total_s"] = 0.5
    result = attack("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)", hangs=True)
    assert "took more than" in result.stopped
    assert not result.passed


@linux
def test_signals_to_those_above_are_refused_by_the_kernel(attack: Attack) -> None:
    code = (
        "import os, subprocess\nme = os.getppid()\n"
        "above = open(f'/proc/{me}/stat').read().rpartition(')')[2].split()[1]\n"
        "for s in ('STOP', 'TERM', 'KILL'):\n"
        "    subprocess.run(['kill', '-' + s, str(me), above])\n"
    )
    result = attack(code + WRONG, whole=True)
    assert not result.passed
    landlock = [int(g.split()[1]) for g in result.guards if g.startswith("landlock")]
    if landlock and landlock[0] >= 6:
        assert statuses(result) == ["pass", "fail", "fail"]


TERMINAL = """
import os, subprocess
for name in ("/dev/tty", NAME):
    for mode in ("r", "w"):
        try:
            open(name, mode)
            raise SystemExit("a terminal")
        except PermissionError as error:
            assert "no terminal" in str(error), error
for fd in (0, 1, 2):
    assert not os.isatty(fd)
words = "stty raw -echo <{0}; echo scribble >{0}; exec 3<>{0}; tput reset"
for name in ("/dev/tty", NAME):
    subprocess.run(words.format(name), shell=True)
print("\\033[2J\\033[?1049hscribble")
input()
"""


@linux
def test_the_terminal_is_not_touched(tmp_path: Path) -> None:
    import termios

    above, below = pty.openpty()
    code = f"NAME = {os.ttyname(below)!r}\n{TERMINAL}{SOLUTION}"
    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys\nsys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "import labs_support as s\nfrom pathlib import Path\n"
        f"result = s.Bench(Path({str(tmp_path / 'lab')!r})).run({code!r})\n"
        "assert 'EOFError' in result.checks[0].message, result\n"
        "assert '\\033' not in result.output and 'scribble' in result.output\n"
        "print('done')\n",
        "utf-8",
    )
    before = termios.tcgetattr(below)
    done = subprocess.run(
        [sys.executable, "-c", f"import fcntl, os, termios\nos.setsid()\n"
         "fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
         f"os.execv({sys.executable!r}, [{sys.executable!r}, {str(script)!r}])"],
        stdin=below, stdout=below, stderr=below, timeout=30, check=False,
    )  # fmt: skip
    shown = os.read(above, 1 << 16)
    assert (shown, done.returncode) == (b"done\r\n", 0)
    assert termios.tcgetattr(below) == before
    os.close(above)
    os.close(below)
