"""A challenge: the story, its steps, what each choice leads to, and the post-mortem."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from nexus_tui.course.model import Challenge, PostMortem
from nexus_tui.errors import NexusError
from nexus_tui.tutor.quiz import Graded, Session
from nexus_tui.ui import layout
from nexus_tui.ui.lines import BLANK, Line, flow
from nexus_tui.ui.questions import summary
from nexus_tui.ui.questions.dashes import counted
from nexus_tui.ui.questions.field import Field
from nexus_tui.ui.questions.widgets import SheetPane
from nexus_tui.ui.screens.quiz import QuizScreen
from nexus_tui.ui.text import inline, plain, words

if TYPE_CHECKING:
    from nexus_tui.tutor.journal import Kind

PARTS = ("symptom", "cause", "remedy", "cost", "earlier")
LABEL = 10


class ChallengeScreen(QuizScreen):
    """Asks the steps of one challenge; they belong together and do not come back alone."""

    ONE = "step"

    def __init__(self, id: str) -> None:
        super().__init__(Session(id, "challenge", (), 0))
        self._subject = id
        self._challenge: Challenge | None = None
        self._trouble: NexusError | None = None
        self._reading = True
        """The story is up."""

    def start(self) -> None:
        """Tell the story."""
        try:
            self._challenge = self.tutor.course.challenge(self._subject)
            self.session = self.tutor.quiz.of_challenge(self._subject)
        except NexusError as error:
            self._trouble = error
            self.query_one("#page").focus()
            return
        self._reading = True
        self.begin(self.session)

    @property
    def compact(self) -> bool:
        """Even one step has a post-mortem."""
        return False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While the story is up, it can be read, begun and left."""
        if self._run is None:
            return action == "leave"
        if action == "begin":
            return self._reading
        if self._reading:
            return action in ("leave", "page", "nothing", "scroll", "note", "mark") or (
                action == "story" and self._begun
            )
        if action in ("story", "again"):
            return (self.run.phase == "end") is (action == "again")
        return super().check_action(action, parameters)

    def action_begin(self) -> None:
        """From the story to the step that is up."""
        self._reading = False
        self.run.resume()
        self.redraw(fresh=True)

    def action_story(self) -> None:
        """The story again, and back."""
        if self._reading:
            self.action_begin()
        else:
            self._reading = True
            self.run.pause()
            self.redraw(fresh=True)

    def action_again(self) -> None:
        """From the start."""
        self.start()

    def action_leave(self) -> None:
        """From the story back to the step, else out."""
        if self._reading and self._begun:
            self.action_begin()
        elif self._reading and self._run is not None:
            self.action_finish()
        else:
            super().action_leave()

    @property
    def _begun(self) -> bool:
        return self._run is not None and bool(self.run.session.results)

    # Drawing

    def redraw(self, *, fresh: bool = False) -> None:
        """No field beside the story."""
        super().redraw(fresh=fresh)
        if self._reading:
            self.query_one(Field).put(None)
            self.query_one(SheetPane).fit(False)
            self.query_one(SheetPane).focus()

    @property
    def state(self) -> tuple[object, ...]:
        """And whether the story is up."""
        return *super().state, self._reading

    def where(self) -> Content:
        """Over the story, only the module."""
        if self._reading:
            module = self.tutor.study.module_of(self._subject)
            return plain(f"{module.title} · challenge", "$muted")
        return super().where()

    def lay_out(self, width: int) -> Sequence[Line]:
        """The story, a step, or what is wrong with the file."""
        if self._trouble:
            return [
                *flow(plain(self._trouble.message, "bold"), width),
                *flow(plain(self._trouble.hint), width),
            ]
        if self._challenge and self._reading:
            return _story(self._challenge, width)
        return super().lay_out(width)

    def lay_out_foot(self, width: int) -> Sequence[Line]:
        """What enter does."""
        if self._trouble:
            return [Line(words((" esc", "bold $accent"), " goes back"))]
        if self._reading and self._run is not None:
            total = len(self.run.session.questions)
            told = " goes back to the step" if self._begun else f" begins: {counted(total, 'step')}"
            return [Line(words((" enter", "bold $accent"), told))]
        return super().lay_out_foot(width)

    def after(self) -> str:
        """What enter does after the verdict."""
        session = self.run.session
        more = session.index + 1 < len(session.questions)
        return "shows what followed" if more else "shows the post-mortem"

    def above(self, width: int) -> Sequence[Line]:
        """What the last choice led to."""
        session = self.run.session
        before = session.questions[session.index - 1] if session.index else ""
        return followed(session, before, width)

    def ending(self, width: int) -> Sequence[Line]:
        """What followed, how it went, what it leaves behind."""
        session = self.run.session
        if self._challenge is None:
            return ()
        made = followed(session, session.questions[-1], width)
        made += [BLANK] if made else []
        made += flow(plain("Post-mortem", "bold $accent"), width)
        made += _post_mortem(self._challenge.post_mortem, width)
        return [*made, BLANK, *summary.lines(self.run, width)]

    def ending_foot(self) -> list[Line]:
        """Keys after the last step."""
        return [
            Line(
                words((" enter", "bold $accent"), " goes back   ",
                      ("o", "bold $accent"), " once more, from the start   ",
                      ("N", "bold $accent"), " writes down one of your own")
            )
        ]  # fmt: skip

    def note_subject(self) -> "tuple[str, Kind]":
        """The challenge, the step that is up; after the last, one of the learner's own."""
        if self._reading:
            return self._subject, "note"
        if self.run.phase == "end":
            return self._subject, "own"
        return super().note_subject()


def _story(challenge: Challenge, width: int) -> list[Line]:
    head = challenge.head
    return [
        *flow(plain(head.title, "bold"), width),
        *flow(plain(f"{head.summary} About {counted(head.minutes, 'minute')}.", "$muted"), width),
        BLANK,
        *layout.lines(challenge.story, width),
    ]


def leads(graded: Graded) -> str:
    """What follows from an answer; from not knowing, what follows from the right one."""
    options = graded.question.options
    if graded.response.unknown:
        chosen = [option for option in options if option.right]
    elif graded.question.shape == "text":
        chosen = [option for option in options if option.why == graded.verdict.note]
    else:
        chosen = [option for option in options if option.id in graded.response.chosen]
    return " ".join(option.leads for option in chosen if option.leads)


def followed(session: Session, question: str, width: int) -> list[Line]:
    """What the answer to a step led to; nothing when it was not answered."""
    graded = session.results.get(question)
    text = leads(graded) if graded else ""
    if not text:
        return []
    told = words((" What followed. ", "bold $secondary"), text)
    return list(flow(told, width, rest=" ", bar="$secondary", ground=layout.GROUND))


def _post_mortem(found: PostMortem, width: int) -> Iterator[Line]:
    for name in PARTS:
        lead = plain(f"{name.capitalize():<{LABEL}}", "$muted")
        yield from flow(inline(getattr(found, name)), width, first=lead, rest=" " * LABEL)
