import json
from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.learner import events, journal
from nexus_tui.learner.database import Record
from nexus_tui.learner.maintenance import export_jsonl, import_jsonl, preview
from tests.unit.learner.support import Clock, Opener, all_events, derived, give


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "record.jsonl"


@pytest.fixture
def other(tmp_path: Path, open_record: Opener) -> Record:
    return open_record(tmp_path / "other" / "progress.db")


def test_there_and_back(record: Record, other: Record, file: Path, clock: Clock) -> None:
    give(record, "m/l#q", text="ü")
    clock.move(days=2)
    give(other, "m/l#q", right=False)
    assert export_jsonl(record, file) == 1
    incoming = preview(other, file)
    assert (incoming.new, incoming.known, incoming.kinds) == (1, 0, {"answer": 1})
    assert len(all_events(other)) == 1
    assert import_jsonl(other, file) == incoming
    assert export_jsonl(other, file) == 2
    assert import_jsonl(record, file).new == 1
    assert derived(record) == derived(other)
    assert all_events(record) == all_events(other)
    again = import_jsonl(record, file)
    assert (again.new, again.known) == (0, 2)


def test_the_file_is_lines_that_anyone_can_read(record: Record, file: Path) -> None:
    made = events.append(record, "note", "m/l", {"text": "ü"})
    export_jsonl(record, file)
    header, line = file.read_text(encoding="utf-8").splitlines()
    assert json.loads(header) == {"nexus-tui": "record", "format": 1}
    assert json.loads(line) == {
        "id": made.id,
        "device": record.device,
        "time": "2026-03-02T09:00:00.000000Z",
        "zone": 60,
        "kind": "note",
        "subject": "m/l",
        "digest": "",
        "payload": {"text": "ü"},
    }


def test_another_content_under_one_id_is_a_conflict_and_ours_stays(
    record: Record, file: Path
) -> None:
    events.append(record, "note", "m/l", {"text": "ours"})
    export_jsonl(record, file)
    file.write_text(file.read_text().replace("ours", "theirs"))
    incoming = import_jsonl(record, file)
    assert (incoming.new, incoming.conflicts) == (0, 1)
    assert journal.note(record, "m/l") == "ours"


def test_a_line_twice_is_one_event(record: Record, other: Record, file: Path) -> None:
    give(record, "m/l#q")
    export_jsonl(record, file)
    header, line = file.read_text().splitlines()
    file.write_text(f"{header}\n{line}\n\n{line}\n")
    assert (preview(other, file).new, preview(other, file).known) == (1, 1)
    incoming = import_jsonl(other, file)
    assert (incoming.new, incoming.known, len(all_events(other))) == (1, 1, 1)


BROKEN = [
    {"id": "short"},
    {"id": 7},
    {"time": "yesterday"},
    {"time": "2026-03-02T09:00:00"},
    {"time": "2026-03-02T10:00:00.000000+01:00"},
    {"time": "0001-01-01T00:00:00.000000Z"},
    {"time": "9999-12-31T00:00:00.000000Z"},
    {"zone": 9000},
    {"zone": "60"},
    {"zone": True},
    {"subject": None},
    {"subject": "\ud800"},
    {"payload": [1]},
    {"payload": {"ms": float("inf")}},
    {"payload": "{}"},
]


def test_lines_that_are_no_events_are_named_and_left_out(
    record: Record, other: Record, file: Path
) -> None:
    give(record, "m/l#q")
    export_jsonl(record, file)
    header, line = file.read_text().splitlines()
    lines = [json.dumps(json.loads(line) | change) for change in BROKEN]
    lines += ["{", "[]", "3", json.dumps({"id": "x"}), "[" * 100_000, line]
    file.write_text("\n".join([header, *lines]))
    incoming = import_jsonl(other, file)
    assert [number for number, _ in incoming.refused] == list(range(2, 2 + len(lines) - 1))
    assert all(why for _, why in incoming.refused)
    assert incoming.new == 1
    assert all_events(other) == all_events(record)


def test_kinds_of_a_later_version_are_kept_but_mean_nothing_yet(
    record: Record, other: Record, file: Path
) -> None:
    give(record, "m/l#q")
    export_jsonl(record, file)
    file.write_text(file.read_text().replace('"kind":"answer"', '"kind":"dreamt"'))
    assert import_jsonl(other, file).new == 1
    assert derived(other) == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "no exported record"),
        ("noise\n", "no exported record"),
        ("[]\n", "no exported record"),
        ('{"nexus-tui":"record","format":2}\n', "newer nexus-tui"),
    ],
)
def test_another_file(record: Record, file: Path, text: str, words: str) -> None:
    file.write_text(text)
    for act in (preview, import_jsonl):
        with pytest.raises(NexusError, match=words):
            act(record, file)


def test_files_that_cannot_be(record: Record, file: Path) -> None:
    with pytest.raises(NexusError, match="cannot be read"):
        import_jsonl(record, file)
    with pytest.raises(NexusError, match="could not be exported"):
        export_jsonl(record, file / "no" / "folder")
    give(record, "m/l#q")
