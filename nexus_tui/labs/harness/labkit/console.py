"""Does what a page tells its reader to type: all shell blocks, in order, in one shell.

As for a newcomer: a fresh copy of the project, a home of one's own, no variable set, and Python
without the packages of the course. A block in `sh` is typed as it is; in `console`, what follows
"$ " is typed and the lines under it are what it prints. A block `text` or `output` that follows,
before the next heading, is what the shell block before it prints.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from . import Fail
from .newcomer import environment
from .workflow.shell import TOO_LATE, bash, run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .markdown import Fence

SHELL = ("sh", "bash", "shell", "zsh")
CONSOLE = ("console", "shell-session", "shellsession")
OUTPUT = ("text", "output", "txt")
PROMPT = re.compile(r"^\$ (?P<rest>.*)$")
ANYTHING = ("...", "…")
STEP = """\
source '{state}/{number}.sh' >'{state}/{number}.out' 2>&1
echo done >'{state}/{number}.done'
"""
START = """\
set -E
trap 'echo "$? $LINENO" >"{state}/failed"; exit 1' ERR
cd '{project}'
"""


@dataclass
class Step:
    """Something to type: lines, the first one's line in the page, and what it should print.

    ``want`` is None when the page does not say. After a run, ``got`` is what it printed.
    """

    lines: list[str]
    line: int
    want: list[str] | None = None
    want_line: int = 0
    got: list[str] = field(default_factory=list)
    done: bool = False


@dataclass(frozen=True)
class Session:
    """What came of it: the steps, the line (0: none) and exit code where it ended ill.

    ``seen`` has the names of the files that were watched and executed, each with its ``argv``.
    """

    steps: list[Step]
    failed_line: int
    code: int
    seen: list[tuple[str, list[str]]]

    @property
    def late(self) -> bool:
        """Whether it was ended because its time was up."""
        return self.code == TOO_LATE


def steps(fences: Sequence[Fence]) -> list[Step]:
    """What there is to type, in order."""
    found: list[Step] = []
    last: Fence | None = None
    for fence in fences:
        if fence.language in CONSOLE:
            found += _typed(fence)
        elif fence.language in SHELL:
            found.append(Step(list(fence.lines), fence.line))
        elif fence.language in OUTPUT and last and last.section == fence.section:
            found[-1].want, found[-1].want_line = list(fence.lines), fence.line
        shell = fence.language in SHELL and any(line.strip() for line in fence.lines)
        last = fence if shell else None
    return found


def _typed(fence: Fence) -> Iterator[Step]:
    """The commands of a session, each with the lines up to the next."""
    step: Step | None = None
    for at, line in enumerate(fence.lines):
        if prompt := PROMPT.match(line):
            if step:
                yield step
            step = Step([prompt["rest"]], fence.line + at, None, fence.line + at + 1)
        elif step and step.lines[-1].endswith("\\") and step.want is None:
            step.lines.append(line.removeprefix("> "))
        elif step:
            step.want = [*(step.want or []), line]
    if step:
        yield step


def follow(todo: list[Step], project: Path, state: Path, seconds: float) -> Session:
    """Type all of it in ``project``, up to the first command that fails.

    ``state`` is an empty folder outside of the project. `Fail` where there is no bash.
    """
    if not bash():
        raise Fail("this lab types commands, and there is no bash here (on Windows: Git Bash)")
    words = [bash(), "--noprofile", "--norc", str(_script(todo, project, state))]
    code, said = run(words, project, environment(state), seconds, state / "out")
    for number, step in enumerate(todo):
        step.done = (state / f"{number}.done").exists()
        if (output := state / f"{number}.out").exists():
            said_here = output.read_text("utf-8", "replace")
            step.got = said_here.replace(f"{state}/{number}.sh: ", "").splitlines()
    line, code = _end(todo, state, code, said)
    seen = state / "seen"
    lines = seen.read_text("utf-8").splitlines() if seen.exists() else []
    return Session(todo, line, code, [tuple(json.loads(line)) for line in lines])


def _script(todo: Sequence[Step], project: Path, state: Path) -> Path:
    """A script that reads one file for each step, with the page's own numbers of lines."""
    parts = [START.format(project=project, state=state)]
    for number, step in enumerate(todo):
        text = "\n" * (step.line - 1) + "\n".join(step.lines) + "\n"
        (state / f"{number}.sh").write_text(text, "utf-8")
        parts.append(STEP.format(state=state, number=number))
    script = state / "all.sh"
    script.write_text("".join(parts), "utf-8")
    return script


def _end(todo: Sequence[Step], state: Path, code: int, said: str) -> tuple[int, int]:
    """Line of the page and exit code of what failed; (0, 0) when all was done."""
    undone = next((step for step in todo if not step.done), None)
    if undone is None:
        return 0, 0
    failed = state / "failed"
    if failed.exists():
        status, line = failed.read_text().split()[:2]
        last = undone.line + len(undone.lines) - 1
        return min(max(int(line), undone.line), last), int(status)
    undone.got = undone.got or said.splitlines()
    return undone.line, code


def differs(step: Step) -> int:
    """Line of the page, from 1, that is not what was printed; 0 when the page is right.

    A line "..." stands for any lines. Spaces at the ends of lines do not count.
    """
    want, got = _trimmed(step.want or []), _trimmed(step.got)
    at = 0
    for number, line in enumerate(want):
        if line.strip() in ANYTHING:
            rest = want[number + 1 :]
            follows = rest[0] if rest else None
            while at < len(got) and got[at] != follows:
                at += 1
        elif at >= len(got) or got[at] != line:
            return step.want_line + number
        else:
            at += 1
    return step.want_line + max(len(want) - 1, 0) if at < len(got) else 0


def _trimmed(lines: Sequence[str]) -> list[str]:
    """Without spaces at the ends, and without empty lines at the end."""
    return "\n".join(line.rstrip() for line in lines).rstrip().splitlines()
