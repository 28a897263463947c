"""Build the outline from the course's files; what is broken is in it, with its problem."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from nexus_tui.course.labfiles import read_lab_head
from nexus_tui.course.layout import Layout
from nexus_tui.course.lessons import read_lesson_file
from nexus_tui.course.model import ChallengeHead, LabHead, LessonHead, Module, Outline
from nexus_tui.course.modules import ModuleFile, read_course_file, read_module_file
from nexus_tui.course.problems import Problems
from nexus_tui.course.quizzes import read_challenge_head, read_question_ids

_Head = TypeVar("_Head", LessonHead, LabHead, ChallengeHead)


@dataclass(slots=True)
class Builder:
    """Reads every file the outline needs, and remembers which."""

    layout: Layout
    files: list[Path] = field(default_factory=list)
    """Every file that was looked for, there or not."""

    def build(self) -> Outline:
        """Return the outline. Raises NexusError only when course.yaml cannot be read."""
        problems = self._open(self.layout.course)
        course = read_course_file(self.layout.course, problems)
        problems.stop()
        assert course is not None
        names = [name for group in course.groups for name in group.modules]
        modules = {name: self._module(name) for name in names}
        return Outline(
            *(course.title, course.language, course.groups, modules),
            *(course.retired, course.paths, course.to_come),
        )

    def _open(self, path: Path) -> Problems:
        self.files.append(path)
        return Problems.of(path, self.layout.root)

    def _module(self, name: str) -> Module:
        path = self.layout.module(name)
        problems = self._open(path)
        file = read_module_file(path, name, problems) or ModuleFile(name, "")
        module = replace(file.module(name), title=file.title or name, problem=first(problems))
        return replace(
            module,
            lessons=tuple(self._lesson(f"{name}/{lesson}") for lesson in file.lessons),
            labs=tuple(self._lab(f"{name}/{lab}") for lab in file.labs),
            challenges=tuple(self._challenge(f"{name}/{item}") for item in file.challenges),
        )

    def _lesson(self, lesson: str) -> LessonHead:
        path, quiz = self.layout.lesson(lesson), self.layout.quiz(lesson)
        problems = self._open(path)
        file = read_lesson_file(path, lesson, problems)
        empty = LessonHead(lesson, "", 0, (), (), (), (), str(path))
        self.files.append(quiz)
        head = replace(file.head if file else empty, questions=read_question_ids(quiz, lesson))
        return _finished(head, problems)

    def _lab(self, lab: str) -> LabHead:
        folder = self.layout.lab(lab)
        problems = self._open(folder / "lab.yaml")
        head = read_lab_head(folder, lab, problems)
        return _finished(head or LabHead(lab, "", 0, "", "", folder), problems)

    def _challenge(self, challenge: str) -> ChallengeHead:
        path = self.layout.challenge(challenge)
        problems = self._open(path)
        head = read_challenge_head(path, challenge, problems)
        return _finished(head or ChallengeHead(challenge, "", 0, "", (), path), problems)


def first(problems: Problems) -> str:
    """Return the first error in words, or ""."""
    return next((str(problem) for problem in problems.errors), "")


def _finished(head: _Head, problems: Problems) -> _Head:
    """Return the head with its problem, and a title in any case."""
    title = head.title or head.id.partition("/")[2]
    return replace(head, title=title, problem=first(problems))
