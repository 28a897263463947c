"""What the parent does for engines: prepares them before a run, tidies servers after one."""

import contextlib
import json
import secrets
import shutil
import subprocess
import time
from pathlib import Path

from nexus_tui import paths
from nexus_tui.errors import NexusError
from nexus_tui.labs.child import Child, scratch
from nexus_tui.labs.protocol import RunRequest

FAREWELL = 3.0
"""Seconds a server has to let go of what a run left there."""


def mark() -> str:
    """A name for what one run writes on a server: ``nexus_lab_<seconds>_<random>``."""
    return f"nexus_lab_{int(time.time())}_{secrets.token_hex(4)}"


def template(request: RunRequest) -> Path | None:
    """A PostgreSQL cluster to copy, made once and kept in the cache; None when none is needed.

    None as well when it cannot be made or kept: then the run makes its own, half a second
    later. A copy beside the learner's code, so that no run can spoil it for the next.
    """
    if request.variant != "postgres" or request.url:
        return None
    from nexus_tui.labs.harness.labkit import pgserver

    programs = pgserver.binaries()
    if programs is None:
        return None
    try:
        kept = paths.places().cache / "postgres" / _release(programs)
        if not (kept / "PG_VERSION").exists():
            _keep(programs, kept)
    except (OSError, subprocess.SubprocessError, shutil.Error, NexusError):
        return None
    return kept


def _release(programs: Path) -> str:
    """A name that differs between releases: a cluster serves only the one that made it."""
    done = subprocess.run(
        [programs / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=5
    )
    return "-".join(word for word in done.stdout.split() if word[0].isdigit())


def _keep(programs: Path, kept: Path) -> None:
    """Make a cluster apart and move it into the cache in one step: another run may do so too."""
    from nexus_tui.labs.harness.labkit import pgserver

    with scratch() as folder:
        pgserver.initdb(programs, folder / "data")
        kept.parent.mkdir(parents=True, exist_ok=True)
        near = kept.with_name(f"{kept.name}.{secrets.token_hex(4)}")
        try:
            shutil.copytree(folder / "data", near, copy_function=shutil.copyfile)
            with contextlib.suppress(OSError):
                near.replace(kept)
        finally:
            shutil.rmtree(near, ignore_errors=True)


def tidy(request: RunRequest, mark: str, folder: Path) -> None:
    """Take away what a run that was cut off left on the learner's own server."""
    child = Child("tidy", folder)
    try:
        asked = {"variant": request.variant, "url": request.url, "mark": mark}
        child.send(json.dumps(asked).encode() + b"\n")
        child.wait(FAREWELL)
    finally:
        child.kill()
