"""Notes, takeaways, challenges of one's own, bookmarks: written, found again, carried away."""

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.learner.rebuild import rebuild
from nexus_tui.tutor import Tutor, writeup
from nexus_tui.tutor.journal import LONGEST, PARTS
from tests.ui.conftest import Clock
from tests.ui.course import LAB, NAMES

SECTION = f"{NAMES}@a-long-page"
HOSTILE = [
    "[/oops] [@click=app.quit]x[/] [b",
    "a\x1b[31mb\x1b]0;title\x07c\x1b[2J\x08\x7f\x9b",
    "a\u202eb\u2066c\u200fd\u2028e",
    "שלום עולם",
    "x" * 10_000,
    "line\n" * 9_000,
    "lone \udc80 and \0",
]


def test_one_note_a_subject_and_the_last_text_stands(tutor: Tutor, clock: Clock) -> None:
    journal = tutor.journal
    assert journal.write(SECTION, "first\n\n")
    assert not journal.write(SECTION, "first")
    clock.days(1)
    journal.add(SECTION, "second")
    assert journal.text(SECTION) == "first\n\nsecond"
    assert [entry.subject for entry in journal.entries()] == [SECTION]
    journal.write(SECTION, "   \n")
    assert journal.text(SECTION) == ""
    assert journal.entries() == []


def test_every_version_is_kept_and_can_be_put_back(tutor: Tutor, clock: Clock) -> None:
    journal = tutor.journal
    for text in ("one", "two", "", "three"):
        journal.write(NAMES, text)
        clock.days(1)
    assert [version.text for version in journal.versions(NAMES)] == ["three", "", "two", "one"]
    journal.write(NAMES, journal.versions(NAMES)[-1].text)
    assert journal.text(NAMES) == "one"
    assert len(journal.versions(NAMES)) == 5


def test_what_only_grew_in_one_sitting_is_one_version(tutor: Tutor, clock: Clock) -> None:
    journal = tutor.journal
    for text in ("a", "ab", "abc", "x", "xy"):
        journal.write(NAMES, text)
        clock.days(1 / 1440)
    assert [version.text for version in journal.versions(NAMES)] == ["xy", "abc"]


def test_versions_are_found_by_an_index(tutor: Tutor) -> None:
    sql = "EXPLAIN QUERY PLAN SELECT id FROM event WHERE kind = 'note' AND subject = 'x'"
    assert any("event_note" in str(row) for row in tutor.record.rows(sql))


def test_kinds_in_order_and_in_each_the_newest_first(tutor: Tutor, clock: Clock) -> None:
    journal = tutor.journal
    for subject in (NAMES, SECTION, f"takeaway:{NAMES}", f"own:{LAB}"):
        journal.write(subject, f"on {subject}")
        clock.days(1)
    assert journal.mark(f"{NAMES}#copies")
    found = [(entry.kind, entry.subject) for entry in journal.entries()]
    assert found == [
        ("own", f"own:{LAB}"),
        ("takeaway", f"takeaway:{NAMES}"),
        ("note", SECTION),
        ("note", NAMES),
        ("bookmark", f"{NAMES}#copies"),
    ]
    assert [entry.about for entry in journal.entries()][2] == "Names and objects · A long page"
    assert not journal.mark(f"{NAMES}#copies")
    assert not journal.marked(f"{NAMES}#copies")


def test_entries_are_found_by_words_of_text_and_title(tutor: Tutor) -> None:
    tutor.journal.write(NAMES, "Ein Straße of its own")
    tutor.journal.write(LAB, "twice")
    for wanted, count in (("", 2), ("STRASSE", 1), ("double", 1), ("own straße", 1), ("zebra", 0)):
        assert len(tutor.journal.entries(wanted)) == count, wanted


def test_what_is_laid_out_and_left_so_is_nothing(tutor: Tutor) -> None:
    draft = tutor.journal.drafts(LAB, "own")[0]
    assert (draft.kind, draft.subject) == ("own", f"own:{LAB}")
    assert all(f"## {part}" in draft.template for part in PARTS)
    assert not tutor.journal.write(draft.subject, draft.template)
    assert tutor.journal.entries() == []


def test_too_long_is_said_and_nothing_is_lost(tutor: Tutor) -> None:
    tutor.journal.write(NAMES, "kept")
    with pytest.raises(NexusError, match="at most"):
        tutor.journal.write(NAMES, "x" * (LONGEST + 1))
    assert tutor.journal.text(NAMES) == "kept"


def test_what_is_not_in_the_course_keeps_its_note(tutor: Tutor) -> None:
    tutor.journal.write("python/gone", "still here")
    (entry,) = tutor.journal.entries()
    assert (entry.about, entry.text) == ("python/gone", "still here")
    assert tutor.journal.subjects.home("python/gone") == ""


@pytest.mark.parametrize("id", ["python/nothing", f"{NAMES}@nowhere", f"{NAMES}#nothing"])
def test_an_id_that_does_not_exist_is_refused(tutor: Tutor, id: str) -> None:
    with pytest.raises(NexusError):
        tutor.journal.subjects.check(id)


def test_sections_are_known_by_their_slugs(tutor: Tutor) -> None:
    subjects = tutor.journal.subjects
    lesson = tutor.study.open(NAMES)
    made = [subjects.of_section(NAMES, section.slug) for section in lesson.sections]
    assert made[0] == NAMES
    assert [subjects.number_of(subject) for subject in made[1:]] == [1, 2, 3, 4]
    assert subjects.number_of(NAMES) is None
    assert all(subjects.check(subject) for subject in made)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_kept_and_a_rebuild_gives_the_same(tutor: Tutor, text: str) -> None:
    for subject in (NAMES, "own:1", "takeaway:1"):
        tutor.journal.write(subject, text)
    before = [(entry.subject, entry.text) for entry in tutor.journal.entries()]
    assert len(before) == 3
    assert rebuild(tutor.record).differed == ()
    assert [(entry.subject, entry.text) for entry in tutor.journal.entries()] == before
    made = writeup.markdown(tutor.journal)
    made.encode()
    assert not {*made} & {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\0"}


def test_the_export_keeps_the_notes_under_its_own_headings(tutor: Tutor) -> None:
    tutor.journal.write(SECTION, "# Big\n\n```python\n# comment\n```\n## Small")
    tutor.journal.write("note:1", "free")
    tutor.journal.mark(NAMES)
    made = writeup.markdown(tutor.journal)
    assert made.startswith(f"{writeup.MARK}\n\n# What I learned\n")
    assert "\n### Big\n\n*Names and objects · A long page, 2026-03-10*\n" in made
    assert "```python\n# comment\n```\n#### Small" in made
    assert "\n### Of 2026-03-10\n\nfree" in made
    assert "## Bookmarks\n\n- Names and objects\n" in made


def test_an_older_record_gets_the_index(tutor: Tutor) -> None:
    from sqlite_utils import Database

    from nexus_tui.learner import migrations

    events.append(tutor.record, "note", NAMES, {"text": "old"})
    with tutor.record.write() as db:
        db.execute("DROP INDEX event_note")
        migrations.versions(Database(db))
        migrations.versions(Database(db))
    assert [version.text for version in tutor.journal.versions(NAMES)] == ["old"]
    assert tutor.record.rows("SELECT 1 FROM sqlite_master WHERE name = 'event_note'")
