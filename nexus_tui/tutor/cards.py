"""Questions met as an Anki deck: a note each, a deck for each module."""

import html
import re
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from nexus_tui.course.model import Inline, LessonHead, Module, Option, Question
from nexus_tui.course.questions import expected, shown_order
from nexus_tui.errors import NexusError
from nexus_tui.learner import progress

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

MODEL = 1_735_202_611
"""Id of the note type: Anki keeps what was learned as long as it stays the same."""
FIELDS = ("Id", "Question", "Answer", "Explanation", "Options", "Lesson")
FRONT = "{{Question}}"
BACK = (
    '{{FrontSide}}<hr id="answer"><div class="answer">{{Answer}}</div>'
    '<div>{{Explanation}}</div>{{Options}}<div class="lesson">{{Lesson}}</div>'
)
STYLE = """\
.card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: auto }
pre, code { font-family: monospace; font-size: 16px }
pre { white-space: pre-wrap; padding: .6em; border-left: 3px solid #888 }
.answer { font-weight: bold }
.lesson { color: #888; font-size: 14px; margin-top: 1em }
"""
TAGS = {"strong": "b", "em": "i", "code": "code", "strike": "s"}


def require() -> None:
    """Raise NexusError, with the one command that helps, when the library is missing."""
    if find_spec("genanki") is None:
        raise NexusError(
            "Anki decks are written with genanki, which is not installed.",
            "Install it beside nexus-tui: pip install 'genanki>=0.13,<0.14' "
            "(with pipx: pipx inject nexus-tui genanki)",
        )


def write(tutor: "Tutor", target: Path) -> int:
    """Write the questions met to an .apkg file; give how many. NexusError: none, or no library."""
    require()
    import genanki

    model = genanki.Model(
        MODEL,
        "nexus-tui question",
        fields=[{"name": name} for name in FIELDS],
        templates=[{"name": "Question", "qfmt": FRONT, "afmt": BACK}],
        css=STYLE,
    )
    decks, count = [], 0
    for module, met in _met(tutor):
        deck = genanki.Deck(_number(module.id), f"{_course(tutor)}::{_flat(module.title)}")
        for head, question in met:
            guid = genanki.guid_for("nexus-tui", question.id)
            note = genanki.Note(model, fields(question, head, module), guid=guid)
            note.tags = [module.id.replace(" ", "-")]
            deck.add_note(note)
            count += 1
        decks.append(deck)
    if not count:
        raise NexusError("No question was met yet.", "Answer some: nexus-tui quiz LESSON")
    genanki.Package(decks).write_to_file(str(target))
    return count


def _course(tutor: "Tutor") -> str:
    return _flat(tutor.course.outline().title)


def _flat(title: str) -> str:
    """A title that makes one level of a deck's name."""
    return title.replace("::", ": ")


def _number(module: str) -> int:
    """The id of a module's deck, always the same: from 2**30 to 2**31, where no other lies."""
    found = blake2b(f"nexus-tui {module}".encode(), digest_size=4).digest()
    return 1 << 30 | int.from_bytes(found) & (1 << 30) - 1


def _met(tutor: "Tutor") -> Iterator[tuple[Module, list[tuple[LessonHead, Question]]]]:
    """Modules in the course's order, with the questions of their lessons that were answered."""
    met = {row[0] for row in progress.memories(tutor.record)}
    for module in tutor.course.outline().modules.values():
        found = []
        for head in module.lessons:
            wanted = met.intersection(head.questions)
            quiz = _quiz(tutor, head.id) if wanted else ()
            found += [(head, question) for question in quiz if question.id in wanted]
        if found:
            yield module, found


def _quiz(tutor: "Tutor", lesson: str) -> Sequence[Question]:
    try:
        return tutor.course.quiz(lesson)
    except NexusError:
        return ()  # broken: the linter says so, the others are still worth having


def fields(question: Question, head: LessonHead, module: Module) -> list[str]:
    """The fields of a note, as HTML; everything from the course is escaped."""
    options = shown_order(question, crc32(question.id.encode()))
    return [
        plain(question.id),
        f"<div>{rich(question.prompt)}</div>{_evidence(question)}{_choices(question, options)}",
        rich(expected(question)),
        rich(question.explanation),
        _reasons(question, options),
        plain(f"{module.title}: {head.title}"),
    ]


def _evidence(question: Question) -> str:
    made = ""
    for number, evidence in enumerate(question.evidence):
        title = f"<div>{plain(evidence.title)}</div>" if evidence.title else ""
        rows = evidence.text.split("\n")
        if question.shape == "point" and not number:
            rows = [f"{at:>3}  {row}" for at, row in enumerate(rows, 1)]
        made += f"{title}<pre>{plain(chr(10).join(rows))}</pre>"
    return made


def _choices(question: Question, options: Sequence[Option]) -> str:
    """What there is to choose from."""
    if question.shape not in ("one", "many", "order", "match"):
        return ""
    made = _items(rich(option.text) for option in options)
    if question.shape == "match":
        made += _items(plain(right) for right in sorted(option.pair for option in options))
    return made


def _reasons(question: Question, options: Sequence[Option]) -> str:
    """Why each option is right or wrong; of typed kinds, the wrong answers known."""
    shown = options or question.options
    wrong = [option for option in shown if option.why.text]
    signs = question.shape in ("one", "many", "point", "text")
    items = []
    for option in wrong:
        sign = ("✓ " if option.right else "✗ ") if signs else ""
        items.append(f"{sign}{rich(option.text)}: {rich(option.why)}")
    return _items(items)


def _items(items: Sequence[str] | Iterator[str]) -> str:
    made = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""


def rich(inline: Inline) -> str:
    """Styled text as HTML. Spans that cross each other are not in the course's texts."""
    edges: dict[int, list[str]] = {}
    for span in inline.spans:
        if tag := TAGS.get(span.kind):
            edges.setdefault(span.start, []).append(f"<{tag}>")
            edges.setdefault(span.end, []).insert(0, f"</{tag}>")
    made, at = "", 0
    for edge in sorted(edges):
        made += plain(inline.text[at:edge]) + "".join(edges[edge])
        at = edge
    return (made + plain(inline.text[at:])).replace("\n", "<br>")


def plain(text: str) -> str:
    """Text as HTML that shows it, and that Anki takes for no field, sound or formula."""
    safe = html.escape(text).replace("{{", "&#123;&#123;").replace("[", "&#91;")
    return re.sub(r"\\(?=\(|&#91;)", r"\\<wbr>", safe)
