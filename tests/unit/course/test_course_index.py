"""The outline's index and the lessons kept read: quick, never stale, never fatal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from course_files import FILES, LESSON, Make, write

from nexus_tui.course import compiled, model
from nexus_tui.course.index import Index
from nexus_tui.course.loader import Course


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def index_file(cache: Path) -> Path:
    (path,) = cache.glob("outline-*.json")
    return path


def test_the_index_gives_the_same_outline(root: Path, cache: Path) -> None:
    built = Course(root, cache=cache).outline()
    assert Index(root, cache).load() == built
    assert Course(root, cache=cache).outline() == built == Course(root).outline()


def test_a_fresh_index_is_taken_without_opening_a_file(
    root: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = Course(root, cache=cache).outline()
    monkeypatch.setattr("nexus_tui.course.outline.Builder.build", None)
    assert Course(root, cache=cache).outline() == built


SCRIPT = """
import sys
from pathlib import Path
from nexus_tui.course.loader import Course
course = Course(Path(sys.argv[1]), cache=Path(sys.argv[2]))
course.outline()
if "open" in sys.argv:
    course.lesson("orm/first")
    course.quiz("orm/first")
print(*(name for name in ("yaml", "markdown_it", "dataclasses", "difflib") if name in sys.modules))
"""


def loaded(root: Path, cache: Path, *more: str) -> str:
    command = [sys.executable, "-I", "-S", "-c", _path() + SCRIPT, str(root), str(cache), *more]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _path() -> str:
    # No site: what .pth files import would blur the answer.
    return f"import sys; sys.path[:0] = {[path for path in sys.path if path]!r}\n"


def test_a_start_from_the_index_imports_no_parser(root: Path, cache: Path) -> None:
    assert loaded(root, cache, "open") == "yaml markdown_it dataclasses"
    assert loaded(root, cache) == ""
    assert loaded(root, cache, "open") == ""


@pytest.mark.parametrize(
    "name",
    ["lessons/course.yaml", "lessons/orm/module.yaml", "lessons/orm/first.md",
     "quizzes/orm/first.yaml", "labs/orm/index/lab.yaml", "quizzes/orm/challenges/slow.yaml"],
)  # fmt: skip
def test_a_changed_file_makes_the_index_stale(root: Path, cache: Path, name: str) -> None:
    Course(root, cache=cache).outline()
    assert Index(root, cache).load() is not None
    os.utime(root / name, ns=(1, 1))
    assert Index(root, cache).load() is None
    Course(root, cache=cache).outline()
    assert Index(root, cache).load() is not None


def test_a_file_that_appears_makes_the_index_stale(make: Make, cache: Path) -> None:
    name = "lessons/orm/second.md"
    root = make(without=(name,))
    assert Course(root, cache=cache).outline().modules["orm"].lessons[1].problem
    write(root, {name: FILES[name]})
    assert not Course(root, cache=cache).outline().modules["orm"].lessons[1].problem


def test_refresh_looks_again(root: Path, cache: Path) -> None:
    course = Course(root, cache=cache)
    course.outline()
    changed = LESSON.replace("QuerySets are lazy", "Lazy QuerySets")
    write(root, {"lessons/orm/first.md": changed})
    assert course.outline().modules["orm"].lessons[0].title == "QuerySets are lazy"
    course.refresh()
    assert course.outline().modules["orm"].lessons[0].title == "Lazy QuerySets"


DAMAGE = ["", "{", "[]", "null", "{}", '{"version": 1}', "\x00", "[" * 5_000]


@pytest.mark.parametrize("text", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_index_is_built_anew(root: Path, cache: Path, text: str) -> None:
    built = Course(root, cache=cache).outline()
    index_file(cache).write_text(text)
    assert Course(root, cache=cache).outline() == built
    assert Index(root, cache).load() == built


@pytest.mark.parametrize("part", ["outline", "files", "root", "version", "trust"])
@pytest.mark.parametrize("value", [None, [], {}, "x", 3, [[1]], [["a"]]])
def test_an_index_with_odd_parts_is_built_anew(
    root: Path, cache: Path, part: str, value: object
) -> None:
    built = Course(root, cache=cache).outline()
    path = index_file(cache)
    data = json.loads(path.read_text())
    if data[part] == value:
        return
    path.write_text(json.dumps({**data, part: value}))
    outline = Course(root, cache=cache).outline()
    assert outline == built


def test_an_index_that_cannot_be_written_is_no_error(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert Course(root, cache=file / "cache").outline() == Course(root).outline()
    assert Course(root, cache=file / "cache").lesson("orm/first")


def test_no_part_of_an_index_is_left_behind(root: Path, cache: Path) -> None:
    course = Course(root, cache=cache)
    course.lesson("orm/first")
    course.quiz("orm/first")
    assert not list(cache.rglob("*.part"))


def test_two_courses_share_a_cache(root: Path, cache: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    text = LESSON.replace("QuerySets are lazy", "Elsewhere")
    write(other, {**FILES, "lessons/orm/first.md": text})
    for _ in range(2):
        assert Course(root, cache=cache).lesson("orm/first").head.title == "QuerySets are lazy"
        assert Course(other, cache=cache).lesson("orm/first").head.title == "Elsewhere"


def test_a_build_stamp_is_trusted(root: Path, cache: Path, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    stamp.write_text("1")
    built = Course(root, cache=cache, trust_stamp=stamp).outline()
    write(root, {"lessons/orm/first.md": LESSON.replace("QuerySets are", "Sets are")})
    assert Course(root, cache=cache, trust_stamp=stamp).outline() == built
    stamp.write_text("22")
    assert Course(root, cache=cache, trust_stamp=stamp).outline() != built


def test_without_its_build_stamp_the_files_decide(root: Path, cache: Path) -> None:
    stamp = root / "nowhere"
    built = Course(root, cache=cache, trust_stamp=stamp).outline()
    write(root, {"lessons/orm/first.md": LESSON.replace("QuerySets are", "Sets are")})
    assert Course(root, cache=cache, trust_stamp=stamp).outline() != built


def test_a_kept_lesson_is_the_lesson(root: Path, cache: Path) -> None:
    plain = Course(root)
    for _ in range(2):
        course = Course(root, cache=cache)
        assert course.lesson("orm/first") == plain.lesson("orm/first")
        assert course.quiz("orm/first") == plain.quiz("orm/first")


def test_a_kept_lesson_goes_with_its_files(root: Path, cache: Path) -> None:
    Course(root, cache=cache).lesson("orm/first")
    write(root, {"lessons/orm/first.md": LESSON.replace("One query", "One request")})
    assert Course(root, cache=cache).lesson("orm/first").sections[1].title == "One request"
    (root / "quizzes/orm/first.yaml").unlink()
    assert Course(root, cache=cache).lesson("orm/first").head.questions == ()


@pytest.mark.parametrize("text", DAMAGE, ids=range(len(DAMAGE)))
def test_a_damaged_kept_lesson_is_read_anew(root: Path, cache: Path, text: str) -> None:
    lesson = Course(root, cache=cache).lesson("orm/first")
    for path in (cache / "read").iterdir():
        path.write_text(text)
    assert Course(root, cache=cache).lesson("orm/first") == lesson


def test_every_value_of_a_lesson_or_quiz_can_be_kept() -> None:
    named = {name for name, item in vars(model).items() if isinstance(item, type)}
    kept = {kind.__name__ for kind in compiled._CLASSES}
    other = {"ChallengeHead", "PostMortem", "Challenge", "LabCheck", "LabMistake", "LabHead",
             "LabEquivalent", "LabStep", "Lab", "Module", "Group", "Outline",
             "LearningPath", "Fork", "Branch", "Term", "Response", "Verdict",
             "Mapping", "MappingProxyType", "Path"}  # fmt: skip
    assert named - kept == other
