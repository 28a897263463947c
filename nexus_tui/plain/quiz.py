"""A quiz line by line. Answers are typed: a number, several numbers, words."""

import sys
import time
from collections.abc import Sequence

from nexus_tui.course.model import Option, Question, Response
from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.quiz import Graded, Session

HELP = {
    "one": "Type a number.",
    "many": "Type all the numbers that apply, such as: 1 3",
    "order": "Type the numbers in order, indentation after a colon, such as: 2 1:1 3:1",
    "match": "Type pairs, such as: 1b 2a",
    "text": "Type the answer; end an answer of several lines with a single dot.",
    "point": "Type the number of a line.",
}


def run(course: str | None, lesson: str, *, seed: int | None = None) -> None:
    """Ask every question of a lesson. Stops at the end of the input; what was answered is kept."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        session = tutor.quiz.of_lesson(lesson, seed)
        say(f"{session.title}: {len(session.questions)} questions. An empty line: I don't know.\n")
        _ask_all(tutor, session)
        say(f"{session.right} of {len(session.results)} right. Saved.")
    finally:
        tutor.close()


def _ask_all(tutor: Tutor, session: Session) -> None:
    while (question := tutor.quiz.question(session)) is not None:
        options = tutor.quiz.options(session, question)
        _show(question, options, session)
        began = time.monotonic()
        response = _read(question, options)
        if response is None:
            say("\nStopped.")
            return
        spent = round((time.monotonic() - began) * 1000)
        _tell(tutor.quiz.answer(session, question, response, ms=spent), options)
        session.index += 1


def _show(question: Question, options: Sequence[Option], session: Session) -> None:
    say(f"{session.index + 1}. {question.prompt.text}")
    for number, evidence in enumerate(question.evidence):
        if evidence.title:
            say(f"   {evidence.title}:")
        for line_number, line in enumerate(evidence.text.rstrip("\n").split("\n"), 1):
            lead = f"{line_number:>4} " if question.shape == "point" and not number else "   "
            say(f"{lead} | {line}")
    if question.shape in ("one", "many", "order", "match"):
        for number, option in enumerate(options, 1):
            say(f"   {number}) {option.text.text}")
    if question.shape == "match":
        for letter, pair in zip(
            "abcdefghi", sorted(option.pair for option in options), strict=False
        ):
            say(f"   {letter}) {pair}")
    say(f"   {HELP[question.shape]}")


def _read(question: Question, options: Sequence[Option]) -> Response | None:
    """The response, or None at the end of the input. Asks again for what it cannot read."""
    while True:
        typed = _typed(question)
        if typed is None:
            return None
        if not typed.strip():
            return Response(unknown=True)
        try:
            return _response(question, options, typed)
        except (ValueError, IndexError, KeyError):
            say(f"   That is not one of them. {HELP[question.shape]}")


def _typed(question: Question) -> str | None:
    print("   > ", end="", flush=True)
    line = sys.stdin.readline()
    if not line:
        return None
    if question.kind != "predict" or not line.strip():
        return line.rstrip("\n")
    lines = [line.rstrip("\n")]
    while (more := sys.stdin.readline()) and more.rstrip("\n") != ".":
        lines.append(more.rstrip("\n"))
    return "\n".join(lines)


def _response(question: Question, options: Sequence[Option], typed: str) -> Response:
    if question.shape == "text":
        return Response(text=typed)
    if question.shape == "point":
        return Response((f"L{int(typed)}",))
    words = typed.replace(",", " ").split()
    if question.shape == "order":
        parts = [word.partition(":") for word in words]
        return Response(tuple(f"{_pick(options, n).id}:{int(i or 0)}" for n, _, i in parts))
    if question.shape == "match":
        return Response(tuple(_pair(options, word) for word in words))
    chosen = tuple(_pick(options, word).id for word in words)
    if question.shape == "one" and len(chosen) != 1:
        raise ValueError(typed)
    return Response(chosen)


def _pick(options: Sequence[Option], number: str) -> Option:
    index = int(number) - 1
    if index < 0:
        raise IndexError(number)
    return options[index]


def _pair(options: Sequence[Option], word: str) -> str:
    rights = dict(zip("abcdefghi", sorted(option.pair for option in options), strict=False))
    right = next(option for option in options if option.pair == rights[word[-1].lower()])
    return f"{_pick(options, word[:-1]).id}={right.id}"


def _tell(graded: Graded, options: Sequence[Option]) -> None:
    verdict = graded.verdict
    say("   Right." if verdict.right else f"   Not yet. {verdict.expected.text}")
    if verdict.note:
        say(f"   {verdict.note.text}")
    if graded.question.shape in ("one", "many"):
        for number, option in enumerate(options, 1):
            say(f"   {number}) {'right' if option.right else 'wrong'}: {option.why.text}")
    say(f"   {graded.question.explanation.text}")
    say(f"   Comes back {graded.returns}.\n")
