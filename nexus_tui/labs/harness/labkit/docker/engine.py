"""Asks a Docker engine about a Dockerfile, where one runs: ``docker build --check``.

As "Checking your build configuration" in Docker's documentation says, the steps are not executed,
and the command ends with a code other than 0 when it has remarks. They are printed as the rule's
name and address, the words, and the place, such as ``Dockerfile:7``.
"""

from __future__ import annotations

import re

from ..lintremark import Remark, call, tool
from .step import fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

SECONDS = 60.0
REMARK = re.compile(
    r"^(?:WARNING: )?(?P<rule>[A-Z]\w+) - https?://\S+\n(?P<words>.+)\n[^\n:]*:(?P<line>\d+)$",
    re.MULTILINE,
)
BROKEN = re.compile(r"dockerfile parse error on line (?P<line>\d+): (?P<words>.+)")


def remarks(folder: Path, seconds: float = SECONDS) -> list[Remark] | None:
    """The engine's remarks on the Dockerfile of a folder.

    None when there is no engine or it could not do the check (offline, for example). `Fail` with
    the line when the engine cannot read the file.
    """
    program = tool("docker")
    done = call([program, "build", "--check", "."], folder, seconds) if program else None
    if done is None:
        return None
    said = done.stdout + done.stderr
    if broken := BROKEN.search(said):
        raise fail(f"Docker cannot read this: {broken['words']}", int(broken["line"]))
    found = [
        Remark(each["rule"], each["words"], int(each["line"])) for each in REMARK.finditer(said)
    ]
    return found if found or done.returncode == 0 else None
