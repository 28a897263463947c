"""The deck for Anki: notes, fields, what stays the same from one export to the next."""

import importlib.util
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from nexus_tui import commands
from nexus_tui.course.model import Inline, Span
from nexus_tui.errors import NexusError
from nexus_tui.tutor import Tutor, cards
from tests.ui.conftest import CHALLENGE, LESSON, TINY
from tests.ui.course import answer

SEPARATOR = "\x1f"


@pytest.fixture
def tutor() -> Tutor:
    """The tiny course, every question of a lesson and a step of a challenge met."""
    made = Tutor.open(root=TINY)
    for question in made.course.quiz(LESSON):
        answer(made, question.id)
    answer(made, f"{CHALLENGE}#remedy")
    return made


def notes(package: Path, folder: Path) -> dict[str, tuple[str, list[str], str]]:
    """By question: guid, fields and the deck's name."""
    with zipfile.ZipFile(package) as archive:
        archive.extract("collection.anki2", folder)
    import json

    with closing(sqlite3.connect(folder / "collection.anki2")) as db:
        decks = json.loads(db.execute("SELECT decks FROM col").fetchone()[0])
        rows = db.execute("SELECT guid, flds, did FROM notes JOIN cards ON nid = notes.id")
        found = [(guid, flds.split(SEPARATOR), decks[str(did)]["name"]) for guid, flds, did in rows]
    return {fields[0]: (guid, fields, deck) for guid, fields, deck in found}


def test_a_note_for_each_question_met(tutor: Tutor, tmp_path: Path) -> None:
    target = tmp_path / "met.apkg"
    assert cards.write(tutor, target) == 8
    found = notes(target, tmp_path)
    assert {*found} == {question.id for question in tutor.course.quiz(LESSON)}
    guid, fields, deck = found[f"{LESSON}#counts-list"]
    assert deck == "Tiny::Queries"
    assert guid
    assert len(fields) == len(cards.FIELDS)
    assert "How many queries does this view make for ten books?" in fields[1]
    assert "<pre>books = Book.objects.all()\n" in fields[1]
    assert fields[2] == "11"
    assert "<b>one and N</b>. <code>select_related</code> joins" in fields[3]
    assert "✓ 11: One for the books" in fields[4]
    assert fields[4].count("✗") == 3
    assert fields[5] == "Queries: QuerySets are lazy"
    assert "  4  for booking in page:" in found[f"{LESSON}#culprit"][1][1]
    assert found[f"{LESSON}#terms"][1][2].count("<br>") == 2
    tutor.close()


def test_a_second_export_is_of_the_same_notes(tutor: Tutor, tmp_path: Path) -> None:
    first, second = tmp_path / "a.apkg", tmp_path / "b.apkg"
    cards.write(tutor, first)
    cards.write(tutor, second)
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    assert notes(first, tmp_path / "1") == notes(second, tmp_path / "2")
    guids = [guid for guid, _, _ in notes(first, tmp_path / "1").values()]
    assert len({*guids}) == len(guids)
    assert cards._number("django") == cards._number("django") != cards._number("rest")
    assert 1 << 30 <= cards._number("django") < 1 << 31
    tutor.close()


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"),
        ("{{cloze}}", "&#123;&#123;cloze}}"),
        ("[sound:x.mp3]", "&#91;sound:x.mp3]"),
        (r"\(x\)", r"\<wbr>(x\)"),
        (r"\[x", r"\<wbr>&#91;x"),
    ],
)
def test_text_is_escaped(text: str, made: str) -> None:
    assert cards.plain(text) == made


def test_styles_become_tags() -> None:
    spans = (Span(0, 5, "strong"), Span(2, 5, "code"), Span(6, 7, "link", "https://x"))
    assert cards.rich(Inline("a <b> \nc", spans)) == "<b>a <code>&lt;b&gt;</code></b> <br>c"


def export(*args: str | Path) -> Result:
    return CliRunner().invoke(
        commands.group, ["--course", str(TINY), "export", "anki", *map(str, args)]
    )


def test_the_command(tutor: Tutor, tmp_path: Path) -> None:
    tutor.close()
    done = export(tmp_path / "met")
    assert "8 questions." in done.output
    assert [path.name for path in tmp_path.iterdir()] == ["met.apkg"]
    assert export(tmp_path / "met").exit_code == 0
    (tmp_path / "met.apkg").write_text("mine", "utf-8")
    assert isinstance(export(tmp_path / "met").exception, NexusError)


def test_nothing_met_is_said(tmp_path: Path) -> None:
    done = export(tmp_path / "met")
    assert "No question was met yet." in str(done.exception)
    assert not [*tmp_path.iterdir()]


def test_without_the_library_one_command_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(cards, "find_spec", lambda name: None if name == "genanki" else find(name))
    done = export(tmp_path / "met")
    assert "pip install 'genanki" in done.exception.hint
