"""Asks hadolint about a Dockerfile. It runs as a program of its own."""

from __future__ import annotations

import json
import os

from ..lintremark import Remark, call, tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SECONDS = 10.0


def remarks(path: Path, ignore: Sequence[str] = ()) -> list[Remark] | None:
    """What hadolint says about the file, but for the rules in ``ignore``.

    None when hadolint is not installed, does not end in time or gives no answer. A file that
    cannot be read as a Dockerfile is one remark of the level "error".
    """
    program = tool("hadolint")
    if not program:
        return None
    skipped = [word for rule in ignore for word in ("--ignore", rule)]
    # Without --config it would take a settings file of the folder or of the user.
    command = [program, "--no-color", "--config", os.devnull, "--format", "json", *skipped]
    done = call([*command, str(path)], path.parent, SECONDS)
    try:
        found = json.loads(done.stdout) if done else None
    except json.JSONDecodeError:
        return None
    if not isinstance(found, list):
        return None
    return [Remark(each["code"], each["message"], each["line"], each["level"]) for each in found]
