"""The record to a file and back, in words: what would change, what was refused, what is kept."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands, paths
from nexus_tui.errors import NexusError
from nexus_tui.learner import journal
from nexus_tui.learner.facts import KINDS
from nexus_tui.learner.maintenance import quick_check
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.answers import COLUMNS
from tests.ui.course import NAMES, answer, read, write

Run = Callable[..., Result]
DOCS = Path(__file__).resolve().parents[2] / "docs" / "record.md"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def run() -> Run:
    def made(*args: str | Path, stdin: str = "") -> Result:
        return CliRunner().invoke(commands.group, [*map(str, args)], input=stdin)

    return made


@pytest.fixture
def file(root: Path, run: Run, tmp_path: Path) -> Path:
    """What another machine exported."""
    tutor = Tutor.open(root=root)
    for question in ("one-list", "copies"):
        answer(tutor, f"{NAMES}#{question}")
    read(tutor, NAMES)
    from nexus_tui.learner import events

    events.append(tutor.record, "note", NAMES, {"text": "ours"})
    tutor.close()
    target = tmp_path / "record.jsonl"
    assert run("export", target).exit_code == 0
    return target


@pytest.fixture
def elsewhere(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Another machine, with nothing yet."""
    home = tmp_path / "elsewhere"
    monkeypatch.setenv("NEXUS_HOME", str(home))
    return home


def ids() -> list[str]:
    tutor = Tutor.open()
    found = [row[0] for row in tutor.record.rows("SELECT id FROM event ORDER BY id")]
    tutor.close()
    return found


def test_an_import_says_what_it_would_change_and_asks(
    run: Run, file: Path, elsewhere: Path
) -> None:
    done = run("import", file, stdin="no\n")
    assert done.exit_code == 1
    assert re.search(
        r"New: 2 answers, \d sections read, 1 lesson read to its end, 1 note\.", done.output
    )
    assert "Nothing was changed." in done.output
    assert ids() == []
    assert run("import", file).exit_code == 1


def test_an_import_backs_up_and_joins_and_twice_is_once(
    run: Run, file: Path, elsewhere: Path
) -> None:
    done = run("import", file, stdin="yes\n")
    assert done.exit_code == 0, done.output
    there = ids()
    assert f"Imported: {len(there)} events." in done.output
    (backup,) = (elsewhere / "backups").glob("before-import-*.db")
    assert quick_check(backup) == []
    again = run("import", file, "--yes")
    assert again.exit_code == 0
    assert f"Here already: {len(there)} events." in again.output
    assert "Nothing to import." in again.output
    assert ids() == there
    assert len([*(elsewhere / "backups").glob("*.db")]) == 1


def test_a_file_cut_in_the_middle_gives_what_it_has(
    run: Run, file: Path, elsewhere: Path, tmp_path: Path
) -> None:
    whole = file.read_bytes()
    cut = tmp_path / "cut.jsonl"
    cut.write_bytes(whole[: len(whole) // 2])
    lines = cut.read_bytes().count(b"\n")
    done = run("import", cut, "--yes")
    assert done.exit_code == 0
    assert f"Refused, as no events: 1 line.\n  line {lines + 1}: " in done.output
    assert len(ids()) == lines - 1
    run("import", file, "--yes")
    assert len(ids()) == whole.count(b"\n") - 1
    assert len([*(elsewhere / "backups").glob("before-import-*.db")]) == 2


def test_a_conflict_is_said_and_ours_stays(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(file.read_text("utf-8").replace("ours", "theirs"), "utf-8")
    done = run("import", other, "--yes")
    assert "Here with another content: 1 event. Yours stay." in done.output
    tutor = Tutor.open()
    assert journal.note(tutor.record, NAMES) == "ours"
    tutor.close()


def test_kinds_of_a_later_version_have_words_too(run: Run, file: Path, elsewhere: Path) -> None:
    file.write_text(file.read_text("utf-8").replace('"kind":"note"', '"kind":"dreamt"'), "utf-8")
    assert "1 dreamt event." in run("import", file).output


def test_nothing_is_imported_when_it_cannot_be_backed_up(
    run: Run, file: Path, elsewhere: Path
) -> None:
    run("import", file)
    (elsewhere / "backups").write_text("a file in the way", "utf-8")
    done = run("import", file, "--yes")
    assert isinstance(done.exception, NexusError)
    assert "Nothing was imported." in done.exception.message
    assert ids() == []


@pytest.mark.parametrize("text", ["", "noise", '{"nexus-tui":"record","format":2}'])
def test_another_file_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    source = tmp_path / "x"
    source.write_text(text, "utf-8")
    assert isinstance(run("import", source).exception, NexusError)
    assert isinstance(run("import", tmp_path / "none").exception, NexusError)


def test_an_export_takes_no_other_files_place(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("export", file).exit_code == 0
    other = tmp_path / "mine.txt"
    other.write_text("mine", "utf-8")
    done = run("export", other)
    assert isinstance(done.exception, NexusError)
    assert "--force" in done.exception.hint
    assert other.read_text("utf-8") == "mine"
    assert run("export", other, "--force").exit_code == 0
    assert isinstance(run("export", tmp_path / "no" / "folder").exception, NexusError)
    assert isinstance(run("export", tmp_path).exception, NexusError)
    assert run("export").exit_code == 2 or "Usage" in run("export").output


def test_the_document_knows_the_format() -> None:
    """Every kind, field and column is described, and the example of an event reads as one."""
    text = DOCS.read_text("utf-8")
    for name in (*KINDS, *COLUMNS, "id", "device", "time", "zone", "digest", "payload"):
        assert f"`{name}`" in text, name
    example = next(line for line in text.splitlines() if line.startswith('{"device"'))
    assert json.loads(example)["kind"] in KINDS
    header = next(line for line in text.splitlines() if line.startswith('{"format"'))
    assert json.loads(header) == {"nexus-tui": "record", "format": 1}


def test_the_record_is_where_the_program_looks(run: Run, file: Path, elsewhere: Path) -> None:
    run("import", file, "--yes")
    assert paths.places().record.is_relative_to(elsewhere)
