"""Takes away System V shared memory whose maker was killed: nothing else ever would. Linux only.

A PostgreSQL that is told to end does so itself; one that is killed, or was only being made, cannot.
"""

from __future__ import annotations

from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

TABLE = Path("/proc/sysvipc/shm")
REMOVE = 0


def release(makers: Collection[int], since: float) -> list[int]:
    """Remove the segments that these processes made since then and nobody uses; their ids."""
    try:
        rows = TABLE.read_text("ascii").splitlines()
    except OSError:
        return []
    names = rows[0].split()
    found = [dict(zip(names, map(int, row.split()), strict=False)) for row in rows[1:]]
    left = [
        segment["shmid"]
        for segment in found
        if segment["cpid"] in makers and not segment["nattch"] and segment["ctime"] >= int(since)
    ]
    if left:
        import ctypes

        libc = ctypes.CDLL(None)
        for number in left:
            libc.shmctl(number, REMOVE, None)
    return left
