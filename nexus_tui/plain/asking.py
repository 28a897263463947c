"""Asks the questions of a session, one after another; answers are typed."""

import time
from collections.abc import Callable, Sequence

from nexus_tui.course.model import Option, Question, Response
from nexus_tui.plain import page, telling
from nexus_tui.plain.prompt import echo, line, whole
from nexus_tui.plain.telling import IN
from nexus_tui.plain.typed import STEERS, Steer, UnreadableError, how, response, steer
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Confidence, Session
from nexus_tui.tutor.testout import TestOut

SURE: dict[str, Confidence] = {"guess": "guess", "think": "think", "sure": "sure"}
KEYS = """Empty line: I don't know. ?: a hint. undo: take the last answer back.
again: say the question again. flag: worth another look. stop: leave; what was answered is kept."""
LATER = "later: leave this one for tomorrow."
Told = Callable[[Question], None]
"""Says something before a question is shown."""


class Asker:
    """One run through a session. An answer counts from the moment it is said to be saved."""

    def __init__(
        self,
        tutor: Tutor,
        session: Session,
        before: Told | None = None,
        *,
        goes_on: bool = False,
    ) -> None:
        self.tutor, self.quiz, self.session = tutor, tutor.quiz, session
        self._before, self._goes_on = before, goes_on
        self._hinted = False
        self._explained = ""
        self._began = 0.0

    def go(self) -> bool:
        """Ask what is left; False when it was stopped before the end."""
        if self.session.current in self.session.results:
            self.session.index += 1
        while True:
            question = self.quiz.question(self.session)
            if question is None:
                if not self._end():
                    return True
            elif not self._ask(question):
                page.tell("Stopped.")
                return False

    def _end(self) -> bool:
        """After the last question: whether its answer was taken back."""
        if not self.session.results or self._goes_on:
            return False
        page.tell("That was the last one. Enter ends; undo takes its answer back.")
        typed = line()
        return typed is not None and STEERS.get(typed.strip().casefold()) == "undo" and self.undo()

    def _ask(self, question: Question) -> bool:
        """Ask until it is answered or left; False to stop."""
        options = self.quiz.options(self.session, question)
        self._hinted, self._began = False, time.monotonic()
        if self._before:
            self._before(question)
        self._explained = self._explain(question) if self.tutor.settings.explain else ""
        self._show(question, options)
        while True:
            typed = line()
            if typed is None:
                return False
            word = steer(question, typed)
            if word in ("stop", "undo", "later"):
                done = self._leave(word)
                if done is not None:
                    return done
            elif word is not None:
                self._steer(word, question, options)
            elif self._answer(question, options, whole(question, typed)):
                return True

    def _show(self, question: Question, options: Sequence[Option]) -> None:
        alone = len(self.session.questions) == 1 and self.session.context != "test-out"
        counted = alone or self.session.context == "challenge"
        number = "" if counted else f"{self.session.index + 1}."
        telling.show(question, options, number)

    def _explain(self, question: Question) -> str:
        """A line of one's own, before there is anything to choose from."""
        telling.show_prompt(question)
        page.tell("In your words, before you see the options. Empty: skip.", lead=IN)
        return (line() or "").strip()

    # Words that steer

    def _leave(self, word: Steer) -> bool | None:
        """Do what goes away from a question: False stops, True goes on, None stays."""
        if word == "stop":
            return False
        if word == "undo":
            return True if self.undo() else None
        if self.session.context != "review":
            page.tell("Only a review's questions can wait. stop leaves them all.", lead=IN)
            return None
        self.quiz.bury(self.session)
        page.tell("Not today.", lead=IN)
        return True

    def undo(self) -> bool:
        """Take the newest answer back, so that :meth:`go` asks it again; False: there is none."""
        if self.quiz.take_back(self.session) is None:
            page.tell("There is no answer to take back yet.", lead=IN)
            return False
        if isinstance(self.session, TestOut):
            self.session.forget_ahead()
        page.tell("Taken back. Answer again.", lead=IN)
        return True

    def _steer(self, word: Steer, question: Question, options: Sequence[Option]) -> None:
        if word == "again":
            self._show(question, options)
        elif word == "flag":
            page.tell("Why? An empty line: no reason.", lead=IN)
            self.quiz.reviews.flag(question.id, (line() or "").strip())
            page.tell("Flagged.", lead=IN)
        elif question.hint is None:
            page.tell("There is no hint for this one.", lead=IN)
        else:
            self._hinted = True
            page.tell(question.hint, lead=f"{IN}Hint: ", rest=IN)

    # Answers

    def _answer(self, question: Question, options: Sequence[Option], typed: str) -> bool:
        """Judge, save and tell; False when it has to be typed again."""
        given, sure = Response(unknown=True), ""
        if typed.strip():
            try:
                given = response(question, options, typed)
            except UnreadableError as error:
                page.tell(f"{error} {how(question)}", lead=IN)
                return False
            echo(question, options, typed)
            sure = self._sure()
        if sure == "undo":
            page.tell("Not handed in. Answer again.", lead=IN)
            return False
        spent = round((time.monotonic() - self._began) * 1000)
        confidence = SURE.get(sure, "")
        graded = self.quiz.answer(
            *(self.session, question, given),
            confidence=confidence,
            hint=self._hinted,
            ms=spent,
            explained=self._explained,
        )
        telling.tell(graded, options)
        self.session.index += 1
        return True

    def _sure(self) -> str:
        """How sure: one of SURE, "" when it is not said, "undo" to answer again."""
        if not self.tutor.settings.confidence:
            return ""
        page.tell("How sure are you? guess, think or sure", lead=IN)
        while (typed := line()) is not None and (word := typed.strip().casefold()):
            found = next((name for name in (*SURE, "undo") if name.startswith(word)), "")
            if found:
                return found
            page.tell("One of these words, or an empty line to say nothing.", lead=IN)
        return ""
