"""Answers as CSV: what the columns hold, and that no spreadsheet runs them."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.answers import COLUMNS, harmless, table
from tests.ui.conftest import Clock


def give(tutor: Tutor, question: str, **more: object) -> events.Answer:
    given = events.Answer(question, right=True, **more)  # type: ignore[arg-type]
    events.answer(tutor.record, given)
    return given


def rows(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text))]


def test_a_row_for_each_answer(tutor: Tutor, clock: Clock) -> None:
    give(tutor, "m/l#q", chosen=("a", "b"), confidence="sure", ms=1540, hint=True, share=0.5)
    clock.days(1)
    give(tutor, "m/l#r", text='two\nlines, "quoted"', context="review", explained="so")
    first, second = rows(table(tutor.record))
    assert first["time"] == "2026-03-10T09:00:00.000000Z"
    assert first["day"] == "2026-03-10"
    assert [first[name] for name in COLUMNS[2:13]] == [
        *("m", "m/l", "m/l#q", "1", "0.5", "0", "sure", "1", "1.5", "lesson", "a b")
    ]
    assert (second["text"], second["explained"]) == ('two\nlines, "quoted"', "so")
    assert (second["share"], second["context"], second["hint"]) == ("1", "review", "0")
    assert len({first["event"], second["event"]}) == 2


def test_what_was_taken_back_is_not_in_it(tutor: Tutor) -> None:
    give(tutor, "m/l#q")
    (row,) = rows(table(tutor.record))
    events.undo(tutor.record, row["event"])
    assert table(tutor.record) == ",".join(COLUMNS) + "\r\n"


@pytest.mark.parametrize("text", ["=1+2", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_no_spreadsheet_runs_a_cell(tutor: Tutor, text: str) -> None:
    give(tutor, "m/l#q", text=text)
    (row,) = rows(table(tutor.record))
    assert row["text"] == f"'{text}"
    assert harmless("a=1") == "a=1"


def test_payloads_from_elsewhere_are_cells_too(tutor: Tutor) -> None:
    strange = {"right": "no", "share": "x", "ms": "long", "chosen": 3, "text": None}
    events.append(tutor.record, "answer", "=x#q", strange)
    (row,) = rows(table(tutor.record))
    assert (row["question"], row["right"], row["share"], row["chosen"]) == ("'=x#q", "0", "0", "")


def run(*args: str | Path) -> Result:
    return CliRunner().invoke(commands.group, ["export", "csv", *map(str, args)])


def test_to_a_file_and_to_the_output(tmp_path: Path) -> None:
    target = tmp_path / "a.csv"
    assert run(target).output == f"Written: {target}\n"
    assert run(target).exit_code == 0
    assert target.read_bytes() == run("-").stdout_bytes
    target.write_text("mine", "utf-8")
    assert isinstance(run(target).exception, NexusError)
    assert isinstance(run(tmp_path / "no" / "folder").exception, NexusError)
    assert run(target, "--force").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
