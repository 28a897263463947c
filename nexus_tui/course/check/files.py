"""Read every file of a course, keeping what could be read for the rules to look at."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from nexus_tui.course.files import read_text
from nexus_tui.course.labfiles import read_lab
from nexus_tui.course.layout import Layout
from nexus_tui.course.lessons import LessonFile, lesson_of, read_lesson_file
from nexus_tui.course.model import Challenge, Lab, Lesson, Question
from nexus_tui.course.modules import CourseFile, ModuleFile, read_course_file, read_module_file
from nexus_tui.course.problems import Problems, Severity
from nexus_tui.course.quizzes import read_challenge, read_quiz


@dataclass(slots=True)
class Known:
    """The course as far as it can be read."""

    layout: Layout
    problems: Problems
    course: CourseFile | None = None
    modules: dict[str, ModuleFile] = field(default_factory=dict)
    files: dict[str, LessonFile] = field(default_factory=dict)
    lessons: dict[str, Lesson] = field(default_factory=dict)
    quizzes: dict[str, tuple[Question, ...]] = field(default_factory=dict)
    challenges: dict[str, Challenge] = field(default_factory=dict)
    labs: dict[str, Lab] = field(default_factory=dict)
    texts: dict[Path, str] = field(default_factory=dict)

    def at(self, path: Path) -> Problems:
        """Return a collector for a file."""
        return self.problems.at(Problems.of(path, self.layout.root).file)

    def text(self, path: Path) -> str:
        """Return a file's text, "" when it cannot be read (that is noted elsewhere)."""
        if path not in self.texts:
            self.texts[path] = read_text(path, Problems("")) or ""
        return self.texts[path]

    def line(self, path: Path, words: str) -> int:
        """Return the first line of a file that holds ``words`` as whole words, 0 for none."""
        found = re.search(rf"(?<![\w/-]){re.escape(words)}(?![\w/-])", self.text(path))
        return self.text(path).count("\n", 0, found.start()) + 1 if found else 0

    def add(
        self,
        path: Path,
        at: int | str,
        message: str,
        hint: str = "",
        *,
        code: str,
        severity: Severity = "error",
    ) -> None:
        """Note a problem at a line, or at the first line that holds the words ``at``."""
        line = self.line(path, at) if isinstance(at, str) else at
        self.at(path).add(line, message, hint, code=code, severity=severity)

    def warn(self, path: Path, at: int | str, message: str, hint: str = "", *, code: str) -> None:
        """Note something to look at."""
        self.add(path, at, message, hint, code=code, severity="warning")

    def questions(self) -> dict[str, Question]:
        """Return every question and step by its full id."""
        lists = [*self.quizzes.values(), *(item.steps for item in self.challenges.values())]
        return {question.id: question for items in lists for question in items}

    def listed(self, kind: str) -> set[str]:
        """Return the ids that module.yaml files list as ``lessons``, ``labs``, ``challenges``."""
        return {
            f"{module}/{name}"
            for module, file in self.modules.items()
            for name in getattr(file, kind)
        }

    def counts(self) -> dict[str, int]:
        """Return how much there is of everything."""
        return {
            "modules": len(self.modules),
            "lessons": len(self.lessons),
            "questions": len(self.questions()),
            "challenges": len(self.challenges),
            "labs": len(self.labs),
        }


def read_all(root: Path) -> Known:
    """Read the course at ``root``."""
    known = Known(Layout(root), Problems(""))
    path = known.layout.course
    known.course = read_course_file(path, known.at(path))
    for group in known.course.groups if known.course else ():
        for module in group.modules:
            if module not in known.modules:
                _read_module(known, module)
    return known


def _read_module(known: Known, module: str) -> None:
    path = known.layout.module(module)
    file = read_module_file(path, module, known.at(path))
    if file is None:
        return
    known.modules[module] = file
    for name in dict.fromkeys(file.lessons):
        _read_lesson(known, f"{module}/{name}")
    for name in dict.fromkeys(file.challenges):
        _read_challenge(known, f"{module}/{name}")
    for name in dict.fromkeys(file.labs):
        _read_lab(known, f"{module}/{name}")


def _read_lesson(known: Known, lesson: str) -> None:
    path = known.layout.quiz(lesson)
    quiz = read_quiz(path, lesson, known.at(path))
    known.quizzes[lesson] = quiz
    path = known.layout.lesson(lesson)
    file = read_lesson_file(path, lesson, known.at(path))
    if file:
        known.files[lesson] = file
        known.lessons[lesson] = lesson_of(file, tuple(question.id for question in quiz))


def _read_challenge(known: Known, name: str) -> None:
    path = known.layout.challenge(name)
    challenge = read_challenge(path, name, known.at(path))
    if challenge:
        known.challenges[name] = challenge


def _read_lab(known: Known, name: str) -> None:
    folder = known.layout.lab(name)
    lab = read_lab(folder, name, known.at(folder / "lab.yaml"))
    if lab:
        known.labs[name] = lab
