"""From an id to the screen that shows it."""

from typing import TYPE_CHECKING, cast

from nexus_tui.course.model import ChallengeHead, LabHead, LessonHead, Module
from nexus_tui.errors import NexusError

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp
    from nexus_tui.ui.screens.learn import LearnScreen


def open_id(app: "NexusApp", id: str) -> None:
    """Open a module, lesson, section (``module/lesson@slug``), lab, challenge or question.

    Raises NexusError for an unknown id; a section that is gone opens its lesson.
    """
    owner, _, question = id.partition("#")
    owner, _, slug = owner.partition("@")
    found = app.tutor.study.find(owner)
    match found:
        case Module():
            _open_module(app, found)
        case LessonHead():
            section = app.tutor.study.section_of(id) if question else _named(app, found, slug)
            _open_lesson(app, found, section)
        case LabHead():
            from nexus_tui.ui.screens.lab import LabScreen

            app.push_screen(LabScreen(app.tutor.bench.open(found.id)))
        case ChallengeHead():
            from nexus_tui.ui.screens.challenge import ChallengeScreen

            app.tutor.course.challenge(found.id)
            app.push_screen(ChallengeScreen(found.id))


def _named(app: "NexusApp", head: LessonHead, slug: str) -> int | None:
    """The section with this slug, from 0; None when there is none."""
    if not slug:
        return None
    slugs = [section.slug for section in app.tutor.course.lesson(head.id).sections]
    return slugs.index(slug) if slug in slugs else None


def open_section(app: "NexusApp", lesson: str, section: int) -> None:
    """Open a lesson at a section, counted from 0. Raises NexusError for an unknown lesson."""
    found = app.tutor.study.find(lesson)
    if isinstance(found, LessonHead):
        _open_lesson(app, found, section)


def _open_module(app: "NexusApp", module: Module) -> None:
    done = app.tutor.study.settled()
    heads = [head for head in module.lessons if head.id not in done] or list(module.lessons)
    if not heads:
        raise NexusError(f"{module.title} has no lessons yet.", "The others are in the outline.")
    _open_lesson(app, heads[0])


def _open_lesson(app: "NexusApp", head: LessonHead, section: int | None = None) -> None:
    """In the Learn place, whatever lies on top of it; at a section, else where it was left."""
    app.go("learn")

    def show() -> None:
        while len(app.screen_stack) > 1:
            app.pop_screen()
        screen = cast("LearnScreen", app.screen_stack[0])
        try:
            screen.open(head.id, section)
        except NexusError as error:
            screen.open_failed(error)

    app.call_after_refresh(show)
