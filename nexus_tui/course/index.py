"""The outline as JSON in the cache folder: read at every start, so it imports next to nothing."""

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

from nexus_tui import __version__
from nexus_tui.course.model import (
    Branch,
    ChallengeHead,
    Fork,
    Group,
    Inline,
    LabHead,
    LearningPath,
    LessonHead,
    Module,
    Need,
    Objective,
    Outline,
    Span,
    Term,
)
from nexus_tui.course.value import value

VERSION = [3, __version__]
"""Raise the number when what the index holds changes."""

_Stamp = list[Any]


@value
class Index:
    """Where the outline of the course at ``root`` is kept."""

    root: Path
    folder: Path
    trust: Path | None = None
    """A file made by the build: while it is the same, no other file is looked at."""

    @property
    def path(self) -> Path:
        """The index's file."""
        return self.folder / f"outline-{crc32(os.fsencode(self.root)):08x}.json"

    @property
    def version(self) -> str:
        """When the index was written, and how long it is."""
        return "-".join(map(str, stamp(str(self.path))[1:]))

    def load(self) -> Outline | None:
        """Return the outline, or None when there is none, or it is stale or damaged."""
        try:
            data = json.loads(self.path.read_bytes())
            if data["version"] != VERSION or data["root"] != str(self.root):
                return None
            return _outline(data["outline"], self.root) if self._fresh(data) else None
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None

    def save(self, outline: Outline, files: Iterable[Path]) -> None:
        """Write the index, whole or not at all. A folder that cannot be written is no error."""
        data = {
            "version": VERSION,
            "root": str(self.root),
            "trust": stamp(str(self.trust)) if self.trust else None,
            "files": [stamp(str(path)) for path in files],
            "outline": _plain(outline, self.root),
        }
        text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        write_whole(self.path, text.encode("utf-8", "surrogateescape"))

    def _fresh(self, data: dict[str, Any]) -> bool:
        if self.trust is not None and data["trust"] is not None and self.trust.exists():
            return bool(stamp(str(self.trust)) == data["trust"])
        return all(_same(*entry) for entry in data["files"])


def _same(path: str, size: int, changed: int) -> bool:
    """Whether a file is as it was stamped."""
    try:
        found = os.stat(path)  # noqa: PTH116 - as in `stamp`
    except OSError:
        return size == -1
    return found.st_size == size and found.st_mtime_ns == changed


def stamp(path: str) -> _Stamp:
    """Return path, size and time of change; size -1 for a file that is not there."""
    try:
        found = os.stat(path)  # noqa: PTH116 - half the time of Path.stat, thousands of times
    except OSError:
        return [path, -1, 0]
    return [path, found.st_size, found.st_mtime_ns]


def write_whole(path: Path, data: bytes) -> None:
    """Replace ``path`` by ``data`` in one step; give up quietly where nothing can be written."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        try:
            part.unlink(missing_ok=True)
        except OSError:
            return


def _plain(outline: Outline, root: Path) -> list[Any]:
    modules = [_plain_module(module, root) for module in outline.modules.values()]
    groups = [[group.title, group.modules] for group in outline.groups]
    ways = [
        [path.id, path.title, path.whom, [_plain_step(step) for step in path.steps], path.ends]
        for path in outline.paths
    ]
    rest = [dict(outline.retired), ways, dict(outline.to_come)]
    return [outline.title, outline.language, groups, modules, *rest]


def _plain_step(step: str | Fork) -> Any:
    if isinstance(step, str):
        return step
    return [step.id, step.ask, [[one.id, one.text, one.steps] for one in step.branches]]


def _plain_module(module: Module, root: Path) -> list[Any]:
    return [
        [module.id, module.title, module.summary, module.problem],
        [_plain_lesson(head, root) for head in module.lessons],
        [[h.id, h.title, h.minutes, h.summary, h.lesson, h.problem] for h in module.labs],
        [[h.id, h.title, h.minutes, h.summary, h.steps, h.problem] for h in module.challenges],
        [[need.id, need.why] for need in module.needs],
        module.confusable,
        [[term.word, _plain_inline(term.definition), term.see] for term in module.terms],
    ]


def _plain_lesson(head: LessonHead, root: Path) -> list[Any]:
    return [
        *(head.id, head.title, head.minutes),
        [[objective.key, objective.text] for objective in head.objectives],
        [[need.id, need.why] for need in head.needs],
        *(head.sections, head.questions, head.problem),
    ]


def _plain_inline(text: Inline) -> list[Any]:
    return [text.text, [[s.start, s.end, s.kind, s.target] for s in text.spans]]


def _outline(data: list[Any], root: Path) -> Outline:
    from nexus_tui.course.layout import Layout

    title, language, groups, modules, retired, ways, to_come = data
    found = [_module(item, Layout(root)) for item in modules]
    return Outline(
        title,
        language,
        tuple(Group(name, tuple(ids)) for name, ids in groups),
        {module.id: module for module in found},
        retired,
        tuple(_path(*item) for item in ways),
        to_come,
    )


def _path(name: str, title: str, whom: str, steps: list[Any], ends: str) -> LearningPath:
    return LearningPath(name, title, whom, tuple(map(_step, steps)), ends)


def _step(data: Any) -> str | Fork:
    if isinstance(data, str):
        return data
    name, ask, branches = data
    return Fork(name, ask, tuple(Branch(id, text, tuple(ids)) for id, text, ids in branches))


def _module(data: list[Any], layout: Any) -> Module:
    (name, title, summary, problem), lessons, labs, challenges, needs, confusable, terms = data
    folder = f"{layout.root / 'lessons'}{os.sep}"
    return Module(
        id=name,
        title=title,
        summary=summary,
        lessons=tuple([_lesson(item, folder) for item in lessons]),
        labs=tuple(_lab(item, layout) for item in labs),
        challenges=tuple(_challenge(item, layout) for item in challenges),
        needs=tuple(Need(*need) for need in needs),
        confusable=tuple((one, two) for one, two in confusable),
        terms=tuple(Term(word, _inline(text), tuple(see), name) for word, text, see in terms),
        problem=problem,
    )


def _lesson(data: list[Any], lessons: str) -> LessonHead:
    name, title, minutes, objectives, needs, sections, questions, problem = data
    return LessonHead(
        *(name, title, minutes),
        tuple([Objective(*item) for item in objectives]),
        tuple([Need(*item) for item in needs]),
        tuple(sections),
        tuple(questions),
        f"{lessons}{name}.md",
        problem,
    )


def _lab(data: list[Any], layout: Any) -> LabHead:
    name, title, minutes, summary, lesson, problem = data
    return LabHead(name, title, minutes, summary, lesson, layout.lab(name), problem)


def _challenge(data: list[Any], layout: Any) -> ChallengeHead:
    name, title, minutes, summary, steps, problem = data
    return ChallengeHead(
        name, title, minutes, summary, tuple(steps), layout.challenge(name), problem
    )


def _inline(data: list[Any]) -> Inline:
    return Inline(data[0], tuple(Span(*span) for span in data[1]))
