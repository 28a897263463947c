"""Runs a lesson's samples, each alone in a fresh child process and an empty folder.

``python -m nexus_tui.labs.samples [--write] FILE.md …`` does so for lesson files.
"""

import marshal
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from nexus_tui.labs.child import Child, scratch, shown

MOST = 20_000
"""Bytes of output after which a sample is stopped."""
TICK = 0.05
"""Seconds between two looks at the clock and at ``cancel`` while nothing is printed."""


@dataclass(frozen=True, slots=True)
class SampleResult:
    """What a sample did. ``stopped`` says why it was cut off, or is empty."""

    output: str
    ok: bool
    """It ended by itself and no exception reached its end."""
    stopped: str
    ms: float


def run_sample(
    language: str,
    source: str,
    *,
    setup: Path | None = None,
    paths: tuple[Path, ...] = (),
    seconds: float = 5.0,
    cancel: threading.Event | None = None,
) -> SampleResult:
    """Run ``python`` or ``sql`` text after ``setup``, with ``paths`` on ``sys.path``."""
    began = time.perf_counter()
    request = {
        "language": language,
        "source": source,
        "setup": str(setup.resolve()) if setup else "",
        "paths": [str(path.resolve()) for path in paths],
        "seconds": seconds,
    }
    with scratch() as folder:
        child = Child("sample", folder, merged=True)
        try:
            child.send(marshal.dumps(request))
            child.close()
            data, stopped = _follow(child, began + seconds, seconds, cancel)
        finally:
            code = child.kill()
    if not stopped and code < 0:
        stopped = f"ended by signal {-code}"
    ms = (time.perf_counter() - began) * 1000
    return SampleResult(shown(data, MOST), not stopped and code == 0, stopped, ms)


def _follow(
    child: Child, end: float, seconds: float, cancel: threading.Event | None
) -> tuple[bytes, str]:
    """Everything printed, and why the child has to be stopped ("" when it ended by itself)."""
    data = b""
    while (chunk := child.read(TICK)) != b"":
        data += chunk or b""
        if cancel and cancel.is_set():
            return data, "cancelled"
        if len(data) > MOST:
            return data, f"stopped: it printed more than {MOST // 1000} kB"
        if time.perf_counter() > end:
            return data, f"stopped after {seconds:g} s"
    return data, ""


if __name__ == "__main__":
    from nexus_tui.labs.lessons import main

    raise SystemExit(main())
