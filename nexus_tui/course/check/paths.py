"""Learning paths: every step is in the course, or named as one to come."""

from difflib import get_close_matches

from nexus_tui.course.check.files import Known
from nexus_tui.course.model import Fork, LearningPath
from nexus_tui.course.routes import PLACE


def check_paths(known: Known) -> None:
    """Note steps that lead nowhere, and ids to come of a module that nobody knows."""
    if known.course is None:
        return
    _to_come(known, known.course.to_come)
    ids = {*known.modules, *known.course.to_come}
    for kind in ("lessons", "labs", "challenges"):
        ids |= known.listed(kind)
    for path in known.course.paths:
        for step in steps_of(path):
            if PLACE.fullmatch(step) and step not in ids:
                _unknown(known, path, step, sorted(ids))


def steps_of(path: LearningPath) -> list[str]:
    """Return every id of a path, those of all its branches too."""
    found: list[str] = []
    for step in path.steps:
        if isinstance(step, Fork):
            found += [id for branch in step.branches for id in branch.steps]
        else:
            found.append(step)
    return found


def _unknown(known: Known, path: LearningPath, step: str, ids: list[str]) -> None:
    module = step.partition("/")[0]
    near = get_close_matches(step, ids, 1)
    if module not in known.modules:
        message = f"the path `{path.id}` has the step `{step}`: there is no module `{module}`"
    else:
        message = f"the path `{path.id}` has the step `{step}`, which is nowhere"
    hint = f"Did you mean `{near[0]}`?" if near else "Correct it, or name it under `to_come:`."
    known.add(known.layout.course, step, message, hint, code="reference")


def _to_come(known: Known, to_come: dict[str, str]) -> None:
    for id, title in to_come.items():
        module, _, name = id.partition("/")
        if module not in known.modules:
            message = f"`to_come` has `{id}`: there is no module `{module}`"
            known.add(known.layout.course, id, message, "Correct it.", code="reference")
        elif not name or not PLACE.fullmatch(id):
            message = f"`to_come` has `{id}`, which cannot be an id"
            known.add(known.layout.course, id, message, "Write module/lesson.", code="name")
        if not title.strip():
            message = f"`to_come`: `{id}` has no title"
            known.add(known.layout.course, id, message, "Write it.", code="empty")
