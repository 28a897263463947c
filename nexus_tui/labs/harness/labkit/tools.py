"""What ruff and mypy say of a file of the learner's, with a configuration that lies in the lab.

Rules are named one by one and no file of settings is read: what a tool reports by default differs
from one version to the next, and from one machine to another.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass

from . import Fail
from .lintremark import Remark, call, tool

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import Any

SECONDS = 10.0
LONGEST = 240
"""Characters of a message that are shown."""
RUFF = ("--isolated", "--no-cache", "--quiet")
MYPY = ("--strict", "--config-file=", f"--cache-dir={os.devnull}", "--no-error-summary")
HUNK = re.compile(r"@@ -(\d+)")
WORDS = {
    "A001": "The name is that of a built-in function, which cannot be reached here any more",
    "A002": "The parameter has the name of a built-in function, which it hides in this function",
    "B006": "A default is made once, at `def`: every call that leaves it out shares this one value",
    "B008": "A default is worked out once, at `def`, not anew in each call",
    "B904": "Say `raise … from error`: else the reason is lost from the traceback",
    "BLE001": "It catches every error, also those of a bug. Name the one that is expected",
    "E711": "There is one `None`, so ask who it is, not what it is equal to",
    "E722": "It catches everything, even the request to stop. Name what is expected",
    "F401": "Whoever reads it looks for where it is used",
    "F811": "The second definition takes the place of the first",
    "F821": "Nothing gives this name a value: is it misspelled?",
    "F841": "Something is worked out and never used: is it needed, or was it forgotten?",
    "S110": "The error is gone, and with it the only sign that something went wrong",
    "S112": "The error is gone, and with it the only sign that something went wrong",
    "invalid-syntax": "Python cannot read the file",
    "assignment": "The value and the name have different types",
    "arg-type": "The function is given another type than it takes",
    "comparison-overlap": "The two can never be equal, so the answer is always the same",
    "no-untyped-def": "Without types, mypy leaves the calls of this function unchecked",
    "return-value": "The function can give back something else than it says",
    "type-arg": "It does not say what is in it",
    "union-attr": "One of the types it may have lacks this",
}
"""What a rule of ruff's, or a code of mypy's, means."""


@dataclass(frozen=True)
class Change:
    """The first place a formatter would change: a line from 1, what is there and what it wants."""

    line: int
    was: str
    now: str


def run(name: str, folder: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a tool in a folder. `Fail` when it is not installed, does not start, or takes long."""
    program = tool(name)
    if not program:
        raise Fail(f"{name} is not installed: python -m pip install 'nexus-tui[tools]'")
    done = call([program, *arguments], folder, SECONDS)
    if done is None:
        raise Fail(f"{name} did not come to an end within {SECONDS:g} s")
    return done


def ruff(path: Path, rules: Sequence[str]) -> list[Remark]:
    """What the linter finds by these rules, such as "B" or "E711", in the order of lines.

    `# noqa` is heeded: `silencers` finds it.
    """
    options = ("--output-format=json", "--target-version=py311", "--select", ",".join(rules))
    done = run("ruff", path.parent, ["check", *RUFF, *options, path.name])
    found = [
        Remark(item["code"] or "invalid-syntax", item["message"], item["location"]["row"])
        for item in _json("ruff", done)
    ]
    return sorted(found, key=lambda remark: remark.line)


def _json(name: str, done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    try:
        answer: list[dict[str, Any]] = json.loads(done.stdout)
    except ValueError as error:
        raise Fail(f"{name} could not judge the file: {_said(done)}") from error
    return answer


def _said(done: subprocess.CompletedProcess[str]) -> str:
    return cut((done.stderr or done.stdout).strip())


def reformatted(path: Path) -> Change | None:
    """The first lines that `ruff format` would change; None when it would leave all as it is."""
    done = run(
        "ruff", path.parent, ["format", *RUFF, "--diff", "--target-version=py311", path.name]
    )
    if done.returncode not in (0, 1):
        raise Fail(f"ruff format could not read the file: {_said(done)}")
    lines = done.stdout.splitlines()[2:]
    return _first(lines) if done.returncode else None


def _first(diff: Sequence[str]) -> Change:
    """The first run of lines that begin with a minus or a plus."""
    line = 0
    changed: list[str] = []
    for text in diff:
        if hunk := HUNK.match(text):
            line = int(hunk[1])
        elif text[:1] in ("-", "+"):
            changed.append(text)
        elif changed:
            break
        else:
            line += 1
    was, now = ([text[1:] for text in changed if text[0] == sign] for sign in "-+")
    return Change(line, _shown(was), _shown(now))


def _shown(lines: Sequence[str]) -> str:
    return "\n".join(line.rstrip() or "(an empty line)" for line in lines[:6]) or "nothing"


def mypy(path: Path, options: Sequence[str] = ()) -> list[Remark]:
    """What `mypy --strict` finds in a file, and in those it imports, in mypy's order.

    Takes half a second of processor time or more: ask once in a run.
    """
    done = run("mypy", path.parent, [*MYPY, "--output=json", *options, path.name])
    if done.returncode not in (0, 1):
        return [_unread(done)]
    return list(_typed(done.stdout))


def _unread(done: subprocess.CompletedProcess[str]) -> Remark:
    """What mypy says when it cannot even begin, such as about the syntax."""
    for remark in _typed(done.stdout):
        return remark
    raise Fail(f"mypy could not judge the file: {_said(done)}")


def _typed(output: str) -> Iterator[Remark]:
    for text in output.splitlines():
        if text.startswith("{"):
            item = json.loads(text)
            if item["severity"] == "error":
                yield Remark(item["code"] or "", item["message"], item["line"], "error")


def fail_at_first(
    name: str, file: str, remarks: Sequence[Remark], words: Mapping[str, str] = WORDS
) -> None:
    """Raise a `Fail` with the first of the remarks, and how many there are besides."""
    if not remarks:
        return
    first, more = remarks[0], len(remarks) - 1
    text = f"{name}: {first.rule}: {cut(first.message).rstrip('.')}."
    if meaning := words.get(first.rule):
        text += f" {meaning}."
    text += f" And {more} more." if more else ""
    raise Fail(text, file=file, line=first.line)


def cut(text: str) -> str:
    """A text that is not too long to be read."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
