"""Ids: none twice, none of a file that nobody lists."""

from collections import Counter
from pathlib import Path

from nexus_tui.course.check.files import Known
from nexus_tui.course.modules import ModuleFile

_KINDS = ("lessons", "labs", "challenges")


def check_ids(known: Known) -> None:
    """Note ids that stand twice, and files that no list names."""
    _groups(known)
    for module, file in known.modules.items():
        _names(known, module, file)
        _stray_files(known, module)
    _stray_modules(known)
    _terms(known)


def _groups(known: Known) -> None:
    groups = known.course.groups if known.course else ()
    counted = Counter(module for group in groups for module in group.modules)
    for module, number in counted.items():
        if number > 1:
            message = f"the module `{module}` is listed {number} times"
            known.add(known.layout.course, module, message, "Keep one.", code="duplicate-id")


def _names(known: Known, module: str, file: ModuleFile) -> None:
    """Lessons, labs and challenges of a module share one space of names."""
    places: dict[str, list[str]] = {}
    for kind in _KINDS:
        for name in getattr(file, kind):
            places.setdefault(name, []).append(kind)
    for name, kinds in places.items():
        if len(kinds) > 1:
            message = f"`{name}` is listed twice ({', '.join(kinds)})"
            path = known.layout.module(module)
            known.add(path, name, message, "Rename one.", code="duplicate-id")


def _stray_files(known: Known, module: str) -> None:
    root = known.layout.root
    lessons = known.listed("lessons")
    for path in sorted((root / "lessons" / module).glob("*.md")):
        _listed(known, path, f"{module}/{path.stem}", lessons, "lessons")
    for path in sorted((root / "quizzes" / module).glob("*.yaml")):
        if f"{module}/{path.stem}" not in lessons:
            hint = f"List `{path.stem}` in module.yaml, or delete the file."
            known.add(path, 0, "The quiz belongs to no lesson", hint, code="stray")
    for path in sorted((root / "quizzes" / module / "challenges").glob("*.yaml")):
        _listed(known, path, f"{module}/{path.stem}", known.listed("challenges"), "challenges")
    for path in sorted((root / "labs" / module).glob("*/lab.yaml")):
        _listed(known, path, f"{module}/{path.parent.name}", known.listed("labs"), "labs")


def _listed(known: Known, path: Path, name: str, listed: set[str], kind: str) -> None:
    if name not in listed:
        hint = f"Add `{name.partition('/')[2]}` to `{kind}:`, or delete it."
        known.add(path, 0, "No module.yaml lists this file", hint, code="stray")


def _stray_modules(known: Known) -> None:
    groups = known.course.groups if known.course else ()
    listed = {module for group in groups for module in group.modules}
    for path in sorted((known.layout.root / "lessons").glob("*/module.yaml")):
        if path.parent.name not in listed:
            hint = "Add it to a group, or delete the folder."
            known.add(path, 0, "course.yaml does not list this module", hint, code="stray")


def _terms(known: Known) -> None:
    owners: dict[str, str] = {}
    for module, file in known.modules.items():
        for term in file.terms:
            first = owners.setdefault(term.word.lower(), module)
            path = known.layout.module(module)
            again = [other for other in file.terms if other.word.lower() == term.word.lower()]
            if first != module or again[0] is not term:
                message = f"the term `{term.word}` is defined twice (first in {first})"
                known.add(path, term.word, message, "Keep one.", code="duplicate-term")
