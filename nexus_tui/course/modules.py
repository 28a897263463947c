"""Read course.yaml and module.yaml."""

from dataclasses import dataclass, field
from pathlib import Path

from nexus_tui.course.common import read_needs
from nexus_tui.course.fields import Fields
from nexus_tui.course.handbook import Occasion, read_occasions
from nexus_tui.course.model import Group, LearningPath, Module, Need, Term
from nexus_tui.course.problems import Problems
from nexus_tui.course.questions.kind import markdown_of
from nexus_tui.course.quizzes import file_fields
from nexus_tui.course.routes import read_paths
from nexus_tui.course.scalars import as_text
from nexus_tui.course.yamltree import Seq

FORMAT = 1
"""Version of the course format that this program reads."""


@dataclass(frozen=True, slots=True)
class CourseFile:
    """What course.yaml says."""

    title: str
    language: str
    groups: tuple[Group, ...]
    retired: dict[str, str]
    paths: tuple[LearningPath, ...] = ()
    to_come: dict[str, str] = field(default_factory=dict)
    handbook: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleFile:
    """What module.yaml says: names of files, not yet opened."""

    title: str
    summary: str
    lessons: tuple[str, ...] = ()
    labs: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    confusable: tuple[tuple[str, str], ...] = ()
    terms: tuple[Term, ...] = ()
    lines: dict[str, int] | None = None
    """Line of each key."""

    def module(self, name: str) -> Module:
        """Return the module without its lessons, labs and challenges."""
        rest = (self.needs, self.confusable, self.terms)
        return Module(name, self.title, self.summary, (), (), (), *rest)


def read_course_file(path: Path, problems: Problems) -> CourseFile | None:
    """Return course.yaml, or None after noting why it cannot be read."""
    fields = file_fields(path, "the course", problems)
    if fields is None:
        return None
    version = fields.whole("format", 1, 1_000_000)
    if version > FORMAT:
        hint = "Install a newer nexus-tui."
        fields.problem("format", f"the course has format {version}", hint, code="format")
    found = CourseFile(
        title=fields.text("title"),
        language=fields.text("language"),
        groups=tuple(_group(child) for child in fields.children("groups", "group", required=True)),
        retired=dict(fields.pairs("retired")),
        paths=read_paths(fields),
        to_come=dict(fields.pairs("to_come")),
        handbook=read_occasions(fields),
    )
    fields.done()
    return found


def _group(fields: Fields) -> Group:
    group = Group(fields.text("title"), fields.names("modules", required=True))
    fields.done()
    return group


def read_module_file(path: Path, module: str, problems: Problems) -> ModuleFile | None:
    """Return module.yaml, or None after noting why it cannot be read."""
    fields = file_fields(path, "the module", problems)
    if fields is None:
        return None
    found = ModuleFile(
        title=fields.text("title"),
        summary=fields.text("summary"),
        lessons=fields.names("lessons"),
        labs=fields.names("labs"),
        challenges=fields.names("challenges"),
        needs=read_needs(fields),
        confusable=_confusable(fields),
        terms=tuple(_term(child, module) for child in fields.children("terms", "term")),
        lines=dict(fields.node.lines),
    )
    fields.done()
    return found


def _confusable(fields: Fields) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for node in fields.items("confusable"):
        if isinstance(node, Seq) and len(node.items) == 2:
            one, two = (as_text(item, fields.problems, "confusable") for item in node.items)
            found.append((one, two))
        else:
            hint = "Write [module/lesson#a, module/lesson#b]."
            fields.problems.add(node.line, "A confusable is a pair of questions", hint, code="type")
    return tuple(found)


def _term(fields: Fields, module: str) -> Term:
    term = Term(fields.text("word"), markdown_of(fields, "definition"), fields.texts("see"), module)
    fields.done()
    return term
