"""What actionlint and zizmor say of a workflow, offline, each in a process of its own.

actionlint knows the language: events, keys, types of expressions. zizmor knows how workflows are
attacked. zizmor refuses a file that does not fit the schema, so ask actionlint first.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .. import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

SECONDS = 5
LONGEST = 300
"""Characters of a message that are shown."""
ACTIONLINT = ("-no-color", "-shellcheck=", "-pyflakes=", "-format", "{{json .}}")
ZIZMOR = (
    "--offline",
    "--no-progress",
    "--quiet",
    "--no-config",
    "--no-ignores",
    "--format",
    "json",
)
WORDS = {
    "template-injection": "text that others write becomes part of a script: `${{ … }}` is put in "
    "before the shell reads it. Hand it over in `env:`, and use the variable in quotes",
    "dangerous-triggers": "this event runs with the secrets of the repository, also for the pull "
    "request of a stranger. Use `pull_request`",
    "unpinned-uses": "a tag can be moved to other code. Pin the action to the full SHA of a commit",
    "excessive-permissions": "the token of the job may do more than the job needs",
    "artipacked": "the checkout leaves its token in `.git/config`, which an artifact may carry on",
    "secrets-inherit": "all secrets are handed on, needed or not",
    "overprovisioned-secrets": "all secrets at once get into the job, needed or not",
}
"""What zizmor's findings mean, in a learner's words."""


@dataclass(frozen=True)
class Finding:
    """One finding: the tool's name of the rule, ``severity`` in lower case, words, and the line."""

    rule: str
    severity: str
    message: str
    line: int


def tool(name: str) -> str:
    """Path of a program that a wheel brought, else of one on PATH. `Fail` when there is none."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which(name, path=beside) or shutil.which(name)
    if not found:
        raise Fail(f"{name} is not installed: python -m pip install 'nexus-tui[tools]'")
    return found


def actionlint(path: Path) -> list[Finding]:
    """actionlint's findings in the order of lines. ``rule`` is its kind, such as ``events``.

    "injection" is the kind of its warnings of untrusted text, "deprecated" of old actions.
    """
    found = _ask("actionlint", *ACTIONLINT, str(path))
    return [_linted(item) for item in sorted(found, key=lambda item: item["line"])]


def _linted(item: dict[str, Any]) -> Finding:
    message, kind = str(item["message"]), str(item["kind"])
    if "potentially untrusted" in message:
        kind = "injection"
    elif "deprecated" in message:
        kind = "deprecated"
    # What follows is addresses, and lists of all that would be allowed.
    short = message.partition(". see http")[0].partition(". available ")[0]
    return Finding(kind, "error", _cut(short), int(item["line"]))


def zizmor(path: Path) -> list[Finding]:
    """zizmor's findings in the order of lines. ``rule`` is its name, such as ``unpinned-uses``."""
    found = [_audited(item) for item in _ask("zizmor", *ZIZMOR, str(path))]
    return sorted(found, key=lambda finding: finding.line)


def _audited(item: dict[str, Any]) -> Finding:
    places = item["locations"]
    place = next((p for p in places if p["symbolic"].get("kind") == "Primary"), places[0])
    line = int(place["concrete"]["location"]["start_point"]["row"]) + 1
    message = WORDS.get(item["ident"]) or f"{item['desc']}: {place['symbolic']['annotation']}"
    severity = str(item["determinations"]["severity"]).lower()
    return Finding(str(item["ident"]), severity, _cut(message), line)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _ask(name: str, *arguments: str) -> Any:
    """Run a tool that prints JSON; its answer. `Fail` when it gives none."""
    done = subprocess.run(
        [tool(name), *arguments],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    try:
        return json.loads(done.stdout)
    except ValueError as error:
        said = (done.stderr or done.stdout).strip()[-LONGEST:]
        raise Fail(f"{name} could not judge the file: {said}") from error
