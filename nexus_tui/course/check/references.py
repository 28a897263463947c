"""References: whatever a file names must be there."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path

from nexus_tui.course.check.files import Known
from nexus_tui.course.check.walk import inlines
from nexus_tui.course.model import Block, Code, Need, Question


def check_references(known: Known) -> None:
    """Note everything that is named and is not there."""
    for module, file in known.modules.items():
        path = known.layout.module(module)
        _needs(known, path, file.needs, module)
        _see(known, module)
        for pair in file.confusable:
            for name in pair:
                _there(known, path, name, known.questions(), "question")
    for name, lesson in known.lessons.items():
        _needs(known, lesson.head.path, lesson.head.needs, name)
        for section in lesson.sections:
            _blocks(known, lesson.head.path, section.blocks, name)
    _challenges(known)
    _labs(known)
    _retired(known)


def _challenges(known: Known) -> None:
    for name, challenge in known.challenges.items():
        _blocks(known, challenge.head.path, challenge.story, name)
    for question in known.questions().values():
        _setup(known, _home(known, question), question.on, question.lesson, question.line)


def _home(known: Known, question: Question) -> Path:
    owner = question.lesson
    return known.layout.quiz(owner) if owner in known.quizzes else known.layout.challenge(owner)


def _labs(known: Known) -> None:
    for name, lab in known.labs.items():
        path = lab.head.path / "lab.yaml"
        _needs(known, path, lab.needs, name)
        _blocks(known, lab.head.path / "brief.md", lab.brief, name)
        _blocks(known, lab.head.path / "solution.md", lab.solution_notes, name)
        if lab.head.lesson:
            _there(known, path, lab.head.lesson, known.listed("lessons"), "lesson")


def _needs(known: Known, path: Path, needs: Iterable[Need], owner: str) -> None:
    ids = _subjects(known)
    for need in needs:
        if need.id == owner:
            known.add(path, need.id, f"`{owner}` needs itself", "Take it out.", code="cycle")
        else:
            _there(known, path, need.id, ids, "module or lesson")


def _subjects(known: Known) -> set[str]:
    """Return the ids of lessons and modules, those whose own files are broken too."""
    groups = known.course.groups if known.course else ()
    return {name for group in groups for name in group.modules} | known.listed("lessons")


def _see(known: Known, module: str) -> None:
    words = {term.word for file in known.modules.values() for term in file.terms}
    path = known.layout.module(module)
    for term in known.modules[module].terms:
        for name in term.see:
            _there(known, path, name, {*words, *known.listed("lessons")}, "lesson or term")


def _blocks(known: Known, path: Path, blocks: tuple[Block, ...], owner: str) -> None:
    """Check the links and setups that blocks name."""
    everything = known.listed("lessons") | known.listed("labs") | known.listed("challenges")
    for link in _links(blocks):
        _there(known, path, link, everything, "lesson, lab or challenge")
    for block in blocks:
        if isinstance(block, Code) and block.run:
            _setup(known, path, block.on, owner, block.line)


def _links(blocks: tuple[Block, ...]) -> Iterator[str]:
    for text in inlines(blocks):
        for span in text.spans:
            if span.kind == "link" and not span.target.startswith("https:"):
                yield span.target


def _setup(known: Known, path: Path, name: str, owner: str, line: int) -> None:
    folders = known.layout.setups(owner.partition("/")[0])
    if name and not any((folder / f"{name}.py").is_file() for folder in folders):
        hint = f"Create lessons/on/{name}.py, or correct `on`."
        known.add(path, line, f"there is no setup `{name}`", hint, code="dangling")


def _there(known: Known, path: Path, name: str, ids: Iterable[str], what: str) -> None:
    if name in ids:
        return
    near = get_close_matches(name, list(ids), 1)
    hint = f"Did you mean `{near[0]}`?" if near else "Correct it, or take it out."
    known.add(path, name, f"there is no {what} `{name}`", hint, code="dangling")


def _retired(known: Known) -> None:
    """A retired id must be gone, and its successor there, perhaps over several steps."""
    retired = known.course.retired if known.course else {}
    ids = {*known.modules, *known.questions()}
    ids |= known.listed("lessons") | known.listed("labs") | known.listed("challenges")
    for old, new in retired.items():
        path = known.layout.course
        if old in ids:
            hint = "Take it out of `retired`, or delete what it names."
            known.add(path, old, f"`{old}` is retired and still there", hint, code="retired")
        if new not in retired:
            _there(known, path, new, ids, "successor")
