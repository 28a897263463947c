"""How much a run has written: what the limit on single files cannot see."""

import os
import time
from pathlib import Path

EVERY = 0.25
"""Seconds between two looks, so that they cost next to nothing."""
FILES = 10_000
MIB = 1 << 20


class Growth:
    """Watches a folder. ``most`` is in bytes, and counts what was there at the first look."""

    def __init__(self, folder: Path, most: float) -> None:
        self._folder, self._most = folder, most
        self._next = 0.0

    def trouble(self) -> str:
        """What is too much, in words, or "". Looks only now and then."""
        if time.monotonic() < self._next:
            return ""
        self._next = time.monotonic() + EVERY
        files, size = _count(str(self._folder))
        if files > FILES:
            return f"stopped: the program made more than {FILES:,} files"
        if size > self._most:
            return f"stopped: the program wrote more than {self._most / MIB:,.0f} MiB"
        return ""


def _count(folder: str) -> tuple[int, int]:
    """Files and folders below, and their bytes on the disk; gives up after `FILES`."""
    files = size = 0
    folders = [folder]
    while folders and files <= FILES:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    files += 1
                    if files > FILES:
                        break
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        size += _bytes(entry)
        except OSError:
            continue
    return files, size


def _bytes(entry: "os.DirEntry[str]") -> int:
    """What a file takes; a hole in it takes nothing."""
    try:
        stat = entry.stat(follow_symlinks=False)
    except OSError:
        return 0
    blocks = getattr(stat, "st_blocks", None)
    return stat.st_size if blocks is None else int(blocks) * 512
