"""A run through a session: what is up, how far it is, what was said. Knows no screen."""

import time
from collections.abc import Callable
from typing import Literal

from nexus_tui.course.model import Question, Response
from nexus_tui.errors import NexusError
from nexus_tui.tutor.quiz import Confidence, Graded, Quizmaster, Session
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import Line
from nexus_tui.ui.questions import Sheet, sheet

Phase = Literal["explain", "ask", "sure", "told", "end"]
"""Writing a line of one's own; choosing; saying how sure one is; reading the verdict; after the
last question."""


OPEN = ("explain", "ask", "sure")
"""Phases in which the answer is still to come."""


class Run:
    """Goes from question to question. An answer counts only when it is saved."""

    def __init__(
        self,
        quiz: Quizmaster,
        session: Session,
        glyphs: Glyphs,
        *,
        confidence: bool = True,
        explain: bool = False,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.quiz = quiz
        self.session = session
        self.glyphs = glyphs
        self.confidence = confidence
        """Ask how sure one is."""
        self.explain = explain
        """Have a line written before the options are shown."""
        self.explained = ""
        """The line that was written."""
        self.phase: Phase = "ask"
        self.question: Question | None = None
        self.sheet: Sheet | None = None
        self.graded: Graded | None = None
        self.hinted = False
        self.note = ""
        """Something to say about the last key, in words."""
        self.trouble: NexusError | None = None
        """Why the last answer could not be saved."""
        self.evidence = 0
        """Which evidence is open, when there is room for only one."""
        self.kept: dict[tuple[object, ...], list[Line]] = {}
        """What a page drew that stays the same while one answers."""
        self._clock = clock
        self._since: float | None = None
        self._spent = 0.0
        self._sent: tuple[Response, Confidence] | None = None
        if session.current in session.results:
            session.index += 1
        self.bring()

    def bring(self) -> None:
        """Put the session's current question up, or come to the end."""
        self.question = self.quiz.question(self.session)
        self.graded = self.trouble = self.sheet = self._sent = None
        self.hinted, self.note, self.evidence, self.explained = False, "", 0, ""
        self.kept = {}
        asked: Phase = "explain" if self.explain else "ask"
        self.phase = asked if self.question else "end"
        self._spent = 0.0
        self._since = self._clock()
        if self.question:
            options = self.quiz.options(self.session, self.question)
            self.sheet = sheet(self.question, options, self.glyphs)

    # The time spent on a question: not what passes while another screen is in front.

    def pause(self) -> None:
        """Stop the clock."""
        if self._since is not None:
            self._spent += self._clock() - self._since
            self._since = None

    def resume(self) -> None:
        """Go on counting, while there is something to answer."""
        if self._since is None and self.phase in OPEN:
            self._since = self._clock()

    @property
    def ms(self) -> int:
        """Milliseconds spent on the question so far."""
        running = self._clock() - self._since if self._since is not None else 0.0
        return round((self._spent + running) * 1000)

    # One's own words, before the options

    def say(self, text: str) -> None:
        """A line of explanation, or "" to go on without; only now can one choose."""
        if self.phase == "explain":
            self.explained, self.phase, self.note = text.strip(), "ask", ""
            # The time of an answer is that of choosing.
            self._spent, self._since = 0.0, self._clock()

    def turn_explain(self) -> None:
        """From now on have a line written first, or no more."""
        self.explain = not self.explain
        if self.explain and self.phase == "ask" and not self.explained:
            self.phase = "explain"
        elif not self.explain and self.phase == "explain":
            self.say("")

    # Answering

    def press(self, key: str) -> None:
        """A key of the sheet."""
        if self.sheet and self.phase in ("ask", "sure"):
            self.ask_again()
            if self.sheet.press(key):
                self.hand_in()
            elif key == "enter" and not self.sheet.typed:
                self.note = self.sheet.lacks

    def click(self, item: str) -> None:
        """A row of the sheet was clicked."""
        if self.sheet and self.phase in ("ask", "sure"):
            self.ask_again()
            if self.sheet.click(item):
                self.hand_in()

    def ask_again(self) -> None:
        """Back to choosing; nothing was saved yet."""
        self.phase, self.note, self.trouble, self._sent = "ask", "", None, None

    def hand_in(self) -> None:
        """The answer is chosen: ask how sure it is, or save it."""
        if self.sheet is None or self.phase != "ask":
            return
        self.note = self.sheet.lacks
        if self.note:
            return
        if self.confidence:
            self.phase = "sure"
        else:
            self._send(self.sheet.response(), "")

    def sure(self, confidence: Confidence) -> None:
        """How sure: now it is judged and saved."""
        if self.sheet and self.phase == "sure":
            self._send(self.sheet.response(), confidence)

    def unknown(self) -> None:
        """The honest answer."""
        if self.phase in OPEN:
            self._send(Response(unknown=True), "")

    def retry(self) -> None:
        """Try again to save what could not be saved."""
        if self._sent:
            self._send(*self._sent)

    def _send(self, response: Response, confidence: Confidence) -> None:
        assert self.question is not None
        self._sent, self.note, ms = (response, confidence), "", self.ms
        try:
            self.graded = self.quiz.answer(
                self.session, self.question, response,
                confidence=confidence, hint=self.hinted, ms=ms, explained=self.explained,
            )  # fmt: skip
        except NexusError as error:
            self.trouble = error
            return
        self.pause()
        self.trouble = self._sent = None
        self.phase = "told"

    def hint(self) -> None:
        """Open the hint; from then on the answer is one with a hint."""
        if self.question and self.phase in ("ask", "sure"):
            self.hinted = self.question.hint is not None
            self.note = "" if self.hinted else "There is no hint for this one."

    def turn_evidence(self, to: int | None = None) -> None:
        """Open another evidence: the next, or a certain one."""
        if self.question and self.question.evidence:
            self.evidence = (self.evidence + 1 if to is None else to) % len(self.question.evidence)

    def next(self) -> None:
        """The next question, or the end."""
        if self.phase == "told":
            self.session.index += 1
            self.bring()

    def take_back(self) -> Graded | None:
        """Undo the newest answer; its question is asked again, with the sheet as it was left."""
        here = self.question if self.phase == "told" else None
        try:
            graded = self.quiz.take_back(self.session)
        except NexusError as error:
            self.note = f"Not taken back. {error.message} {error.hint}".strip()
            return None
        if graded is None:
            self.note = "There is no answer to take back yet."
        elif here is not None and here.id == graded.question.id:
            self.ask_again()
            self.graded = None
            self.resume()
        else:
            self.bring()
        if graded is not None:
            self.note = "Taken back. Answer again."
        return graded
