"""The course, opened file by file."""

import os
from pathlib import Path
from typing import Any

import pytest
from course_files import FILES, LESSON, QUIZ, Make, write

from nexus_tui.course.loader import Course
from nexus_tui.course.model import Heading, LabEquivalent, Listing, Need, Objective, Option
from nexus_tui.errors import NexusError


@pytest.fixture
def course(root: Path) -> Course:
    return Course(root)


def test_the_outline(course: Course, root: Path) -> None:
    outline = course.outline()
    assert (outline.title, outline.language) == ("Backend", "en")
    assert outline.groups[0].modules == ("orm",)
    module = outline.modules["orm"]
    assert [term.word for term in module.terms] == ["QuerySet", "Lazy"]
    assert module.confusable == (("orm/first#counts", "orm/first#number"),)
    first, second = module.lessons
    assert (first.id, first.title, first.minutes) == ("orm/first", "QuerySets are lazy", 9)
    assert first.objectives[0] == Objective("count", "Count the queries a view makes")
    assert first.sections[0] == first.title
    assert first.sections[-2:] == ("Check yourself", "In one breath")
    assert first.questions[0] == "orm/first#counts"
    assert len(first.questions) == 8
    assert second.needs == (Need("orm/first", "It begins there."),)
    assert module.labs[0].lesson == "orm/first"
    assert module.challenges[0].steps[-1] == "orm/slow#verify"
    heads: list[Any] = [*module.lessons, *module.labs, *module.challenges]
    assert {head.problem for head in heads} == {""}
    assert first.path == root / "lessons/orm/first.md"


def test_a_lesson(course: Course) -> None:
    lesson = course.lesson("orm/first")
    assert tuple(section.title for section in lesson.sections) == lesson.head.sections
    assert lesson.head == course.outline().modules["orm"].lessons[0]
    assert lesson.sections[1].asks == ("orm/first#counts",)
    heading, links = lesson.sections[-1].blocks[-2:]
    assert isinstance(heading, Heading)
    assert heading.text.text == "Look further"
    assert isinstance(links, Listing)
    assert lesson.sources[0].url == "https://docs.djangoproject.com/"
    assert course.lesson("orm/first") is lesson


def test_a_quiz_and_its_questions(course: Course) -> None:
    quiz = course.quiz("orm/first")
    assert [question.kind for question in quiz] == [
        *("choice", "several", "order", "type", "predict", "number", "point", "match")
    ]
    assert course.question("orm/first#number") == quiz[5]
    assert quiz[0].lesson == "orm/first"
    assert quiz[0].explanation.text == "Reading a QuerySet runs it. Once."
    assert quiz[0].evidence[0].language == "python"
    assert quiz[0].line == 2
    assert len({question.digest for question in quiz}) == 8


def test_a_digest_is_of_the_question_alone(make: Make) -> None:
    before = Course(make()).quiz("orm/first")
    moved = "# A comment\n" + QUIZ.replace("prompt: Which line", "prompt: What line")
    after = Course(make({"quizzes/orm/first.yaml": moved})).quiz("orm/first")
    same = [a.digest == b.digest for a, b in zip(before, after, strict=True)]
    assert same == [True] * 6 + [False, True]


def test_a_challenge(course: Course) -> None:
    challenge = course.challenge("orm/slow")
    assert [step.id for step in challenge.steps] == [
        "orm/slow#diagnose",
        "orm/slow#cost",
        "orm/slow#verify",
    ]
    assert challenge.steps[0].options[0].leads == "You count."
    assert challenge.steps[0].evidence[0].title == "Log"
    assert challenge.post_mortem.earlier.text == "Count queries in a test."
    assert course.question("orm/slow#cost") == challenge.steps[1]


def test_a_lab(course: Course, root: Path) -> None:
    lab = course.lab("orm/index")
    assert lab.head.path == root / "labs/orm/index"
    assert (lab.engine, lab.files) == ("sqlite", ("index.sql",))
    assert lab.limits == {"check_s": 2.0, "total_s": 10.5}
    assert [check.needs for check in lab.checks] == ["", "applies", "uses-index"]
    assert lab.checks[0].hints[2].spans[0].kind == "code"
    assert lab.mistakes[0].fails == "uses-index"
    assert lab.equivalent == (
        LabEquivalent("index.sql", 1, "create index a on b (c);", "SQL has no case."),
    )


def test_a_lab_is_read_again_when_any_of_its_files_changes(course: Course, root: Path) -> None:
    before = course.lab("orm/index").digest
    write(root, {"labs/orm/index/starter/index.sql": "-- another\n"})
    assert Course(root).lab("orm/index").digest != before


def test_setups_are_the_modules_own_first(course: Course, root: Path) -> None:
    shared = root / "lessons/on/stays.py"
    assert course.setup("orm/first", "stays") == shared
    assert course.setup_paths("orm/slow") == (shared.parent,)
    own = root / "lessons/orm/on/stays.py"
    write(root, {"lessons/orm/on/stays.py": ""})
    assert course.setup("orm/first", "stays") == own
    assert course.setup_paths("orm/index") == (own.parent, shared.parent)


@pytest.mark.parametrize("name", ["nope", "../stays", "", "a b"])
def test_an_unknown_setup(course: Course, name: str) -> None:
    with pytest.raises(NexusError, match="no setup"):
        course.setup("orm/first", name)


@pytest.mark.parametrize(
    ("method", "name", "hint"),
    [
        ("lesson", "orm/frist", "orm/first"),
        ("lesson", "nope", "outline"),
        ("quiz", "orm/index", "orm/"),
        ("challenge", "orm/slw", "orm/slow"),
        ("lab", "orm/inde", "orm/index"),
        ("question", "orm/first#cuonts", "orm/first#counts"),
        ("question", "orm/none#x", "orm/"),
        ("question", "", "outline"),
        ("lesson", "../../etc/passwd", "outline"),
    ],
)
def test_unknown_ids_say_what_was_meant(course: Course, method: str, name: str, hint: str) -> None:
    with pytest.raises(NexusError) as caught:
        getattr(course, method)(name)
    assert hint in caught.value.hint


def test_retired_ids_lead_to_their_successors(make: Make) -> None:
    retired = "{orm/zero: orm/old, orm/old: orm/first, orm/first#gone: orm/first#counts}"
    text = FILES["lessons/course.yaml"].replace("{orm/zero: orm/first}", retired)
    course = Course(make({"lessons/course.yaml": text}))
    assert course.lesson("orm/zero").head.id == "orm/first"
    assert course.question("orm/zero#number").id == "orm/first#number"
    assert course.question("orm/first#gone").id == "orm/first#counts"


def test_retired_ids_in_a_circle_end(make: Make) -> None:
    text = FILES["lessons/course.yaml"].replace("{orm/zero: orm/first}", "{a/b: a/c, a/c: a/b}")
    with pytest.raises(NexusError):
        Course(make({"lessons/course.yaml": text})).lesson("a/b")


def test_a_broken_lesson_is_in_the_outline_with_its_problem(make: Make) -> None:
    broken = LESSON.replace("minutes: 9", "minutes: nine")
    course = Course(make({"lessons/orm/first.md": broken}))
    first, second = course.outline().modules["orm"].lessons
    assert first.problem.startswith("lessons/orm/first.md:3: ")
    assert (first.title, second.problem) == ("QuerySets are lazy", "")
    with pytest.raises(NexusError, match=r"lessons/orm/first.md:3: .*`minutes`"):
        course.lesson("orm/first")


@pytest.mark.parametrize(
    "name",
    ["lessons/orm/first.md", "labs/orm/index/lab.yaml", "quizzes/orm/challenges/slow.yaml",
     "lessons/orm/module.yaml"],
)  # fmt: skip
@pytest.mark.parametrize("text", ["", "\x00", "[", "- a", "---\n[\n---\n", None])
def test_whatever_is_in_a_file_the_outline_stands(make: Make, name: str, text: str | None) -> None:
    root = make({name: text} if text is not None else {}, without=(name,))
    module = Course(root).outline().modules["orm"]
    heads: list[Any] = [*module.lessons, *module.labs, *module.challenges]
    problems = [module.problem, *(head.problem for head in heads)]
    assert [problem for problem in problems if problem.startswith(name)]
    assert all(head.title for head in heads)


def test_a_broken_quiz_says_where_and_the_lesson_still_opens(make: Make) -> None:
    broken = QUIZ.replace("kind: several", "kind: sevral")
    course = Course(make({"quizzes/orm/first.yaml": broken}))
    with pytest.raises(NexusError, match=r"quizzes/orm/first.yaml:\d+: .*`sevral`"):
        course.quiz("orm/first")
    assert course.lesson("orm/first").sections


def test_a_lesson_without_a_quiz_has_no_questions(make: Make) -> None:
    course = Course(make(without=("quizzes/orm/first.yaml",)))
    assert course.quiz("orm/first") == ()
    assert course.lesson("orm/first").head.questions == ()


def test_a_course_without_course_yaml_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NexusError, match=r"lessons/course.yaml: There is no such file"):
        Course(tmp_path).outline()


def test_an_edited_file_is_read_again(course: Course, root: Path) -> None:
    before = course.lesson("orm/first")
    path = root / "lessons/orm/first.md"
    path.write_text(LESSON.replace("One query", "One question"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    after = course.lesson("orm/first")
    assert after.sections[1].title == "One question"
    assert after.digest != before.digest


def test_line_ends_and_a_mark_make_no_difference(make: Make) -> None:
    root = make()
    plain = Course(root).lesson("orm/first"), Course(root).quiz("orm/first")
    for name in ("lessons/orm/first.md", "quizzes/orm/first.yaml"):
        data = FILES[name].replace("\n", "\r\n").encode("utf-8-sig")
        (root / name).write_bytes(data)
    assert (Course(root).lesson("orm/first"), Course(root).quiz("orm/first")) == plain


def test_options_keep_what_the_file_says(course: Course) -> None:
    many = course.question("orm/first#counts").options[0]
    assert isinstance(many, Option)
    assert (many.id, many.right, many.misconception) == ("many", False, "m")
