"""Where the files of a course lie. Ids are paths."""

from pathlib import Path

from nexus_tui.course.value import value


@value
class Layout:
    """The folders under a course's root."""

    root: Path

    @property
    def course(self) -> Path:
        """course.yaml."""
        return self.root / "lessons/course.yaml"

    def module(self, module: str) -> Path:
        """A module's module.yaml."""
        return self.root / f"lessons/{module}/module.yaml"

    def lesson(self, lesson: str) -> Path:
        """A lesson's Markdown."""
        return self.root / f"lessons/{lesson}.md"

    def quiz(self, lesson: str) -> Path:
        """The quiz of a lesson."""
        return self.root / f"quizzes/{lesson}.yaml"

    def challenge(self, challenge: str) -> Path:
        """A challenge."""
        module, _, name = challenge.partition("/")
        return self.root / f"quizzes/{module}/challenges/{name}.yaml"

    def lab(self, lab: str) -> Path:
        """A lab's folder."""
        return self.root / f"labs/{lab}"

    def setups(self, module: str) -> tuple[Path, ...]:
        """The folders where a module's setups are looked for, nearest first."""
        lessons = self.root / "lessons"
        return tuple(path for path in (lessons / module / "on", lessons / "on") if path.is_dir())
