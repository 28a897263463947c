"""What the system holds a run to: memory, processor time, sizes of files, processes."""

from __future__ import annotations

import os
import sys
from pathlib import Path

MIB = 1 << 20


def apply(limits: dict[str, float]) -> list[str]:
    """Set hard limits, which code cannot raise again; names of those that were accepted.

    Memory is RLIMIT_DATA: RLIMIT_AS also counts address space that threads only reserve.
    macOS refuses or ignores it.
    """
    if sys.platform == "win32":
        return []
    import resource

    wanted = {
        "DATA": int(limits["data_mb"]) * MIB,
        "FSIZE": int(limits["fsize_mb"]) * MIB,
        "CPU": int(limits.get("cpu_s", limits["total_s"] + 2)),
        "NOFILE": int(limits["open_files"]),
        "CORE": 0,
    }
    if running := tasks():
        wanted["NPROC"] = running + int(limits["processes"])
    applied = []
    for name, value in wanted.items():
        try:
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
        except (ValueError, OSError):
            continue
        applied.append(name)
    return applied


def tasks() -> int:
    """Threads of all processes of this user, which RLIMIT_NPROC counts; 0 where not known."""
    count, user = 0, os.getuid()
    try:
        for process in Path("/proc").iterdir():
            if process.name.isdigit():
                count += _threads(process, user)
    except OSError:
        return 0
    return count


def _threads(process: Path, user: int) -> int:
    try:
        return sum(1 for _ in (process / "task").iterdir()) if process.stat().st_uid == user else 0
    except OSError:
        return 0
