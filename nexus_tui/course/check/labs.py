"""Labs: what lab.yaml names must lie in the folder, and be enough."""

import re
from collections import Counter
from pathlib import Path

from nexus_tui.course.check.files import Known
from nexus_tui.course.model import Lab, LabMistake

_CHECK = re.compile(r"""^@(?:\w+\.)?check\(\s*["']([^"']+)["']""", re.MULTILINE)


def check_labs(known: Known) -> None:
    """Note what is missing in a lab's folder or in its lab.yaml."""
    for lab in known.labs.values():
        _files(known, lab)
        _checks(known, lab)
        _in_checks_py(known, lab)
        _mistakes(known, lab)
        _equivalent(known, lab)
        lines = len(known.text(lab.head.path / "brief.md").strip().split("\n"))
        if lines > 25:
            message = f"the brief has {lines} lines; 25 are the most"
            known.add(lab.head.path / "brief.md", 26, message, "Shorten it.", code="brief")


def _yaml(lab: Lab) -> Path:
    return lab.head.path / "lab.yaml"


def _files(known: Known, lab: Lab) -> None:
    for folder in ("starter", "solution"):
        for name in lab.files:
            if not (lab.head.path / folder / name).is_file():
                message = f"`{name}` is not in {folder}/"
                known.add(_yaml(lab), name, message, "Add the file.", code="missing-file")
        _strays(known, lab, folder)


def _strays(known: Known, lab: Lab, folder: str) -> None:
    base = lab.head.path / folder
    for path in sorted(base.rglob("*")):
        name = path.relative_to(base).as_posix()
        if path.is_file() and "__pycache__" not in path.parts and name not in lab.files:
            hint = "List it in `files:`, move it to files/, or delete it."
            known.add(path, 0, "lab.yaml does not list this file", hint, code="stray")


def _checks(known: Known, lab: Lab) -> None:
    ids = [check.id for check in lab.checks]
    if not 3 <= len(ids) <= 6:
        known.warn(
            _yaml(lab), "checks:", f"there are {len(ids)} checks; 3 to 6 are meant", code="checks"
        )
    for name in {name for name in ids if ids.count(name) > 1}:
        known.add(_yaml(lab), name, f"two checks are called `{name}`", code="duplicate-id")
    for at, check in enumerate(lab.checks):
        if check.needs and check.needs not in ids[:at]:
            message = f"`{check.id}` needs `{check.needs}`, which is no check before it"
            known.add(_yaml(lab), check.id, message, code="dangling")
        if len(check.hints) != 3:
            message = f"`{check.id}` has {len(check.hints)} hints; 3 are meant"
            known.warn(_yaml(lab), check.id, message, code="hints")


def _in_checks_py(known: Known, lab: Lab) -> None:
    path = lab.head.path / "checks.py"
    if not path.is_file():
        known.add(path, 0, "There is no such file", "Write the checks.", code="missing-file")
        return
    written = _CHECK.findall(known.text(path))
    for check in lab.checks:
        if check.id not in written:
            known.add(_yaml(lab), check.id, f"checks.py has no check `{check.id}`", code="dangling")
    for name in written:
        if name not in [check.id for check in lab.checks]:
            hint = "Add it to `checks:`."
            known.add(path, f'"{name}"', f"lab.yaml has no check `{name}`", hint, code="dangling")
    for name, number in Counter(written).items():
        if number > 1:
            known.add(path, f'"{name}"', f"two checks are called `{name}`", code="duplicate-id")


def _mistakes(known: Known, lab: Lab) -> None:
    ids, names = [check.id for check in lab.checks], [mistake.name for mistake in lab.mistakes]
    if len(names) < 3:
        known.add(
            _yaml(lab),
            "mistakes:",
            f"there are {len(names)} mistakes; at least 3 are meant",
            code="few-mistakes",
        )
    for name in {name for name in names if names.count(name) > 1}:
        known.add(_yaml(lab), name, f"two mistakes are called `{name}`", code="duplicate-id")
    for mistake in lab.mistakes:
        if mistake.fails not in ids:
            message = f"the mistake `{mistake.name}` fails `{mistake.fails}`, which is no check"
            known.add(_yaml(lab), mistake.name, message, code="dangling")
        _mistake_folder(known, lab, mistake)
    for path in sorted((lab.head.path / "mistakes").glob("*")):
        if path.is_dir() and path.name not in names and path.name != "__pycache__":
            hint = "Add it to `mistakes:`, or delete the folder."
            known.add(path, 0, "lab.yaml does not list this mistake", hint, code="stray")


def _mistake_folder(known: Known, lab: Lab, mistake: LabMistake) -> None:
    folder = lab.head.path / "mistakes" / mistake.name
    if not any((folder / name).is_file() for name in lab.files):
        message = f"mistakes/{mistake.name}/ has none of the lab's files"
        known.add(_yaml(lab), mistake.name, message, "Add the wrong file.", code="missing-file")
    for name in lab.files:
        path = folder / name
        if path.is_file() and known.text(path) == known.text(lab.head.path / "solution" / name):
            known.add(path, 0, "it is the same as the solution", "Delete it.", code="mistake")


def _equivalent(known: Known, lab: Lab) -> None:
    for mutant in lab.equivalent:
        rows = known.text(lab.head.path / "solution" / mutant.file).split("\n")
        if mutant.line > len(rows) or not rows[mutant.line - 1].strip():
            message = f"{mutant.file} of the solution has nothing in line {mutant.line}"
            known.add(_yaml(lab), mutant.now, message, "Correct the line.", code="dangling")
