"""Search over course and record: only what was met, fresh by change, from every folder."""

import os
import sqlite3
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.course.search import Hit
from nexus_tui.learner import events
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor
from tests.ui.conftest import Clock
from tests.ui.course import LAB, NAMES, answer, write

MET, UNMET = f"{NAMES}#one-list", f"{NAMES}#copies"


def found(tutor: Tutor, words: str) -> list[Hit]:
    tutor.search.wait()
    return tutor.search.find(words)


def kinds(tutor: Tutor, words: str) -> set[str]:
    return {hit.entry.kind for hit in found(tutor, words)}


def test_a_question_is_found_once_it_was_met_never_before(tutor: Tutor) -> None:
    assert "question" not in kinds(tutor, "right one tied to objects")
    answer(tutor, MET)
    hits = [hit for hit in found(tutor, "tied objects") if hit.entry.kind == "question"]
    assert [hit.entry.target for hit in hits] == [MET]
    assert "Which of these copies" not in "".join(hit.entry.text for hit in found(tutor, "copies"))
    answer(tutor, UNMET)
    assert UNMET in {hit.entry.target for hit in found(tutor, "which of these copies")}


def test_an_answer_taken_back_takes_the_question_with_it(tutor: Tutor) -> None:
    event = answer_event(tutor)
    assert "question" in kinds(tutor, "tied objects")
    events.append(tutor.record, "undo", MET, {"event": event})
    assert "question" not in kinds(tutor, "tied objects")


def answer_event(tutor: Tutor) -> str:
    answer(tutor, MET)
    return str(tutor.record.rows("SELECT max(id) FROM event")[0][0])


def test_an_index_of_another_record_tells_nothing_of_it(
    tutor: Tutor, course_root: Path, tmp_path: Path, clock: Clock
) -> None:
    answer(tutor, MET)
    tutor.journal.write(NAMES, "My secret zebra.")
    assert kinds(tutor, "zebra") == {"note"}
    other = Tutor.open(
        root=course_root, places=Places(tmp_path / "other", tutor.places.cache), now=clock
    )
    assert other.search.find("zebra") == []
    assert "question" not in {hit.entry.kind for hit in other.search.find("tied objects")}
    assert kinds(other, "zebra") == set()
    other.close()


def test_notes_are_found_changed_and_forgotten(tutor: Tutor) -> None:
    tutor.journal.write(NAMES, "A zebra binds names.")
    (hit,) = found(tutor, "zebra")
    assert (hit.entry.kind, hit.entry.target) == ("note", NAMES)
    assert hit.entry.title == tutor.study.find(NAMES).title
    tutor.journal.write(NAMES, "A lion.")
    assert found(tutor, "zebra") == []
    assert kinds(tutor, "lion") == {"note"}


def test_a_lesson_is_indexed_again_when_its_file_changes(tutor: Tutor, course_root: Path) -> None:
    assert found(tutor, "xylophone") == []
    before = tutor.search._store.stamps()
    path = course_root / f"lessons/{NAMES}.md"
    path.write_text(path.read_text("utf-8").replace("tied to", "xylophone"), "utf-8")
    assert NAMES in {hit.entry.target.partition("@")[0] for hit in found(tutor, "xylophone")}
    after = tutor.search._store.stamps()
    assert {unit for unit in after if before.get(unit) != after[unit]} == {f"lesson:{NAMES}"}


def test_nothing_is_read_when_nothing_changed(tutor: Tutor) -> None:
    tutor.search.wait()
    assert tutor.search.total > 0
    tutor.search.wait()
    assert tutor.search.total == 0


def test_what_left_the_course_is_forgotten(tutor: Tutor, course_root: Path) -> None:
    assert LAB in {hit.entry.target for hit in found(tutor, "double")}
    module = course_root / "lessons/python/module.yaml"
    module.write_text(module.read_text("utf-8").replace("labs: [double]", "labs: []"), "utf-8")
    tutor.course.refresh()
    assert LAB not in {hit.entry.target for hit in found(tutor, "double")}


def test_it_is_built_in_the_background_and_says_how_far_it_is(tutor: Tutor) -> None:
    told: list[str] = []
    done = threading.Event()

    def changed() -> None:
        told.append(tutor.search.told)
        if not tutor.search.find("loop", again=True):
            return
        done.set()

    tutor.search.changed = changed
    tutor.search.start()
    assert done.wait(20)
    tutor.search.wait()
    assert told
    assert not tutor.search.building


def test_a_damaged_index_is_made_anew(tutor: Tutor, course_root: Path, clock: Clock) -> None:
    tutor.search.wait()
    path = tutor.search._store.path
    assert path is not None
    tutor.search.close()
    path.write_bytes(b"\0" * 9000)
    again = Tutor.open(root=course_root, places=tutor.places, now=clock)
    assert found(again, "double")
    again.close()
    assert sqlite3.connect(path).execute("SELECT count(*) FROM unit").fetchone()[0] > 0


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders are made read-only by their mode")
def test_a_cache_that_cannot_be_written_is_no_error(
    course_root: Path, tmp_path: Path, clock: Clock
) -> None:
    cache = tmp_path / "cache"
    cache.write_text("a file where the folder should be")
    made = Tutor.open(root=course_root, places=Places(tmp_path / "home", cache), now=clock)
    assert found(made, "double")
    assert made.search._store.in_memory
    made.close()


# The command


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "plain")


def search(root: Path, *args: str) -> Result:
    return CliRunner().invoke(commands.group, ["--course", str(root), "search", *args])


def test_the_command_tells_kind_place_words_and_id(root: Path) -> None:
    result = search(root, "double")
    assert result.exit_code == 0
    assert f"nexus-tui {LAB}" in result.output
    assert "(lab, Python)" in result.output


def test_the_command_as_data(root: Path) -> None:
    import json

    data = json.loads(search(root, "--json", "--limit", "1", "loop", "binds").output)
    assert len(data) == 1
    assert data[0]["kind"] == "lesson"
    assert all(
        data[0]["text"][start:end].lower() in ("loop", "bind", "binds")
        for start, end in data[0]["text_matches"]
    )


def test_the_command_takes_words_that_look_like_options(root: Path) -> None:
    result = search(root, "--no-cache")
    assert result.exit_code == 1
    assert "--no-cache" in result.output


def test_the_command_prints_nothing_a_terminal_obeys(root: Path) -> None:
    result = search(root, "zzz\x1b[2J")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
