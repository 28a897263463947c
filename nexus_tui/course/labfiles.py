"""Read a lab: what it asks, how it is judged, which mistakes it knows."""

from pathlib import Path, PurePosixPath

from nexus_tui.course.common import MINUTES, read_needs, read_objectives
from nexus_tui.course.fields import WORD, Fields
from nexus_tui.course.files import read_text
from nexus_tui.course.inline import inline
from nexus_tui.course.markdown import blocks
from nexus_tui.course.model import Lab, LabCheck, LabEquivalent, LabHead, LabMistake, LabStep
from nexus_tui.course.problems import Problems
from nexus_tui.course.questions.kind import markdown_of
from nexus_tui.course.quizzes import file_fields
from nexus_tui.paths import folder_digest

ENGINES = (
    "python",
    "sqlite",
    "postgres",
    "django",
    "rest",
    "graphql",
    "cache",
    "celery",
    "docker",
    "workflow",
    "tools",
)
ALSO = ("postgres", "valkey", "redis", "rabbitmq", "docker")
"""Engines that a lab may offer beside its own, when they are found."""
CERTIFICATE = "certificate.yaml"
"""The proof of a lab is about the lab, and no part of it."""
LIMITS = ("check_s", "total_s", "data_mb", "fsize_mb", "cpu_s", "processes", "output_kb")


def read_lab_head(folder: Path, lab: str, problems: Problems) -> LabHead | None:
    """Return what the outline shows of a lab."""
    fields = file_fields(folder / "lab.yaml", "the lab", problems)
    return _head(fields, lab, folder) if fields else None


def _head(fields: Fields, lab: str, folder: Path) -> LabHead:
    return LabHead(
        id=lab,
        title=fields.text("title"),
        minutes=fields.whole("minutes", *MINUTES),
        summary=fields.text("summary"),
        lesson=fields.text("lesson", ""),
        path=folder,
    )


def read_lab(folder: Path, lab: str, problems: Problems) -> Lab | None:
    """Return a lab, or None after noting why it cannot be read at all."""
    fields = file_fields(folder / "lab.yaml", "the lab", problems)
    if fields is None:
        return None
    brief, notes = (_beside(folder, name, problems) for name in ("brief.md", "solution.md"))
    found = Lab(
        head=_head(fields, lab, folder),
        objectives=read_objectives(fields),
        needs=read_needs(fields),
        brief=blocks(brief, 1, lab),
        files=_files(fields),
        checks=tuple(_check(child) for child in fields.children("checks", "check", required=True)),
        mistakes=tuple(_mistake(child) for child in fields.children("mistakes", "mistake")),
        engine=_engine(fields),
        also=_also(fields),
        requires=fields.texts("requires"),
        limits=_limits(fields),
        solution_notes=blocks(notes, 1, lab),
        digest=folder_digest(folder, CERTIFICATE),
        equivalent=tuple(_equivalent(child) for child in fields.children("equivalent", "mutant")),
        steps=tuple(_step(child) for child in fields.children("steps", "step")),
    )
    fields.done()
    return found


def _beside(folder: Path, name: str, problems: Problems) -> str:
    """Return the text of another file of the lab."""
    return read_text(folder / name, problems.at(_sibling(problems.file, name))) or ""


def _sibling(file: str, name: str) -> str:
    return str(PurePosixPath(file).with_name(name))


def _files(fields: Fields) -> tuple[str, ...]:
    """Return the names of the files to edit; none may lead out of the lab's folder."""
    names = fields.texts("files", required=True)
    for name in names:
        path = PurePosixPath(name)
        if not name or path.is_absolute() or ".." in path.parts or set(name) & set("\\:"):
            hint = "Name files inside starter/."
            fields.problem("files", f"`{name}` is no file of the lab", hint, code="name")
    return names


def _engine(fields: Fields) -> str:
    engine = fields.text("engine")
    if engine and engine not in ENGINES:
        hint = f"Use one of: {', '.join(ENGINES)}."
        fields.problem("engine", f"there is no engine `{engine}`", hint, code="engine")
    return engine


def _also(fields: Fields) -> tuple[str, ...]:
    names = fields.texts("also")
    for name in names:
        if name not in ALSO:
            hint = f"Use one of: {', '.join(ALSO)}."
            fields.problem("also", f"there is no engine `{name}`", hint, code="engine")
    return names


def _limits(fields: Fields) -> dict[str, float]:
    child = fields.child("limits")
    if child is None:
        return {}
    found = {name: float(child.number(name)) for name in LIMITS if child.has(name)}
    child.done()
    return found


def _check(fields: Fields) -> LabCheck:
    check = LabCheck(
        id=fields.name("id", WORD),
        title=fields.text("title"),
        hints=tuple(inline(text) for text in fields.texts("hints", required=True)),
        needs=fields.text("needs", ""),
    )
    fields.done()
    return check


def _mistake(fields: Fields) -> LabMistake:
    mistake = LabMistake(
        name=fields.name("name", WORD),
        fails=fields.text("fails"),
        says=fields.text("says"),
        explanation=markdown_of(fields, "explanation"),
    )
    fields.done()
    return mistake


def _equivalent(fields: Fields) -> LabEquivalent:
    mutant = LabEquivalent(
        file=fields.text("file"),
        line=fields.whole("line", 1, 9999),
        now=fields.text("now"),
        why=fields.text("why"),
    )
    fields.done()
    return mutant


def _step(fields: Fields) -> LabStep:
    step = LabStep(
        file=fields.text("file", ""),
        at=fields.text("at"),
        why=markdown_of(fields, "why"),
        gaps=fields.texts("gaps"),
    )
    fields.done()
    return step
