"""The glossary and the handbook: words found on a page, lessons in one breath."""

import time
from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.glossary import Glossary
from tests.ui.course import FILES, NAMES, write

TERMS = """\
terms:
  - {word: binding, definition: "Tying a *name*.", see: [python/names, key]}
  - {word: key, definition: "What finds a row.", see: [foreign key]}
  - {word: foreign key, definition: "A key of another table.", see: []}
  - {word: query, definition: "A question.", see: []}
  - {word: index, definition: "A sorted copy. [x]", see: []}
"""
MODULE = FILES["lessons/python/module.yaml"].partition("terms:")[0] + TERMS


@pytest.fixture
def glossary(tutor: Tutor, course_root: Path) -> Glossary:
    write(course_root, {"lessons/python/module.yaml": MODULE})
    return tutor.glossary


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A binding.", ["binding"]),
        ("BINDINGS, and rebinding, are not bindingless", ["binding"]),
        ("a foreign key is no key", ["foreign key", "key"]),
        ("foreign\n  keys", ["foreign key"]),
        ("two queries, one querying", ["query"]),
        ("indexes and Indexes", ["index"]),
        ("monkey keyring", []),
        ("", []),
    ],
)
def test_whole_words_longest_first_also_in_the_plural(
    glossary: Glossary, text: str, words: list[str]
) -> None:
    assert [mention.term.word for mention in glossary.mentions(text)] == words


def test_a_mention_says_where(glossary: Glossary) -> None:
    (mention,) = glossary.mentions("many foreign keys")
    assert "many foreign keys"[mention.start : mention.end] == "foreign keys"


def test_links_lead_to_lessons_then_words_and_to_nothing_that_is_gone(glossary: Glossary) -> None:
    term = glossary.find(" Bindings ")
    assert term is not None
    links = [(link.kind, link.target) for link in glossary.links(term)]
    assert links == [("lesson", NAMES), ("term", "key")]


def test_words_are_found_before_definitions(glossary: Glossary) -> None:
    assert [term.word for term in glossary.terms(containing="key")] == ["foreign key", "key"]
    assert [term.word for term in glossary.terms(containing="question")] == ["query"]
    assert len(glossary.terms("python")) == 5
    assert glossary.terms("sql") == []
    assert glossary.near("bindng") == ["binding"]


def test_code_is_no_prose(tutor: Tutor, glossary: Glossary) -> None:
    text = FILES["lessons/python/names.md"].replace("first = [1]", "query = [1]")
    text = text.replace("copies nothing", "has a key")
    write(tutor.root, {"lessons/python/names.md": text, "lessons/python/module.yaml": MODULE})
    section = tutor.study.open(NAMES).sections[1]
    assert glossary.in_prose(section.blocks, "python") == {"key"}
    assert glossary.in_prose(section.blocks, "sql") == {"key"}  # which needs python
    assert glossary.in_prose(section.blocks, "caching") == set()


def test_a_thousand_terms_and_a_long_page_take_no_time(tutor: Tutor, course_root: Path) -> None:
    many = "".join(f'  - {{word: word{n}x, definition: "d", see: []}}\n' for n in range(1000))
    write(course_root, {"lessons/python/module.yaml": MODULE + many})
    assert tutor.glossary.find("word5x")
    began = time.perf_counter()
    found = tutor.glossary.mentions("some text with a word77x in it " * 300)
    assert [mention.term.word for mention in found] == ["word77x"]
    assert time.perf_counter() - began < 3


def test_the_handbook_says_each_lesson_in_one_breath(tutor: Tutor) -> None:
    chapters = tutor.handbook.modules()
    assert [chapter.title for chapter in chapters] == ["Python", "SQL", "Caching"]
    (paragraph,) = tutor.handbook.breath(NAMES)
    assert paragraph.text.text == "A name is tied to an object."  # type: ignore[union-attr]
    assert tutor.handbook.breath("sql/torn") == ()
    assert tutor.handbook.breath("sql/nothing") == ()
    assert [head.id for head in chapters[1].lessons] == ["sql/joins"]


def test_needs_show_only_lessons_that_exist(tutor: Tutor, course_root: Path) -> None:
    course = FILES["lessons/course.yaml"] + (
        "handbook:\n"
        "  - {when: A copy changed, read: [python/old, python/nothing, python/names]}\n"
        "  - {when: Nobody knows, read: [python/nothing]}\n"
    )
    write(course_root, {"lessons/course.yaml": course})
    (chapter,) = tutor.handbook.needs()
    assert chapter.title == "A copy changed"
    assert [head.id for head in chapter.lessons] == [NAMES]


def test_a_broken_course_file_is_said(tutor: Tutor, course_root: Path) -> None:
    tutor.course.outline()
    course = FILES["lessons/course.yaml"] + "handbook: [{when: x}]\n"
    write(course_root, {"lessons/course.yaml": course})
    with pytest.raises(NexusError, match="read"):
        tutor.handbook.needs()
