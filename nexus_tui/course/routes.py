"""Read the learning paths of course.yaml."""

import re

from nexus_tui.course.fields import Fields, fields_of
from nexus_tui.course.model import Branch, Fork, LearningPath
from nexus_tui.course.scalars import as_text
from nexus_tui.course.yamltree import Map, Node

PLACE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)?")
"""A module, or a lesson, lab or challenge of one."""


def read_paths(fields: Fields) -> tuple[LearningPath, ...]:
    """Return the paths under ``paths``, noting what is wrong with them."""
    paths = tuple(_path(child) for child in fields.children("paths", "path"))
    _once(fields, [path.id for path in paths])
    return paths


def _path(fields: Fields) -> LearningPath:
    path = LearningPath(
        id=fields.name("id"),
        title=fields.text("title"),
        whom=fields.text("whom"),
        steps=tuple(_step(fields, node) for node in fields.items("steps", required=True)),
        ends=fields.text("ends", ""),
    )
    fields.done()
    _once(fields, [step.id for step in path.steps if isinstance(step, Fork)])
    return path


def _step(fields: Fields, node: Node) -> str | Fork:
    if isinstance(node, Map):
        child = fields_of(node, fields.problems, f"{fields.what}: a step")
        assert child is not None
        return _fork(child)
    return _place(fields, node)


def _place(fields: Fields, node: Node) -> str:
    before = len(fields.problems.items)
    text = as_text(node, fields.problems, f"{fields.what}: a step")
    if len(fields.problems.items) == before and not PLACE.fullmatch(text):
        message = f"{fields.what}: `{text}` cannot be a step"
        fields.problems.add(node.line, message, "Write module/lesson.", code="name")
    return text


def _fork(fields: Fields) -> Fork:
    branches = fields.children("branches", "branch", required=True)
    fork = Fork(fields.name("id"), fields.text("ask"), tuple(_branch(child) for child in branches))
    fields.done()
    _once(fields, [branch.id for branch in fork.branches])
    return fork


def _branch(fields: Fields) -> Branch:
    branch = Branch(
        fields.name("id"),
        fields.text("text"),
        tuple(_place(fields, node) for node in fields.items("steps", required=True)),
    )
    fields.done()
    return branch


def _once(fields: Fields, ids: list[str]) -> None:
    for id in dict.fromkeys(ids):
        if id and ids.count(id) > 1:
            fields.problem("", f"`{id}` is there twice", "Rename one.", code="duplicate-id")
