"""The search index: what a word is, what is found by it, in which order, and what becomes of it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from nexus_tui.course.search import Entry, Store, find
from nexus_tui.course.search import store as stores
from nexus_tui.course.search.entries import course_units
from nexus_tui.course.search.snippet import pattern, snippet
from nexus_tui.course.search.words import distance, fold, stem, tokens, words

ENTRIES = [
    Entry("section", "d/a@x", "Fetching rows", "Django › A", "Use select_related for one row."),
    Entry(
        "section", "d/a@y", "Others", "Django › A", "What is related stays related; N+1 is slow."
    ),
    Entry("section", "d/a@index", "Index", "Django › A", "Nothing else stands here, not a thing."),
    Entry("term", "d/a", "index", "Django", "A sorted copy."),
    Entry("breath", "d/a@in-one-breath", "A", "Django", "In short: an index is a copy."),
    Entry("section", "d/b@z", "Copies", "Django › B", "An index, in running text, of queries."),
    Entry("lab", "d/mail", "A mailer", "Jobs", "A Celery worker with acks_late=True, Python."),
    Entry("section", "d/c@h", "Headers", "HTTP › C", "X-Forwarded-For and docker --no-cache."),
    Entry(
        "section", "d/c@s", "Words", "HTTP › C", "Write __str__ in the class, naïve or QuerySet."
    ),
]


def filled(path: Path | None = None) -> Store:
    store = Store(path)
    store.write({f"unit:{n}": ("1", [entry]) for n, entry in enumerate(ENTRIES)})
    for _ in store.list_words():
        pass
    return store


@pytest.fixture
def store() -> Iterator[Store]:
    made = filled()
    yield made
    made.close()


def targets(store: Store, typed: str) -> list[str]:
    return [hit.entry.target for hit in find(store, typed)]


def test_an_identifier_is_one_word_and_its_parts() -> None:
    assert words("select_related() --no-cache") == ["select_related", "--no-cache"]
    assert tokens("QuerySet acks_late").split() == [
        *("queryset", "query", "set"),
        *("acks_late", "acks", "late"),
    ]
    assert words("N+1, C++; X-Forwarded-For: __str__") == [
        *("n+1", "c++", "x-forwarded-for", "__str__")
    ]


@pytest.mark.parametrize("text", ["Naïve Résumé", "İstanbul ß ǅ ﬁ", "中文 \u0301", "\ud800x"])
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_stems_are_of_prose_only() -> None:
    assert stem("queries") == stem("query")
    assert stem("indexes") == "index"
    assert stem("acks_lates") == "acks_lates"


@pytest.mark.parametrize(
    ("one", "two", "letters"),
    [("celary", "celery", 1), ("pyhton", "python", 1), ("selct", "select", 1), ("abc", "xyz", 3)],
)
def test_distance_counts_letters(one: str, two: str, letters: int) -> None:
    assert distance(one, two, 3) == letters
    assert distance(one, two, 0) == 1


def test_title_before_term_before_breath_before_text(store: Store) -> None:
    assert targets(store, "index")[:4] == ["d/a@index", "d/a", "d/a@in-one-breath", "d/b@z"]


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("select_related", "d/a@x"),
        ("SELECT_REL", "d/a@x"),
        ("acks_late", "d/mail"),
        ("--no-cache", "d/c@h"),
        ("no-cache", "d/c@h"),
        ("X-Forwarded-For", "d/c@h"),
        ("forwarded", "d/c@h"),
        ("__str__", "d/c@s"),
        ("N+1", "d/a@y"),
        ("naive", "d/c@s"),
        ("set", "d/c@s"),
    ],
)
def test_names_are_found_as_they_are(store: Store, typed: str, target: str) -> None:
    first = find(store, typed)[0]
    assert first.entry.target == target
    assert first.near == ""


@pytest.mark.parametrize(
    ("typed", "target"),
    [
        ("selct_related", "d/a@x"),
        ("selct_rela", "d/a@x"),
        ("celary", "d/mail"),
        ("pyhton", "d/mail"),
        ("elery", "d/mail"),
        ("indexing", "d/a@index"),
    ],
)
def test_slips_and_other_forms_are_found_and_called_so(
    store: Store, typed: str, target: str
) -> None:
    found = find(store, typed)
    assert found[0].entry.target == target
    assert {hit.near for hit in found} == {"near"}


def test_the_name_itself_comes_before_its_parts(store: Store) -> None:
    assert targets(store, "select_related") == ["d/a@x"]
    assert set(targets(store, "related")) >= {"d/a@x", "d/a@y"}


def test_some_of_the_words_come_last(store: Store) -> None:
    found = find(store, "celery banana")
    assert [(hit.entry.target, hit.near) for hit in found] == [("d/mail", "some")]


@pytest.mark.parametrize(
    "typed", ["", " ", '"', "*", "AND OR NOT", '"x', "{title} :", "a" * 5000, "\0"]
)
def test_no_query_is_an_error(store: Store, typed: str) -> None:
    assert isinstance(find(store, typed), list)
    assert targets(store, "celery") == ["d/mail"]


def test_what_is_not_allowed_is_not_found(store: Store) -> None:
    assert find(store, "index", allowed=lambda entry: entry.kind == "term")[0].entry.kind == "term"
    assert not find(store, "index", allowed=lambda entry: False)


def test_matches_are_offsets_into_the_text() -> None:
    text = "word " * 60 + "here is\n the Needle " + "tail " * 60
    made = snippet(text, pattern(["needle"]))
    assert [made.text[a:b] for a, b in made.ranges] == ["Needle"]
    assert made.text.startswith("… ")
    assert made.text.endswith(" …")
    assert "\n" not in made.text
    assert len(made.text) < 180


def test_a_unit_is_replaced_and_forgotten(store: Store) -> None:
    store.write({"unit:6": ("2", [Entry("lab", "d/mail", "A queue", "", "RabbitMQ.")])})
    assert not targets(store, "acks_late")
    assert targets(store, "rabbitmq") == ["d/mail"]
    assert store.stamps()["unit:6"] == "2"
    store.drop(["unit:6"])
    assert not targets(store, "rabbitmq")
    assert "unit:6" not in store.stamps()


def test_the_file_is_kept_from_one_session_to_the_next(tmp_path: Path) -> None:
    filled(tmp_path / "cache/search.db").close()
    again = Store(tmp_path / "cache/search.db")
    assert targets(again, "celary") == ["d/mail"]
    assert again.listed
    again.close()


def test_another_version_is_thrown_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(tmp_path / "search.db").close()
    monkeypatch.setattr(stores, "VERSION", "later")
    again = Store(tmp_path / "search.db")
    assert again.stamps() == {}
    assert again.path
    assert not again.in_memory
    again.close()


def test_a_file_that_is_no_database_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "search.db").write_bytes(b"no database at all" * 500)
    again = filled(tmp_path / "search.db")
    assert targets(again, "celery") == ["d/mail"]
    assert not again.in_memory
    again.close()


def test_a_file_damaged_meanwhile_is_begun_anew(tmp_path: Path) -> None:
    store = filled(tmp_path / "search.db")
    store.db.execute("DROP TABLE entry")
    assert targets(store, "celery") == []
    assert store.stamps() == {}
    store.write({"unit": ("1", ENTRIES)})
    assert targets(store, "celery") == ["d/mail"]
    store.close()


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    store = filled(tmp_path / "file/search.db")
    assert store.in_memory
    assert targets(store, "celery") == ["d/mail"]
    store.close()


def test_another_program_that_writes_is_waited_for(tmp_path: Path) -> None:
    store = filled(tmp_path / "search.db")
    other = sqlite3.connect(tmp_path / "search.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert not store.write({"more": ("1", [Entry("lab", "x", "Kafka", "", "")])})
    assert targets(store, "celery") == ["d/mail"]
    other.execute("COMMIT")
    other.close()
    assert store.write({"more": ("1", [Entry("lab", "x", "Kafka", "", "")])})
    store.close()


@pytest.mark.parametrize("lacking", ["fts5", "trigram"])
def test_less_is_found_where_sqlite_can_do_less(
    lacking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    has = stores._has
    monkeypatch.setattr(stores, "_has", lambda db, table: lacking not in table and has(db, table))
    store = filled()
    assert store.full_text == (lacking != "fts5")
    assert not store.trigrams
    assert targets(store, "select_related") == ["d/a@x"]
    assert targets(store, "index")[:2] == ["d/a@index", "d/a"]
    assert targets(store, "selct_related") == []
    store.drop(["unit:0"])
    assert targets(store, "select_related") == []
    store.close()


def test_a_course_is_indexed_by_section(root: Path) -> None:
    from nexus_tui.course.loader import Course

    course = Course(root)
    units = list(course_units(course.outline(), course.root))
    entries = [entry for unit in units for entry in unit.read()]
    assert len({unit.id for unit in units}) == len(units)
    assert {entry.kind for entry in entries} >= {"module", "lesson", "term", "lab", "challenge"}
    for module in course.outline().modules.values():
        for head in module.lessons:
            slugs = {section.slug for section in course.lesson(head.id).sections}
            there = {
                e.target.partition("@")[2] for e in entries if e.target.startswith(f"{head.id}@")
            }
            assert there
            assert there <= slugs
