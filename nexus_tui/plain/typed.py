"""What is typed at a question: a word that steers, or an answer."""

import re
from collections.abc import Callable, Sequence
from typing import Literal

from nexus_tui.course.model import Option, Question, Response

Steer = Literal["hint", "undo", "stop", "again", "later", "flag"]
STEERS: dict[str, Steer] = {
    "?": "hint",
    "hint": "hint",
    "undo": "undo",
    "stop": "stop",
    "quit": "stop",
    "again": "again",
    "later": "later",
    "flag": "flag",
}
"""Word -> what it does."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PAIR = re.compile(r"(\d+)\s*[-=:]?\s*([a-z])(?=[\s,;]|$)[\s,;]*")
HELP = {
    "one": "Type a number, a letter or the beginning of the answer.",
    "many": "Type the numbers or letters of all that apply, such as: 1 3",
    "order": "Type all the numbers or letters in the right order, such as: 2 1 3",
    "match": "Type each number with its letter, such as: 1b 2a",
    "text": "Type the answer.",
    "point": "Type the number of a line, or some of its text.",
}
INDENTED = "Type all the numbers in the right order, with levels of indentation: 2 1:1 3:2"
LINES = "Type what it prints, line by line; a line with a single dot ends it."


class UnreadableError(ValueError):
    """What was typed is no answer to this question; the message says what is missing."""


def how(question: Question) -> str:
    """How to answer, in a sentence."""
    if question.kind == "predict":
        return LINES
    indented = any(option.indent for option in question.options)
    return INDENTED if question.shape == "order" and indented else HELP[question.shape]


def steer(question: Question, typed: str) -> Steer | None:
    """What a word does; None when it is an answer. An answer the question knows is always one."""
    word = typed.strip().casefold()
    if question.shape == "text" and word in _known(question):
        return None
    return STEERS.get(word)


def _known(question: Question) -> set[str]:
    answers = question.accept.answers if question.accept else ()
    wrong = (option.text.text for option in question.options)
    return {answer.strip().casefold() for answer in (*answers, *wrong)}


def response(question: Question, options: Sequence[Option], typed: str) -> Response:
    """The answer that was typed, ``options`` standing as they were shown.

    Raises UnreadableError: nothing is judged because of a slip of the finger.
    """
    if question.shape == "text":
        return Response(text=typed)
    return Response(_CHOOSE[question.shape](question, options, typed.strip()))


def _one(question: Question, options: Sequence[Option], typed: str) -> tuple[str, ...]:
    return (pick(options, typed).id,)


def _many(question: Question, options: Sequence[Option], typed: str) -> tuple[str, ...]:
    words = [word for word in re.split(r"[\s,;]+", typed) if word not in ("", "and")]
    if not all(_at(options, word) is not None for word in words):
        words = [part.strip() for part in typed.split(",")]
    return tuple(dict.fromkeys(pick(options, word).id for word in words))


def _order(question: Question, options: Sequence[Option], typed: str) -> tuple[str, ...]:
    made = []
    for word in re.split(r"[\s,;]+", typed):
        name, _, level = word.partition(":")
        if level and not (level.isdecimal() and len(level) < 3):
            raise UnreadableError("Indentation is a number of levels, such as 2:1.")
        made.append((pick(options, name).id, int(level or 0)))
    _all_once([id for id, _ in made], options)
    return tuple(f"{id}:{level}" for id, level in made)


def _match(question: Question, options: Sequence[Option], typed: str) -> tuple[str, ...]:
    pairs = _PAIR.findall(typed.lower())
    if not pairs or _PAIR.sub("", typed.lower()).strip():
        raise UnreadableError("That is not one of them.")
    rights = right_sides(options)
    made = []
    for number, letter in pairs:
        at = LETTERS.index(letter)
        if at >= len(rights):
            raise UnreadableError("That is not one of them.")
        right = next(option for option in options if option.pair == rights[at])
        made.append((pick(options, number).id, right.id))
    _all_once([id for id, _ in made], options)
    return tuple(f"{left}={right}" for left, right in made)


def _point(question: Question, options: Sequence[Option], typed: str) -> tuple[str, ...]:
    rows = question.evidence[0].text.rstrip("\n").split("\n")
    number = typed.lower().removeprefix("line ").removeprefix("l")
    if number.isdecimal() and 1 <= int(number) <= len(rows):
        return (f"L{int(number)}",)
    found = [at for at, row in enumerate(rows, 1) if typed in row]
    if not typed or typed.isdecimal() or len(found) != 1:
        raise UnreadableError("That is no line of it.")
    return (f"L{found[0]}",)


_CHOOSE: dict[str, Callable[[Question, Sequence[Option], str], tuple[str, ...]]] = {
    "one": _one,
    "many": _many,
    "order": _order,
    "match": _match,
    "point": _point,
}


def right_sides(options: Sequence[Option]) -> list[str]:
    """The right-hand sides of a match, in the order they are shown."""
    return sorted(option.pair for option in options)


def pick(options: Sequence[Option], word: str) -> Option:
    """The option of a number, a letter, or words that stand in no other. UnreadableError."""
    at = _at(options, word)
    if at is not None:
        return options[at]
    wanted = word.casefold()
    texts = [option.text.text.casefold() for option in options]
    for fits in (str.__eq__, str.startswith, str.__contains__):
        found = [at for at, text in enumerate(texts) if fits(text, wanted)]
        if len(found) == 1 and len(wanted) > 1 and not wanted[0].isdecimal():
            return options[found[0]]
    raise UnreadableError("That is not one of them.")


def _at(options: Sequence[Option], word: str) -> int | None:
    """Where the option of a number or a letter stands, from 0."""
    if word.isdecimal() and len(word) < 4:
        at = int(word) - 1
    elif len(word) == 1 and word.lower() in LETTERS:
        at = LETTERS.index(word.lower())
    else:
        return None
    return at if 0 <= at < len(options) else None


def _all_once(ids: list[str], options: Sequence[Option]) -> None:
    if len(ids) != len(set(ids)) or len(ids) != len(options):
        raise UnreadableError(f"Name each of the {len(options)} once.")
