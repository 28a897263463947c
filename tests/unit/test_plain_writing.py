"""Writing and looking up without a screen: what is kept, printed, refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.errors import NexusError
from nexus_tui.tutor import writeup
from tests.ui.course import NAMES, write

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    root = write(tmp_path / "course")

    def made(*args: str, stdin: str | bytes = "") -> Result:
        return CliRunner().invoke(commands.group, ["--course", str(root), *args], input=stdin)

    return made


def test_a_note_is_added_under_what_is_there(run: Run) -> None:
    assert "Kept: a note on Names and objects." in run("note", NAMES, "one").output
    run("note", NAMES, stdin="two\n")
    assert run("note", "--show", NAMES).output == "one\n\ntwo\n"
    assert "Nothing changed." in run("note", NAMES, stdin="").output


def test_the_list_is_by_kind_and_finds(run: Run) -> None:
    run("note", NAMES, "mine")
    run("note", "takeaway", stdin="short")
    told = run("note", "--list").output
    assert told.index("Takeaways") < told.index("Notes")
    assert NAMES in told
    assert "mine" not in run("note", "--list", "short").output
    assert "Nothing has that." in run("note", "--list", "zebra").output


@pytest.mark.parametrize(
    "args",
    [
        ("note", "python/nothing", "x"),
        ("note", "--show", NAMES),
        ("note", NAMES, "x" * 60_000),
        ("term", "nothing"),
        ("read", "--brief", "nowhere"),
    ],
)
def test_what_cannot_be_is_said(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert isinstance(done.exception, NexusError)
    assert done.exception.hint


def test_hostile_bytes_are_kept_and_obeyed_by_nothing(run: Run, tmp_path: Path) -> None:
    run("note", NAMES, stdin=b"a\x1b[2Jb \xff \xe2\x80\xae [b]c[/b]")
    for told in (run("note", "--list"), run("note", "--show", NAMES), run("note", "--export", "-")):
        assert told.exit_code == 0
        assert "[b]c[/b]" in told.output
        assert not {*told.output} & {"\x1b", "\u202e"}


def test_an_export_is_never_written_over_a_stranger(run: Run, tmp_path: Path) -> None:
    run("note", NAMES, "mine")
    file = tmp_path / "out.md"
    for _ in range(2):
        assert run("note", "--export", str(file)).exit_code == 0
    assert file.read_text("utf-8").startswith(writeup.MARK)
    file.write_text("another's", "utf-8")
    assert isinstance(run("note", "--export", str(file)).exception, NexusError)
    assert file.read_text("utf-8") == "another's"


def test_terms_and_breaths_are_printed_in_80_columns(run: Run) -> None:
    assert "Tying a name to an object." in run("term", "bindings").output
    assert "1 terms." not in run("read", "--terms", "python").output
    brief = run("read", "--brief").output
    assert "A name is tied to an object." in brief
    assert "A join pairs rows." in brief
    assert all(len(line) <= 80 for line in brief.split("\n"))
    assert "A join" not in run("read", "--brief", "python").output
