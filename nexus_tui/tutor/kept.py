"""Sums over ten thousand memories, kept in the cache folder from one start to the next."""

import json
from collections.abc import Mapping
from pathlib import Path

from nexus_tui.course.index import write_whole

Sums = Mapping[str, list[float]]
"""By lesson: recall of its questions and labs now, in 30 days, and how many were met."""


def load(path: Path, key: list[object]) -> Sums | None:
    """What was kept under this key; None when it is of another day, record or course."""
    try:
        data = json.loads(path.read_bytes())
        sums = data["sums"]
        fits = data["key"] == key and all(len(entry) == 3 for entry in sums.values())
        return sums if fits else None
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None


def save(path: Path, key: list[object], sums: Sums) -> None:
    """Keep them. A folder that cannot be written is no error."""
    write_whole(path, json.dumps({"key": key, "sums": sums}).encode())
