"""Takes away what a run that was cut off left on a server: the role ``tidy`` of a child.

The adapter of the engine does it: ``tidy(url, mark)`` in ``labkit/<variant>.py``.
"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    """Read one line of JSON from stdin: ``variant``, ``url``, ``mark``."""
    asked = json.loads(sys.stdin.readline())
    try:
        adapter = importlib.import_module(f"{__package__}.labkit.{asked['variant']}")
    except ImportError:
        return
    if tidy := getattr(adapter, "tidy", None):
        tidy(asked["url"], asked["mark"])
