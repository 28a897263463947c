"""Read quizzes and challenges."""

from pathlib import Path

from nexus_tui.course.common import MINUTES
from nexus_tui.course.fields import Fields, fields_of
from nexus_tui.course.files import read_text
from nexus_tui.course.markdown import blocks
from nexus_tui.course.model import Challenge, ChallengeHead, PostMortem, Question
from nexus_tui.course.problems import Problems
from nexus_tui.course.questions import KINDS
from nexus_tui.course.questions.kind import markdown_of
from nexus_tui.course.questions.parse import read_question
from nexus_tui.course.yamltree import Scalar, read_yaml


def file_fields(path: Path, what: str, problems: Problems) -> Fields | None:
    """Return the outermost mapping of a YAML file, or None after noting why not."""
    text = read_text(path, problems)
    if text is None:
        return None
    before = len(problems.errors)
    node = read_yaml(text, problems)
    if node is None:
        if len(problems.errors) == before:
            problems.add(0, "The file is empty", "Write it.", code="empty")
        return None
    return fields_of(node, problems, what)


def read_quiz(path: Path, lesson: str, problems: Problems) -> tuple[Question, ...]:
    """Return the questions of a lesson's quiz; those that cannot be read are noted, left out."""
    fields = file_fields(path, "the quiz", problems)
    if fields is None:
        return ()
    found = _questions(fields, "questions", lesson, step=False)
    fields.done()
    return found


def _questions(fields: Fields, name: str, owner: str, step: bool) -> tuple[Question, ...]:
    what = "step" if step else "question"
    children = fields.children(name, what, required=True)
    read = [read_question(child, owner, KINDS, step) for child in children]
    found = tuple(question for question in read if question is not None)
    _once(found, fields.problems)
    return found


def _once(questions: tuple[Question, ...], problems: Problems) -> None:
    lines: dict[str, int] = {}
    for question in questions:
        first = lines.setdefault(question.id, question.line)
        if first != question.line:
            name = question.id.partition("#")[2]
            message = f"the question `{name}` stands twice (first in line {first})"
            problems.add(question.line, message, "Rename one.", code="duplicate-id")


def read_question_ids(path: Path, lesson: str) -> tuple[str, ...]:
    """Return the ids of a quiz, for the outline; () when the file is broken or missing."""
    fields = file_fields(path, "the quiz", Problems(""))
    if fields is None:
        return ()
    names = [child.text("id", "") for child in fields.children("questions", "question")]
    return tuple(f"{lesson}#{name}" for name in names if name)


def read_challenge_head(path: Path, challenge: str, problems: Problems) -> ChallengeHead | None:
    """Return what the outline shows of a challenge."""
    fields = file_fields(path, "the challenge", problems)
    return _head(fields, challenge, path) if fields else None


def _head(fields: Fields, challenge: str, path: Path) -> ChallengeHead:
    steps = [child.text("id", "") for child in fields.children("steps", "step", required=True)]
    return ChallengeHead(
        id=challenge,
        title=fields.text("title"),
        minutes=fields.whole("minutes", *MINUTES),
        summary=fields.text("summary"),
        steps=tuple(f"{challenge}#{name}" for name in steps if name),
        path=path,
    )


def read_challenge(path: Path, challenge: str, problems: Problems) -> Challenge | None:
    """Return a challenge, or None after noting why it cannot be read at all."""
    fields = file_fields(path, "the challenge", problems)
    if fields is None:
        return None
    head = _head(fields, challenge, path)
    story, line = block_text(fields, "story")
    found = Challenge(
        head=head,
        story=blocks(story, line, challenge),
        steps=_questions(fields, "steps", challenge, step=True),
        post_mortem=_post_mortem(fields),
    )
    fields.done()
    return found


def block_text(fields: Fields, name: str) -> tuple[str, int]:
    """Return a field of Markdown and the line of the file where it begins."""
    text = fields.text(name)
    node = fields.node.items.get(name)
    block = isinstance(node, Scalar) and not node.plain and "\n" in node.value
    line = node.line if node else fields.line
    return text, line + 1 if block else line


def _post_mortem(fields: Fields) -> PostMortem:
    child = fields.child("post_mortem", required=True)
    if child is None:
        child = Fields(fields.node, Problems(""), "")
    found = PostMortem(
        symptom=markdown_of(child, "symptom"),
        cause=markdown_of(child, "cause"),
        remedy=markdown_of(child, "remedy"),
        cost=markdown_of(child, "cost"),
        earlier=markdown_of(child, "earlier"),
    )
    child.done()
    return found
