"""What screens that ask share: page, field, foot, and how they are drawn."""

from collections.abc import Iterable, Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, TextArea

from nexus_tui.tutor.quiz import Session
from nexus_tui.ui.lines import Line, flow
from nexus_tui.ui.questions import page, summary
from nexus_tui.ui.questions.dashes import marks
from nexus_tui.ui.questions.field import Field, OwnWords
from nexus_tui.ui.questions.rows import MINE, TRUTH
from nexus_tui.ui.questions.run import OPEN, Run
from nexus_tui.ui.questions.typed import Typed
from nexus_tui.ui.questions.widgets import SheetPane, Where
from nexus_tui.ui.screens.base import NexusScreen
from nexus_tui.ui.text import clean, plain, words

CHROME = 6
"""Rows that are not the page's: places, head, keys, one line of the foot."""
WIDEST = 92
CONTRAST = "Easily confused with the one before. What tells them apart?"


class AskingScreen(NexusScreen):
    """Draws a run. What the keys do is for subclasses."""

    ONE = "question"
    """What one of them is called."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._run: Run | None = None
        self._says: tuple[object, ...] = ()
        self._own = False
        """The field is for one's own words."""

    def body(self) -> Iterable[Widget]:
        """Where one is, the page, the field, the foot."""
        yield Where(id="where")
        yield SheetPane(self.lay_out, self.lay_out_foot, id="page")
        yield Field(id="field")

    @property
    def run(self) -> Run:
        """The run that is up; there is one from the moment the screen is mounted."""
        assert self._run is not None
        return self._run

    def begin(self, session: Session) -> None:
        """Ask these."""
        chosen = self.tutor.settings
        self._run = Run(
            self.tutor.quiz, session, self.glyphs,
            confidence=chosen.confidence, explain=chosen.explain,
        )  # fmt: skip
        self.redraw(fresh=True)

    # Drawing

    def redraw(self, *, fresh: bool = False) -> None:
        """Put the run's state on the screen; ``fresh``: another question, from its top."""
        run, pane = self.run, self.query_one(SheetPane)
        self.query_one(Where).show(self.where())
        asking = run.sheet is not None and run.phase in ("ask", "sure")
        hand = run.sheet.hand if asking and run.sheet else ""
        # The learner's own rows last: where there is no room for all, these stay.
        wanted = (TRUTH, MINE) if run.phase == "told" else (hand or page.HINT,)
        pane.update(*wanted, fresh=fresh)
        pane.selected = hand
        self._show_field(fresh)
        if self.state != self._says:
            self._says = self.state
            self.refresh_bindings()

    @property
    def state(self) -> tuple[object, ...]:
        """All that the foot and the keys depend on."""
        run = self.run
        return run.phase, run.question, run.graded, run.note, run.trouble

    def _show_field(self, fresh: bool) -> None:
        """The field a typed question needs, and the focus where the keys should go."""
        run, field = self.run, self.query_one(Field)
        own = run.phase == "explain"
        typed = OwnWords() if own else run.sheet if isinstance(run.sheet, Typed) else None
        wanted = typed is not None and run.phase in OPEN
        appears = wanted and (fresh or not field.shown or own is not self._own)
        self._own = own
        leaves = self.typing and not wanted
        if fresh or leaves or run.phase not in ("explain", "ask") or self.focused is None:
            self.query_one("#page").focus()
        if appears:
            field.put(typed)
        elif not wanted:
            field.put(None)
        self.query_one(SheetPane).fit(wanted)
        if appears and run.phase != "sure":
            field.type()

    @property
    def typing(self) -> bool:
        """Whether keys go into the field."""
        return isinstance(self.focused, Input | TextArea)

    def where(self) -> Content:
        """Title, number, marks."""
        session, width = self.run.session, min(self.size.width - 4, WIDEST)
        total = len(session.questions)
        if total < 2:
            return plain(clean(session.title)[:width], "$muted")
        count = f" · {self.ONE} {min(session.index + 1, total)} of {total}"
        count = "" if self.run.phase == "end" else count
        room = max(width - len(count) - min(3 * total, width // 2) - 3, 8)
        title = clean(session.title)
        title = title if len(title) <= room else title[: room - 1] + "…"
        head = plain(f"{title}{count}   ", "$muted")
        return words(head, marks(self.run, width - head.cell_length))

    @property
    def room(self) -> int:
        """Rows for the page."""
        return max(self.size.height - CHROME, 4)

    def lay_out(self, width: int) -> Sequence[Line]:
        """The page."""
        if self._run is None:
            return ()
        if self.run.phase == "end":
            return self.ending(width)
        return page.lines(self.run, width, self.room, self.above(width))

    def above(self, width: int) -> Sequence[Line]:
        """What stands over the question."""
        if self.run.session.current not in self.run.session.contrasts:
            return ()
        told = words((" Side by side. ", "bold $secondary"), CONTRAST)
        return list(flow(told, width, rest=" ", bar="$secondary"))

    def ending(self, width: int) -> Sequence[Line]:
        """The page after the last question."""
        return summary.lines(self.run, width)

    def lay_out_foot(self, width: int) -> Sequence[Line]:
        """What to do now."""
        if self._run is None:
            return ()
        if self.run.phase == "end":
            return self.ending_foot()
        # As wide as the page, which has a scrollbar.
        width = min(width, self.size.width - 4)
        above = self.above(width) if self.run.phase in ("explain", "ask") else ()
        return page.foot(self.run, width, self.room, self.lesson_title, self.after(), above)

    @property
    def lesson_title(self) -> str:
        """Title of the lesson that a key opens, or ""."""
        question = self.run.question
        head = self.tutor.quiz.lesson_of(question) if question else None
        return head.title if head else ""

    def after(self) -> str:
        """What enter does after the verdict."""
        session = self.run.session
        if session.index + 1 < len(session.questions):
            return f"next {self.ONE}"
        return "goes back" if self.compact else "shows how it went"

    @property
    def compact(self) -> bool:
        """One question between two sections: no summary."""
        return len(self.run.session.questions) == 1

    def ending_foot(self) -> list[Line]:
        """Keys after the last question."""
        parts = [words((" enter", "bold $accent"), " goes back")]
        if self.run.session.missed:
            parts.append(words(("   o", "bold $accent"), " once more, the missed ones"))
            parts.append(words(("   l", "bold $accent"), " reads the lesson"))
        return [Line(Content("").join(parts))]

    def on_resize(self, event: events.Resize) -> None:
        """Another width, other lines."""
        if self._run is not None:
            self.query_one(Where).show(self.where())
