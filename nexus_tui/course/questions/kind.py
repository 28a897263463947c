"""What a kind of question is: how it is read, which shape draws it, how it is judged."""

from dataclasses import dataclass
from typing import ClassVar, Protocol

from nexus_tui.course.fields import Fields
from nexus_tui.course.inline import inline
from nexus_tui.course.model import (
    Accept,
    Evidence,
    Inline,
    Option,
    Question,
    Response,
    Shape,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Parts:
    """What a kind reads beside the fields that all questions share."""

    options: tuple[Option, ...] = ()
    accept: Accept | None = None
    elsewhere: Inline | None = None


class Kind(Protocol):
    """One kind of question."""

    name: ClassVar[str]
    shape: ClassVar[Shape]

    def parse(self, fields: Fields, evidence: tuple[Evidence, ...]) -> Parts:
        """Read the kind's own fields, noting what is wrong with them."""

    def judge(self, question: Question, response: Response) -> Verdict:
        """Judge a response that is not "I don't know". Whatever it holds, it never raises."""

    def expected(self, question: Question) -> Inline:
        """Return the right answer in words."""


def markdown_of(fields: Fields, name: str, default: str | None = None) -> Inline:
    """Return a field of inline Markdown."""
    return inline(fields.text(name, default))


def unique(children: list[Fields], names: list[str], what: str) -> None:
    """Note each name that stands a second time; ``children`` are where they stand."""
    for at, (child, name) in enumerate(zip(children, names, strict=True)):
        if name and name in names[:at]:
            message = f"two {what} are called `{name}`"
            child.problem("", message, "Rename one.", code="duplicate-id")


def wrong(expected: Inline, option: Option | None = None, share: float = 0.0) -> Verdict:
    """Return the verdict on a wrong response, with what the chosen option shows."""
    note = option.why if option and option.why.text else None
    return Verdict(False, share, expected, note, option.misconception if option else "")
