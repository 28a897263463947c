"""Labs: the parts of the model solution, and the proof that the checks hold."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from nexus_tui.course.check.files import Known
from nexus_tui.course.labfiles import CERTIFICATE
from nexus_tui.course.model import Lab, LabStep
from nexus_tui.course.problems import Problems
from nexus_tui.course.quizzes import file_fields

GAP = "____"
PARTS = (4, 8)
"""Fewest and most parts of a model solution."""


def check_steps(known: Known) -> None:
    """Note steps that do not fit the model solution."""
    for lab in known.labs.values():
        path = lab.head.path / "lab.yaml"
        if not PARTS[0] <= len(lab.steps) <= PARTS[1]:
            message = f"there are {len(lab.steps)} steps; {PARTS[0]} to {PARTS[1]} are meant"
            hint = "Split the model solution into `steps:`: its easier forms are made of them."
            known.warn(path, "steps:", message, hint, code="steps")
        for name in dict.fromkeys(step.file or lab.files[0] for step in lab.steps):
            if name in lab.files:
                _in_file(known, lab, name)
            else:
                known.add(path, name, f"`{name}` is no file of the lab", code="steps")


def _in_file(known: Known, lab: Lab, name: str) -> None:
    path, text = lab.head.path / "lab.yaml", known.text(lab.head.path / "solution" / name)
    rows = text.split("\n")
    steps = [step for step in lab.steps if (step.file or lab.files[0]) == name]
    starts: list[int] = []
    for step in steps:
        found = [number for number, row in enumerate(rows) if row.strip() == step.at]
        starts += found[:1]
        if len(found) != 1:
            message = f"`{step.at}` is {len(found)} lines of the solution's {name}, not one"
            known.add(path, step.at, message, "Name the part's first line.", code="steps")
    if len(starts) < len(steps):
        return
    for step, (before, start) in zip(steps[1:], pairwise(starts), strict=True):
        if start <= before:
            message = f"the steps of {name} are not in the order of the solution"
            known.add(path, step.at, message, code="steps")
            return
    for step, (start, end) in zip(steps, pairwise([*starts, len(rows)]), strict=True):
        for problem in _gaps(step, "\n".join(rows[start:end])):
            known.add(path, step.at, problem, code="gaps")


def _gaps(step: LabStep, part: str) -> Iterator[str]:
    if GAP in part:
        yield f"the part already holds `{GAP}`, which marks a gap"
    for gap in step.gaps:
        if not gap or gap not in part:
            yield f"the gap `{gap}` is not in the part that begins with `{step.at}`"
    places = sorted((part.find(gap), part.find(gap) + len(gap)) for gap in step.gaps)
    if any(end > start for (_, end), (start, _) in pairwise(places)):
        yield f"gaps overlap in the part that begins with `{step.at}`"


def check_certificates(known: Known) -> None:
    """Warn of labs whose checks were not proven as they are."""
    for lab in known.labs.values():
        path = lab.head.path / CERTIFICATE
        hint = f"Run: python -m nexus_tui.labs.certify {_shown(known, lab)} --write"
        if not path.is_file():
            known.warn(path, 0, "the lab is not certified", hint, code="certificate")
        elif _digest(known, path) != lab.digest:
            message = "the lab has changed since it was certified"
            known.warn(path, 0, message, hint, code="certificate")


def _digest(known: Known, path: Path) -> str:
    fields = file_fields(path, "the certificate", Problems(""))
    return fields.text("digest", "") if fields else ""


def _shown(known: Known, lab: Lab) -> str:
    return Problems.of(lab.head.path, known.layout.root).file
