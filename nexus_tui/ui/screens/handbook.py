"""The handbook: every lesson in one breath, by need and by module."""

from collections.abc import Iterator, Sequence

from textual.binding import Binding
from textual.widgets import Input

from nexus_tui.course.model import LessonHead
from nexus_tui.tutor.handbook import Chapter
from nexus_tui.ui import layout
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.screens.finder import FinderScreen
from nexus_tui.ui.text import clean, plain, words


class HandbookScreen(FinderScreen):
    """Needs and modules; one of them open shows what its lessons say in one breath."""

    BINDINGS = [Binding("f2", "glossary", "Glossary")]
    ASKS = "what you need, a lesson or a module"

    def __init__(self) -> None:
        super().__init__()
        self._needs: list[Chapter] = []
        self._modules: list[Chapter] = []
        self._open: Chapter | None = None

    def on_mount(self) -> None:
        """Read what there is."""
        self._needs = self.nexus.attempt(self.tutor.handbook.needs) or []
        self._modules = self.nexus.attempt(self.tutor.handbook.modules) or []
        super().on_mount()

    # Drawing

    def lay_out(self, width: int) -> Sequence[Line]:
        """All chapters, or the one that is open."""
        if self._open is not None:
            return list(self._chapter(self._open, width))
        parts = [
            ("When something is wrong", self._has(self._needs)),
            ("By module", self._has(self._modules)),
        ]
        made: list[Line] = []
        for title, chapters in parts:
            if chapters:
                made += [Line(plain(title, "bold"))]
                for chapter in chapters:
                    made += self._row(chapter, width)
                made.append(BLANK)
        return made or list(self.nothing(width))

    def _has(self, chapters: list[Chapter]) -> list[Chapter]:
        wanted = self.wanted.casefold().split()
        return [chapter for chapter in chapters if all(part in _text(chapter) for part in wanted)]

    def _row(self, chapter: Chapter, width: int) -> list[Line]:
        count = len(chapter.lessons)
        told = f"  {count} lesson{'s' * (count > 1)}"
        line = words(clean(chapter.title), (told, "$muted"))
        return on(flow(line, width, first=" ", rest="   "), item=chapter.id)

    def _chapter(self, chapter: Chapter, width: int) -> Iterator[Line]:
        yield from flow(plain(chapter.title, "bold $accent"), width)
        for head in chapter.lessons:
            yield BLANK
            yield from on(self._breath(head, width), item=f"lesson:{head.id}")

    def _breath(self, head: LessonHead, width: int) -> list[Line]:
        module = self.tutor.study.module_of(head.id).title
        made = list(flow(words((clean(head.title), "bold"), (f"  {module}", "$muted")), width))
        blocks = self.tutor.handbook.breath(head.id)
        if not blocks:
            return [*made, *flow(plain("This lesson is not said in one breath.", "$muted"), width)]
        return made + layout.lines(blocks, width)

    # Keys

    def choose(self, item: str) -> None:
        """Open a chapter, or a lesson of it."""
        if item.startswith("lesson:"):
            self.nexus.open_id(item.removeprefix("lesson:"))
            return
        found = [chapter for chapter in (*self._needs, *self._modules) if chapter.id == item]
        self._open = found[0] if found else None
        self.show()

    def on_input_changed(self, message: Input.Changed) -> None:
        """Letters find among all chapters."""
        self._open = None
        super().on_input_changed(message)

    def action_back(self) -> None:
        """From a chapter to all; then out."""
        if self._open is None:
            super().action_back()
        else:
            before, self._open = self._open.id, None
            self.show(before)

    def action_glossary(self) -> None:
        """The words of the course."""
        self.nexus.action_glossary()


def _text(chapter: Chapter) -> str:
    """What a chapter is found by: its title, and those of its lessons."""
    return " ".join([chapter.title, *(head.title for head in chapter.lessons)]).casefold()
