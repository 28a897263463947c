"""What one can write about: ids of the course, sections of its lessons, names of one's own.

- ``module/lesson@section`` is a section of a lesson; without ``@`` it is the whole
- ``takeaway:<id>`` is what one takes from it, ``own:<id>`` a challenge one met oneself
- after ``takeaway:``, ``own:`` and ``note:`` a time may stand: it is about nothing in the course
"""

from typing import TYPE_CHECKING

from nexus_tui.errors import NexusError

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.journal import Kind

OWN = "own:"
TAKEAWAY = "takeaway:"
FREE = "note:"


def split(subject: str) -> tuple[str, str, str]:
    """Return the id of lesson, lab or challenge, the section's slug, the question's name."""
    bare = bare_of(subject)
    owner, _, question = bare.partition("#")
    owner, _, section = owner.partition("@")
    return owner, section, question


def bare_of(subject: str) -> str:
    """The subject without what kind of text it is."""
    for prefix in (OWN, TAKEAWAY, FREE):
        if subject.startswith(prefix):
            return subject[len(prefix) :]
    return subject


class Subjects:
    """Names of subjects, in words of the course."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor
        self._titles: dict[str, str] = {}

    def kind(self, subject: str) -> "Kind":
        """What kind of text a subject holds."""
        if subject.startswith(OWN):
            return "own"
        return "takeaway" if subject.startswith(TAKEAWAY) else "note"

    def about(self, subject: str) -> str:
        """What it is about, in words; "" when it is about nothing in the course."""
        owner, section, question = split(subject)
        title = self._title(owner)
        if not title:
            return bare_of(subject) if "/" in owner else ""
        if section:
            title += f" · {self._section(owner, section)}"
        return f"{title} · {question.replace('-', ' ')}" if question else title

    def home(self, subject: str) -> str:
        """The id to open for it, "" when it is about nothing that is in the course."""
        owner = split(subject)[0]
        return bare_of(subject) if self._title(owner) else ""

    def check(self, subject: str) -> str:
        """The subject, when there is such a thing. Raises NexusError, naming what there is."""
        owner, section, question = split(subject)
        found = self._tutor.study.find(owner)
        if section and section not in self._slugs(owner):
            there = ", ".join(self._slugs(owner)) or "none"
            raise NexusError(f"{found.title} has no section {section!r}.", f"There are: {there}")
        if question:
            self._tutor.course.question(f"{owner}#{question}")
        return subject

    def of_section(self, lesson: str, slug: str) -> str:
        """The subject of a section; of the lesson itself, for its opening."""
        return lesson if next(iter(self._slugs(lesson)), slug) == slug else f"{lesson}@{slug}"

    def number_of(self, subject: str) -> int | None:
        """The section a subject names, from 0; None when it names none that is there."""
        owner, section, _ = split(subject)
        slugs = list(self._slugs(owner)) if section else []
        return slugs.index(section) if section in slugs else None

    def _title(self, owner: str) -> str:
        if owner not in self._titles:
            try:
                self._titles[owner] = self._tutor.study.find(owner).title
            except NexusError:
                self._titles[owner] = ""
        return self._titles[owner]

    def _section(self, lesson: str, slug: str) -> str:
        return self._slugs(lesson).get(slug, slug.replace("-", " "))

    def _slugs(self, lesson: str) -> dict[str, str]:
        """Title of each section of a lesson by its slug."""
        from nexus_tui.course.markdown import slug

        found = self._tutor.study.find(lesson)
        taken: set[str] = set()
        return {slug(title, taken): title for title in getattr(found, "sections", ())}
