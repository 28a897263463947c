"""The command line and the plain face: what is printed, what it means to a shell, what is kept."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import cli, commands
from nexus_tui.errors import NexusError
from nexus_tui.labs.inventory import Engine
from nexus_tui.plain import doctor, lines
from nexus_tui.tutor import Tutor
from tests.ui.conftest import TINY
from tests.ui.course import LAB, NAMES, write

Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write(tmp_path / "course")


@pytest.fixture
def run(root: Path) -> Run:
    """The command line over the small course; errors for a person come back as exceptions."""

    def made(*args: str, stdin: str = "", course: Path = root) -> Result:
        return CliRunner().invoke(commands.group, ["--course", str(course), *args], input=stdin)

    return made


# The entry


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str | None]]:
    """What the program was asked to open."""
    found: list[tuple[str, str | None]] = []

    def start(target: str = "", course: str | None = None) -> None:
        found.append((target, course))

    monkeypatch.setattr(cli, "start", start)
    monkeypatch.setattr(commands, "start", start)
    return found


@pytest.mark.parametrize(
    ("args", "opened"),
    [
        ([], ("", None)),
        (["labs"], ("labs", None)),
        (["python/names"], ("python/names", None)),
        (["--course", "x"], ("", "x")),
        (["--course", "x", "today"], ("today", "x")),
    ],
)
def test_a_word_that_is_no_command_is_opened(
    started: list[tuple[str, str | None]],
    monkeypatch: pytest.MonkeyPatch,
    args: list[str],
    opened: tuple[str, str | None],
) -> None:
    monkeypatch.setattr("sys.argv", ["nexus-tui", *args])
    try:
        cli.main()
    except SystemExit as end:
        assert not end.code  # noqa: PT017
    assert started == [opened]


def test_the_short_way_knows_every_command() -> None:
    assert {*cli.COMMANDS} == {*commands.COMMANDS}


def test_an_error_for_a_person_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise NexusError("It broke.", "Mend it.")

    monkeypatch.setattr(cli, "start", broken)
    monkeypatch.setattr("sys.argv", ["nexus-tui"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "nexus-tui: It broke.\nMend it.\n"


def test_ctrl_c_ends_as_shells_expect(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "start", stopped)
    monkeypatch.setattr("sys.argv", ["nexus-tui"])
    with pytest.raises(SystemExit) as end:
        cli.main()
    assert end.value.code == 130


def test_without_a_terminal_it_names_what_works(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(SystemExit) as end:
        cli.start()
    assert end.value.code == 2
    said = capsys.readouterr().err
    for name in ("read", "quiz", "review", "challenge", "progress", "export", "check"):
        assert f"nexus-tui {name}" in said


def test_help_names_every_command(run: Run) -> None:
    told = run("--help").output
    for name, command in commands.group.commands.items():
        assert command.hidden or f"  {name} " in told
        assert command.help or command.hidden


def test_a_folder_that_is_no_course_is_said(run: Run, tmp_path: Path) -> None:
    done = run("progress", course=tmp_path / "nowhere")
    assert isinstance(done.exception, NexusError)
    assert "lessons/course.yaml" in done.exception.message


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_that_shell(run: Run, shell: str) -> None:
    done = run("completion", shell)
    assert done.exit_code == 0
    assert "nexus-tui" in done.output


# check


def test_check_names_file_line_and_remedy_and_fails(run: Run) -> None:
    done = run("check")
    assert done.exit_code == 1
    assert "lessons/sql/torn.md:3" in done.output
    assert "Write digits only." in done.output


def test_check_is_data_when_asked(run: Run) -> None:
    found = json.loads(run("check", "--json").output)
    assert any(problem["file"] == "lessons/sql/torn.md" for problem in found["problems"])


def test_check_takes_a_path(run: Run) -> None:
    assert "lessons/sql/torn.md" not in run("check", str(TINY)).output


def test_check_certifies_labs_when_asked(run: Run, root: Path) -> None:
    done = run("check", "--labs")
    assert done.exit_code == 1
    assert f"{LAB}: 3 problems: tried on" in done.output
    assert "0 mistakes, 3 are wanted" in done.output
    (root / "labs/python/double/lab.yaml").write_text("checks: 3\n", "utf-8")
    assert f"{LAB}: " in run("check", "--labs").output


# progress


def test_progress_before_and_after_the_first_answer(run: Run) -> None:
    assert "Nothing answered yet." in run("progress").output
    run("quiz", NAMES, stdin="1\n\n1\n\n")
    told = run("progress").output
    assert "2 answers" in told
    assert "Python" in told
    data = json.loads(run("progress", "--json").output)
    assert data["answers"] == 2
    assert data["modules"]["python"]["met"] == 2


# quiz


def test_a_quiz_is_asked_and_every_answer_counts_at_once(run: Run) -> None:
    done = run("quiz", NAMES, "--seed", "1", stdin="1\n")
    assert done.exit_code == 0
    assert "Names and objects: 2 questions." in done.output
    assert "1) " in done.output
    assert "Names are tied to objects." in done.output
    assert "Comes back" in done.output
    assert "Stopped." in done.output
    assert json.loads(run("progress", "--json").output)["answers"] == 1


def test_an_empty_line_is_not_knowing(run: Run) -> None:
    told = run("quiz", NAMES, stdin="\n\n").output
    assert "0 of 2 right. Saved." in told
    assert told.count("Not yet.") == 2


def test_what_cannot_be_read_is_asked_again_and_counts_for_nothing(run: Run) -> None:
    told = run("quiz", NAMES, stdin="nine\n9\n0\n1 2\n-1\n1\n").output
    assert told.count("That is not one of them.") == 5
    assert json.loads(run("progress", "--json").output)["answers"] == 1


def test_the_same_seed_shows_the_same_order(run: Run) -> None:
    assert run("quiz", NAMES, "--seed", "7").output == run("quiz", NAMES, "--seed", "7").output


@pytest.mark.parametrize("lesson", ["python/nothing", "nowhere", "sql/torn"])
def test_a_lesson_that_cannot_be_asked_is_said(run: Run, lesson: str) -> None:
    done = run("quiz", lesson)
    assert isinstance(done.exception, NexusError)


# trust


def test_trust_needs_the_name_typed(run: Run, root: Path) -> None:
    assert "Not allowed." in run("trust", stdin="yes\n").output
    assert "Not allowed." in run("trust", stdin="").output
    assert "Allowed." in run("trust", stdin="course\n").output
    tutor = Tutor.open(root=root)
    try:
        assert tutor.settings.trusted == (str(root),)
        tutor.bench.require_consent()
    finally:
        tutor.close()


def test_trust_needs_a_course() -> None:
    done = CliRunner().invoke(commands.group, ["trust"])
    assert isinstance(done.exception, NexusError)
    assert "--course" in done.exception.hint


# doctor


def test_doctor_tells_no_name_of_a_person(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path(doctor.paths.places().data).parent
    monkeypatch.setattr(Path, "home", lambda: home)
    run("quiz", NAMES, stdin="1\n")
    done = run("doctor")
    assert done.exit_code in (0, 1)
    assert str(home) not in done.output
    assert "data: ~/" in done.output
    assert "record: sound" in done.output


def test_doctor_is_data_when_asked(run: Run) -> None:
    found = json.loads(run("doctor", "--json").output)
    assert {"nexus-tui", "Python", "SQLite", "record"} <= {item["what"] for item in found}
    assert {"PostgreSQL", "Django", "Celery", "hadolint"} <= {item["what"] for item in found}
    assert all(item["good"] or item["remedy"] or item["state"] for item in found)


def test_doctor_names_the_engines_that_are_missing_and_what_brings_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = [
        Engine("mypy", "mypy", "", False, "pip install it"),
        Engine("redis", "Redis", "", False, needed=False),
    ]
    monkeypatch.setattr("nexus_tui.plain.findings.found", lambda: lacking)
    done = run("doctor")
    assert done.exit_code == 1
    assert "! mypy: not there\n    mend with: pip install it\n" in done.output
    assert "  Redis: none found" in done.output


def test_doctor_derives_again_from_the_events(run: Run) -> None:
    run("quiz", NAMES, stdin="1\n")
    before = run("progress").output
    assert "derived again" in run("doctor", "--rebuild").output
    assert run("progress").output == before


def test_doctor_names_a_broken_record_and_the_command_that_mends_it(run: Run) -> None:
    run("quiz", NAMES, stdin="1\n")
    record = doctor.paths.places().record
    record.write_bytes(b"this is no database" * 300)
    done = run("doctor")
    assert done.exit_code == 1
    assert "mend with: nexus-tui doctor" in done.output


def test_restoring_asks_first(run: Run) -> None:
    run("quiz", NAMES, stdin="1\n")
    assert "Nothing was changed." in run("doctor", "--restore", stdin="no\n").output
    assert "Nothing was changed." in run("doctor", "--restore", stdin="").output


# Printing


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("a\x00b\x07", "ab"),
        ("\u202eevil", "evil"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("[b]text[/b]", "[b]text[/b]"),
    ],
)
def test_nothing_printed_is_obeyed_by_a_terminal(text: str, seen: str) -> None:
    assert lines.safe(text) == seen


def test_lines_are_wrapped_and_keep_their_indentation(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    lines.say("   " + "word " * 20 + "\n\nend")
    out = capsys.readouterr().out.split("\n")
    assert all(len(line) <= 30 for line in out)
    assert all(line.startswith("   word") for line in out[:4])
    assert out[-3:] == ["", "end", ""]


def test_a_terminal_without_the_letters_gets_question_marks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(raw, encoding="ascii", write_through=True))
    lines.say("é → x")
    assert raw.getvalue() == b"? ? x\n"
