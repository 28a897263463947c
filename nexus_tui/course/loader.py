"""The course, opened file by file as it is asked for."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zlib import crc32

from nexus_tui.course.index import Index, stamp
from nexus_tui.course.layout import Layout
from nexus_tui.course.model import Challenge, Lab, Lesson, Outline, Question
from nexus_tui.errors import NexusError

if TYPE_CHECKING:
    from nexus_tui.course.handbook import Occasion
    from nexus_tui.course.problems import Problems

_KEPT = 32
"""Files kept in memory, read."""
_T = TypeVar("_T")


class Course:
    """A course on disk. Cheap to make; every method opens only what it needs.

    ``cache`` is the folder for the outline's index; without it the outline is built from the
    files. ``trust_stamp`` names a file that the build writes: while that is unchanged, the index
    is taken without looking at the course's files.
    """

    def __init__(
        self, root: Path, *, cache: Path | None = None, trust_stamp: Path | None = None
    ) -> None:
        self.root = root.absolute()
        self.layout = Layout(self.root)
        self._index = Index(self.root, cache, trust_stamp) if cache else None
        self._outline: Outline | None = None
        self._built = 0
        """How often the outline was made from the files."""
        self._read: OrderedDict[tuple[str, str], tuple[object, Any]] = OrderedDict()

    def outline(self) -> Outline:
        """Return the outline. Raises NexusError only when course.yaml cannot be read."""
        if self._outline is None:
            self._outline = (self._index.load() if self._index else None) or self._build()
        return self._outline

    @property
    def version(self) -> str:
        """Another one whenever the outline was made anew; the same from start to start."""
        self.outline()
        return f"{self._index.version if self._index else ''}+{self._built}"

    def refresh(self) -> None:
        """Forget the outline, so that the next call looks at the files again."""
        self._outline = None

    def _build(self) -> Outline:
        from nexus_tui.course.outline import Builder

        self._built += 1
        builder = Builder(self.layout)
        outline = builder.build()
        if self._index:
            self._index.save(outline, builder.files)
        return outline

    def resolve(self, subject: str) -> str:
        """Return the id that follows ``subject`` when it, or what it lies in, was retired."""
        retired = self.outline().retired
        for _ in range(len(retired)):
            owner, sign, name = subject.partition("#")
            if subject in retired:
                subject = retired[subject]
            elif owner in retired:
                subject = retired[owner] + sign + name
            else:
                break
        return subject

    def handbook(self) -> "tuple[Occasion, ...]":
        """Return which lessons to read again when. Raises NexusError when course.yaml is broken."""
        from nexus_tui.course.modules import read_course_file

        problems = self._problems(self.layout.course)
        file = read_course_file(self.layout.course, problems)
        problems.stop()
        assert file is not None
        return file.handbook

    def lesson(self, lesson: str) -> Lesson:
        """Return a lesson."""
        head = self._known(lesson, "lesson", "lessons")
        files = [head.path, self.layout.quiz(head.id)]
        return self._once("lesson", head.id, files, self._lesson)

    def quiz(self, lesson: str) -> tuple[Question, ...]:
        """Return the questions of a lesson, () when it has no quiz."""
        head = self._known(lesson, "lesson", "lessons")
        path = self.layout.quiz(head.id)
        return self._once("quiz", head.id, [path], self._quiz) if path.exists() else ()

    def challenge(self, challenge: str) -> Challenge:
        """Return a challenge."""
        head = self._known(challenge, "challenge", "challenges")
        return self._once("challenge", head.id, [head.path], self._challenge)

    def lab(self, lab: str) -> Lab:
        """Return a lab."""
        head = self._known(lab, "lab", "labs")
        return self._once(
            "lab", head.id, [head.path / "lab.yaml", head.path / "brief.md"], self._lab
        )

    def question(self, full_id: str) -> Question:
        """Return a question of a lesson's quiz, or a step of a challenge, by its full id."""
        full_id = self.resolve(full_id)
        owner = full_id.partition("#")[0]
        module = self.outline().modules.get(owner.partition("/")[0])
        challenges = [head.id for head in module.challenges] if module else []
        found = self.challenge(owner).steps if owner in challenges else self.quiz(owner)
        for question in found:
            if question.id == full_id:
                return question
        raise _unknown("question", full_id, [question.id for question in found])

    def setup(self, subject: str, name: str) -> Path:
        """Return the file of a setup, the module's own before the shared one."""
        for folder in self.setup_paths(subject):
            path = folder / f"{name}.py"
            if name.isidentifier() and path.is_file():
                return path
        hint = f"Create lessons/on/{name}.py, or correct `on`."
        raise NexusError(f"There is no setup `{name}` for {subject}", hint)

    def setup_paths(self, subject: str) -> tuple[Path, ...]:
        """Return the folders that setups of a lesson, lab or challenge are imported from."""
        return self.layout.setups(subject.partition("/")[0])

    def _problems(self, path: Path) -> "Problems":
        from nexus_tui.course.problems import Problems

        return Problems.of(path, self.root)

    def _lesson(self, lesson: str) -> Lesson:
        from nexus_tui.course.lessons import lesson_of, read_lesson_file

        head = self._known(lesson, "lesson", "lessons")
        problems = self._problems(head.path)
        file = read_lesson_file(head.path, lesson, problems)
        problems.stop()
        assert file is not None
        return lesson_of(file, head.questions)

    def _quiz(self, lesson: str) -> tuple[Question, ...]:
        from nexus_tui.course.quizzes import read_quiz

        path = self.layout.quiz(lesson)
        return _whole(read_quiz, path, lesson, self._problems(path))

    def _challenge(self, challenge: str) -> Challenge:
        from nexus_tui.course.quizzes import read_challenge

        path = self.layout.challenge(challenge)
        return _whole(read_challenge, path, challenge, self._problems(path))

    def _lab(self, lab: str) -> Lab:
        from nexus_tui.course.labfiles import read_lab

        folder = self.layout.lab(lab)
        return _whole(read_lab, folder, lab, self._problems(folder / "lab.yaml"))

    def _known(self, subject: str, what: str, kind: str) -> Any:
        """Return the head of ``subject`` from the outline."""
        subject = self.resolve(subject)
        module = self.outline().modules.get(subject.partition("/")[0])
        heads = getattr(module, kind, ())
        for head in heads:
            if head.id == subject:
                return head
        raise _unknown(what, subject, [head.id for head in heads] or self.outline().modules)

    def _once(self, kind: str, name: str, paths: list[Path], read: Callable[[str], _T]) -> _T:
        """Return what ``read`` makes of ``name``, kept while its files stay the same."""
        key, now = (kind, name), [stamp(str(path)) for path in paths]
        kept = self._read.get(key)
        if kept is None or kept[0] != now:
            kept = self._read[key] = (now, self._opened(kind, name, now, read))
        self._read.move_to_end(key)
        if len(self._read) > _KEPT:
            self._read.popitem(last=False)
        value: _T = kept[1]
        return value

    def _opened(self, kind: str, name: str, now: list[Any], read: Callable[[str], _T]) -> _T:
        """Return what ``read`` makes of ``name``, or made of it in an earlier session."""
        if self._index is None or kind not in ("lesson", "quiz"):
            return read(name)
        from nexus_tui.course import compiled

        path = (
            self._index.folder / "read" / f"{kind}-{crc32(f'{self.root} {name}'.encode()):08x}.json"
        )
        found: _T | None = compiled.load(path, now)
        if found is None:
            found = read(name)
            compiled.save(path, now, found)
        return found


def _whole(
    read: Callable[[Path, str, "Problems"], _T | None], path: Path, name: str, problems: "Problems"
) -> _T:
    """Return what ``read`` returns, or raise the first error it noted."""
    found = read(path, name, problems)
    problems.stop()
    assert found is not None
    return found


def _unknown(what: str, subject: str, known: Iterable[str]) -> NexusError:
    from difflib import get_close_matches

    near = get_close_matches(subject, list(known), 1)
    hint = f"Did you mean {near[0]}?" if near else "Look at the outline for what there is."
    return NexusError(f"There is no {what} `{subject}`", hint)
