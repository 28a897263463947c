"""Small changes to a Dockerfile and to a .dockerignore.

The Dockerfile is cut by the parser that labs use. Where that is not installed, no text is valid,
and so there are no mutants.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nexus_tui.labs.certify.edit import Edit

if TYPE_CHECKING:
    from e2b_dockerfile_utils import DockerfileInstruction

ELSEWHERE = "elsewhere/"
STEPS = ("RUN", "COPY", "ADD", "WORKDIR")
OF_RUN = ("USER", "ENV", "ARG", "SHELL")
"""Settings that a RUN is run with."""
WORD = re.compile(r"\S+")
LINK = re.compile(r"\s*&&\s*(?:\\\n\s*)?")


@dataclass(frozen=True, slots=True)
class Part:
    """An instruction and where it stands: characters, the last line's end included."""

    item: "DockerfileInstruction"
    start: int
    end: int
    text: str

    def words(self) -> list[tuple[int, int, str]]:
        """The words after the instruction's name, with their places."""
        body = self.text.partition("\n")[0] if self.item.heredocs else self.text
        found = [(m.start() + self.start, m.end() + self.start, m[0]) for m in WORD.finditer(body)]
        return [word for word in found[1:] if word[2] != "\\"]


def valid(text: str) -> bool:
    """Whether BuildKit's grammar takes it, and a FROM comes first (but for ARG)."""
    try:
        from e2b_dockerfile_utils import parse_dockerfile_ast

        names = [item.name for item in parse_dockerfile_ast(text).instructions]
    except (ImportError, ValueError):
        return False
    rest = [name for name in names if name != "ARG"]
    return rest[:1] == ["FROM"]


def edits(text: str) -> Iterator[Edit]:
    """All changes to a Dockerfile."""
    parts = list(_parts(text))
    for part in parts:
        yield Edit(part.start, part.end, "")
        yield from _of_kind(part)
    for one, two in pairwise(parts):
        if _order_matters(one.item, two.item):
            between = text[one.end : two.start]
            first = one.text if one.text.endswith("\n") else one.text + "\n"
            second = two.text if two.text.endswith("\n") else two.text + "\n"
            yield Edit(one.start, two.end, second + between + first)


def _parts(text: str) -> Iterator[Part]:
    from e2b_dockerfile_utils import parse_dockerfile_ast

    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    for item in parse_dockerfile_ast(text).instructions:
        start, end = starts[item.start_line - 1], starts[item.end_line]
        yield Part(item, start, end, text[start:end])


def _of_kind(part: Part) -> Iterator[Edit]:
    """Changes that belong to the kind of instruction."""
    match part.item.name:
        case "FROM":
            yield from _from(part)
        case "COPY" | "ADD":
            yield from _flags(part)
            yield from _copy(part)
        case "RUN":
            yield from _flags(part)
            yield from _chain(part)
        case "USER":
            start, end, _ = part.words()[0]
            yield Edit(start, end, "0")
    if part.item.json and part.item.name in ("CMD", "ENTRYPOINT", "RUN"):
        yield from _array(part)


def _from(part: Part) -> Iterator[Edit]:
    """Another image: without its tag, or not the small variant."""
    words = [word for word in part.words() if not word[2].startswith("--")]
    start, end, image = words[0]
    name, colon, tag = image.partition(":")
    if colon:
        yield Edit(start, end, name)
        yield Edit(start, end, f"{name}:latest")
    if "-slim" in tag:
        yield Edit(start, end, f"{name}:{tag.replace('-slim', '')}")


def _flags(part: Part) -> Iterator[Edit]:
    """Leave out each word that begins with a dash."""
    for start, end, word in part.words():
        if word.startswith("-") and word.strip("-"):
            yield Edit(start, end + 1, "")


def _copy(part: Part) -> Iterator[Edit]:
    """Take everything, leave out a source, or put it elsewhere."""
    words = [word for word in part.words() if not word[2].startswith("--")]
    if part.item.json or part.item.heredocs or len(words) < 2:
        return
    for start, end, word in words[:-1]:
        if word not in (".", "./"):
            yield Edit(start, end, ".")
        if len(words) > 2:
            yield Edit(start, end + 1, "")
    start, end, _ = words[-1]
    yield Edit(start, end, ELSEWHERE)


def _chain(part: Part) -> Iterator[Edit]:
    """Leave out each command of ``a && b``."""
    links = list(LINK.finditer(part.text))
    if part.item.json or part.item.heredocs or not links:
        return
    words = [word for word in part.words() if word[2] not in part.item.flags]
    first = words[0][0]
    yield Edit(first, part.start + links[0].end(), "")
    stops = [*(link.start() for link in links[1:]), len(part.text.rstrip("\n"))]
    for link, stop in zip(links, stops, strict=True):
        yield Edit(part.start + link.start(), part.start + stop, "")


def _array(part: Part) -> Iterator[Edit]:
    """The shell form instead, and the array without each of its words."""
    start = part.start + part.text.index("[")
    end = part.start + part.text.rindex("]") + 1
    words = part.item.args
    yield Edit(start, end, " ".join(words))
    for at in range(len(words) if len(words) > 1 else 0):
        yield Edit(start, end, json.dumps(words[:at] + words[at + 1 :]))


def _order_matters(one: "DockerfileInstruction", two: "DockerfileInstruction") -> bool:
    """Whether two neighbors mean something else the other way round.

    Settings such as CMD or EXPOSE can stand anywhere in their stage.
    """
    names = {one.name, two.name}
    if "FROM" in names:
        return True
    if "WORKDIR" in names:
        other = two if one.name == "WORKDIR" else one
        return other.name == "RUN" or (other.name in STEPS and other.args[-1][:1] != "/")
    if "RUN" in names:
        return bool(names & {*STEPS[1:], *OF_RUN}) or len(names) == 1
    return names <= {"ARG", "ENV"}


def ignore_valid(text: str) -> bool:
    """Whether each pattern can be read."""
    try:
        from e2b_dockerfile_utils import PatternMatcher

        PatternMatcher(text.splitlines())
    except (ImportError, ValueError):
        return False
    return True


def ignore_edits(text: str) -> Iterator[Edit]:
    """All changes to a .dockerignore: a pattern gone, turned round, narrower, all-embracing."""
    start = 0
    for line in text.splitlines(keepends=True):
        pattern = line.strip()
        end = start + len(line.rstrip("\n"))
        if pattern and not pattern.startswith("#"):
            yield Edit(start, start + len(line), "")
            yield Edit(start, end, pattern[1:] if pattern.startswith("!") else f"!{pattern}")
            yield Edit(start, end, "*")
            if pattern.startswith("**/"):
                yield Edit(start, end, pattern.removeprefix("**/"))
        start += len(line)
