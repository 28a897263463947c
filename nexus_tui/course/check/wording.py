"""How questions are put: options alike in length, nothing that can be guessed or says nothing."""

import re
from pathlib import Path

from nexus_tui.course.check.files import Known
from nexus_tui.course.model import Inline, Option, Question

_CHEAP = re.compile(
    r"\b(all|none|both|neither|any) of (the|these|them)( above| options| answers)?\s*\.?$"
    r"|^(both )?[a-d] and [a-d]\.?$",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(that is |that's |this is )?(in|not )?(correct|right|wrong|true|false)( answer)?\s*[.!]?",
    re.IGNORECASE,
)


def check_wording(known: Known) -> None:
    """Note questions that can be answered from their form, or that teach nothing."""
    for question in known.questions().values():
        owner = question.lesson
        inside = owner in known.quizzes
        path = known.layout.quiz(owner) if inside else known.layout.challenge(owner)
        _says_something(known, path, question)
        if question.kind in ("choice", "several"):
            _options(known, path, question)
        if inside and question.hint is None:
            message = f"{_name(question)} has no hint"
            known.warn(path, question.line, message, "Say where to look.", code="hint")
        _links(known, path, question)


def _name(question: Question) -> str:
    return f"`{question.id.partition('#')[2]}`"


def _says_something(known: Known, path: Path, question: Question) -> None:
    """Every option (and wrong answer) has a why that is more than a verdict."""
    for option in question.options:
        if question.kind != "order" and not option.why.text.strip():
            _add(known, path, question, f"`{option.id}` has no why", "why")
        elif _EMPTY.fullmatch(option.why.text.strip()):
            _add(known, path, question, f"the why of `{option.id}` only says so", "why")


def _options(known: Known, path: Path, question: Question) -> None:
    texts = [option.text.text.strip() for option in question.options]
    for option in question.options:
        if _CHEAP.search(option.text.text.strip()):
            _add(known, path, question, f"`{option.text.text}` can be guessed", "cheap-option")
    if len(set(texts)) < len(texts):
        _add(known, path, question, "two options read the same", "duplicate-option")
    if len(texts) < 3:
        known.warn(
            path,
            question.line,
            f"{_name(question)} has {len(texts)} options",
            "Three or four are harder to guess.",
            code="few-options",
        )
    _lengths(known, path, question)


def _lengths(known: Known, path: Path, question: Question) -> None:
    """The longest may be about twice the shortest; short options may differ more."""
    lengths = [len(option.text.text) for option in question.options]
    if max(lengths) > 2.5 * min(lengths) and max(lengths) - min(lengths) > 30:
        message = f"{_name(question)}: options have {min(lengths)} to {max(lengths)} characters"
        known.warn(path, question.line, message, "Make them alike.", code="option-lengths")
    right = [len(option.text.text) for option in question.options if option.right]
    wrong = [len(option.text.text) for option in question.options if not option.right]
    if question.kind == "choice" and right and wrong and right[0] > 1.4 * max(wrong) + 10:
        message = f"{_name(question)}: the right option is much the longest"
        known.warn(path, question.line, message, "Shorten it.", code="option-lengths")


def _links(known: Known, path: Path, question: Question) -> None:
    """Options, prompts and the like carry code, strong and em only."""
    for text in _inlines(question):
        if any(span.kind == "link" for span in text.spans):
            _add(known, path, question, "a question cannot hold links", "link")
            break


def _inlines(question: Question) -> list[Inline]:
    texts = [question.prompt, question.explanation, *([question.hint] if question.hint else [])]
    for option in question.options:
        texts += _of(option)
    return texts


def _of(option: Option) -> list[Inline]:
    return [option.text, option.why]


def _add(known: Known, path: Path, question: Question, message: str, code: str) -> None:
    known.add(path, question.line, f"{_name(question)}: {message}", code=code)
