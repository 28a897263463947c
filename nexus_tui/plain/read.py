"""What the course says, as text: every lesson in one breath, the words of the course."""

from nexus_tui.course.model import Term
from nexus_tui.errors import NexusError
from nexus_tui.launch import course_folder
from nexus_tui.plain.blocks import tell_all
from nexus_tui.plain.lines import as_it_is, say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.handbook import Chapter


def brief(course: str | None, module: str = "") -> None:
    """Print what each lesson of a module, or of all, says in one breath."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        chapters = tutor.handbook.modules()
        if module:
            named = tutor.study.module_of(module)
            chapters = [chapter for chapter in chapters if chapter.id == f"module:{named.id}"]
            if not chapters:
                raise NexusError(f"{named.title} has no lessons yet.", "Leave the module out.")
        else:
            chapters = [*tutor.handbook.needs(), *chapters]
        for number, chapter in enumerate(chapters):
            say("\n" * bool(number) + chapter.title)
            _chapter(tutor, chapter)
    finally:
        tutor.close()


def _chapter(tutor: Tutor, chapter: Chapter) -> None:
    """The lessons of a need by their ids; those of a module with what they say."""
    for head in chapter.lessons:
        if chapter.id.startswith("need:"):
            say(f"  {head.title} ({head.id})")
            continue
        say(f"\n  {head.title} ({head.id})")
        tell_all(tutor.handbook.breath(head.id), "  ")


def terms(course: str | None, module: str = "") -> None:
    """Print the words of a module, or of all, with what they mean."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        name = tutor.study.module_of(module).id if module else ""
        found = tutor.glossary.terms(name)
        for term in found:
            _term(tutor, term)
        say(f"{len(found)} term{'s' * (len(found) != 1)}.")
    finally:
        tutor.close()


def term(course: str | None, word: str) -> None:
    """Print what a word means. Raises NexusError for one that is not in the glossary."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        found = tutor.glossary.find(word)
        if found is None:
            near = ", ".join(tutor.glossary.near(word))
            hint = f"Did you mean: {near}?" if near else "nexus-tui read --terms lists all."
            raise NexusError(f"There is no {word!r} in the glossary.", hint)
        _term(tutor, found)
    finally:
        tutor.close()


def _term(tutor: Tutor, term: Term) -> None:
    say(term.word)
    say(f"  {term.definition.text}")
    for link in tutor.glossary.links(term):
        told = f"  {link.title}: {link.target}" if link.kind == "lesson" else f"  see {link.title}"
        as_it_is(told)
    say()
