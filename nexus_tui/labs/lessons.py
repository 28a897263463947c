"""The authors' side of samples: runs those of a lesson file and compares, or writes, outputs."""

import argparse
import difflib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nexus_tui.labs.samples import SampleResult, run_sample

OPEN = re.compile(r"^(?P<lead>[ >]*)(?P<marks>`{3,}|~{3,})(?P<info>[^`]*)$")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fence of a lesson: line numbers count from 0, ``end`` is the closing line."""

    words: tuple[str, ...]
    source: str
    start: int
    end: int

    @property
    def on(self) -> str:
        """Name of the setup, or ""."""
        return next((word[3:] for word in self.words if word.startswith("on=")), "")


@dataclass(frozen=True, slots=True)
class Sample:
    """A fence that runs, and the fence of its output if there is one."""

    fence: Fence
    output: Fence | None


def fences(lines: list[str]) -> Iterator[Fence]:
    """The fences of a Markdown text."""
    at = 0
    while at < len(lines):
        opened = OPEN.match(lines[at])
        if opened:
            lead = opened["lead"]
            end = _closing(lines, at, lead, opened["marks"])
            body = [_inner(line, lead) for line in lines[at + 1 : end]]
            yield Fence(tuple(opened["info"].split()), "\n".join(body), at, end)
            at = end
        at += 1


def _closing(lines: list[str], start: int, lead: str, marks: str) -> int:
    for at in range(start + 1, len(lines)):
        text = _inner(lines[at], lead).strip()
        if len(text) >= len(marks) and set(text) == {marks[0]}:
            return at
    return len(lines)


def _inner(line: str, lead: str) -> str:
    """A line of a fence without the indentation or quote marks that the fence stands in."""
    return line[len(lead) :] if line.startswith(lead) else line.lstrip(" >")


def samples(lines: list[str]) -> list[Sample]:
    """The fences with the word ``run``, each with the output that follows directly."""
    found = list(fences(lines))
    runs = []
    for fence, after in zip(found, [*found[1:], None], strict=True):
        if "run" in fence.words[1:]:
            own = after and after.words[:1] == ("output",)
            between = lines[fence.end + 1 : after.start] if after else []
            near = own and not any(line.strip() for line in between)
            runs.append(Sample(fence, after if near else None))
    return runs


def setup_paths(lesson: Path) -> tuple[Path, ...]:
    """The ``on`` folders of a lesson: its module's, then the shared one."""
    folders = (lesson.parent / "on", lesson.parent.parent / "on")
    return tuple(folder.resolve() for folder in folders if folder.is_dir())


def find_setup(name: str, paths: tuple[Path, ...]) -> Path | None:
    """The file of a setup; None when no folder has it."""
    return next((path / f"{name}.py" for path in paths if (path / f"{name}.py").is_file()), None)


def tidy(text: str) -> list[str]:
    """Lines to compare: white space at their ends and empty lines at the end do not count."""
    return [line.rstrip() for line in text.rstrip().splitlines()]


def run(sample: Sample, paths: tuple[Path, ...]) -> SampleResult:
    """Run one sample of a lesson."""
    name = sample.fence.on
    setup = find_setup(name, paths) if name else None
    if name and not setup:
        return SampleResult("", False, f"no setup {name}.py in an on/ folder", 0)
    return run_sample(sample.fence.words[0], sample.fence.source, setup=setup, paths=paths)


def report(lesson: Path) -> int:
    """Print what each sample of a lesson really prints; how many differ from the lesson."""
    lines = lesson.read_text("utf-8").splitlines()
    return sum(_report_one(lesson, sample) for sample in samples(lines))


def _report_one(lesson: Path, sample: Sample) -> bool:
    result = run(sample, setup_paths(lesson))
    print(f"── {lesson}:{sample.fence.start + 1}  {' '.join(sample.fence.words)}", end="")
    print(f"  ({result.ms:.0f} ms)")
    print(result.output.rstrip())
    if result.stopped:
        print(f"!! {result.stopped}")
    return _differs(sample, result) or bool(result.stopped)


def _differs(sample: Sample, result: SampleResult) -> bool:
    if not sample.output:
        if result.output.strip():
            print("-- no output fence")
        return False
    names = ("the lesson says", "it prints")
    said, prints = tidy(sample.output.source), tidy(result.output)
    diff = list(difflib.unified_diff(said, prints, *names, lineterm="", n=1))
    print("\n".join(diff) if diff else "== as the lesson says")
    return bool(diff)


def write(lesson: Path) -> int:
    """Put the real output under each sample; how many could not be written.

    Each runs twice: what prints something else the second time is left alone and named.
    """
    lines = lesson.read_text("utf-8").splitlines()
    failed = 0
    for sample in reversed(samples(lines)):
        once, twice = (run(sample, setup_paths(lesson)) for _ in range(2))
        why = once.stopped or ("" if once.output == twice.output else "prints other text each time")
        if why:
            print(f"!! {lesson}:{sample.fence.start + 1}: {why}")
            failed += 1
        else:
            _place(lines, sample, tidy(once.output))
    lesson.write_text("\n".join(lines) + "\n", "utf-8")
    return failed


def _place(lines: list[str], sample: Sample, output: list[str]) -> None:
    fence = sample.output
    start, end = sample.fence.end + 1, fence.end + 1 if fence else sample.fence.end + 1
    opened = OPEN.match(lines[sample.fence.start])
    lead = opened["lead"] if opened else ""
    marks = "````" if any("```" in line for line in output) else "```"
    new = ["", f"{marks}output", *output, marks] if output else []
    lines[start:end] = [(lead + line).rstrip() for line in new]


def main(arguments: list[str] | None = None) -> int:
    """The command line; 1 when a sample differs, was stopped or could not be written."""
    parser = argparse.ArgumentParser(prog="python -m nexus_tui.labs.samples", description=__doc__)
    parser.add_argument("lessons", nargs="+", type=Path, metavar="FILE.md")
    parser.add_argument("--write", action="store_true", help="put the real output into the file")
    options = parser.parse_args(arguments)
    act = write if options.write else report
    bad = sum(act(lesson) for lesson in options.lessons)
    if bad:
        print(f"{bad} to look at", file=sys.stderr)
    return int(bad > 0)
