"""How text is printed: wrapped, with words for what a color says, safe, in color on a terminal."""

import io
import subprocess
import sys
from collections.abc import Callable

import pytest

from nexus_tui.course.inline import inline
from nexus_tui.course.model import (
    Callout,
    Code,
    Diagram,
    Heading,
    Inline,
    Listing,
    Paragraph,
    Rule,
    Span,
    Table,
)
from nexus_tui.plain import blocks, page
from nexus_tui.plain.ink import Ink

Told = Callable[[], str]
"""What was printed since it was last asked."""
HOSTILE = "[b]bold[/b] \x1b[31mred\x1b[0m \u202eevil [/oops] [@click=app.quit]x[/]"


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Told:
    monkeypatch.setenv("COLUMNS", "40")
    return lambda: capsys.readouterr().out


def para(text: str) -> Paragraph:
    return Paragraph(inline(text))


def test_lines_are_wrapped_behind_their_lead(told: Told) -> None:
    page.tell(inline("A *name* is tied to `an object` and to nothing else at all"), lead="  1) ")
    assert told() == "  1) A name is tied to an object and to\n     nothing else at all\n"


def test_a_word_that_is_too_long_is_not_broken(told: Told) -> None:
    page.tell("see https://example.org/" + "a" * 40 + " there")
    assert told() == "see\nhttps://example.org/" + "a" * 40 + "\nthere\n"


def test_line_breaks_and_indentation_stay(told: Told) -> None:
    page.tell(Inline("with x:\n    y()"), lead="  ")
    assert told() == "  with x:\n      y()\n"


def test_links_say_where_they_lead(told: Told) -> None:
    page.tell(inline("Read **the [*docs*](https://example.org)** and [it](lesson:python/names)."))
    assert told() == "Read the docs (https://example.org) and\nit (python/names).\n"


def test_nothing_of_content_is_obeyed(told: Told) -> None:
    page.tell(HOSTILE)
    page.code(HOSTILE)
    out = told()
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert out.count("[b]bold[/b]") == 2


def test_blocks_are_words(told: Told) -> None:
    table = Table((Inline("a"), Inline("b")), ((Inline("1"), Inline("22")),))
    blocks.tell_all(
        [
            Heading(3, Inline("Head")),
            Code("sql", "SELECT 1;\n", True, "", "1\n"),
            Callout("careful", (para("**Careful.** Hot."),)),
            Callout("quote", (para("Said."),)),
            Listing(True, 3, ((para("three"), para("more")), (para("four"),))),
            Listing(False, 1, ((para("x"), Listing(False, 1, ((para("y"),),))),)),
            Diagram("a -> b\n"),
            table,
            Rule(),
        ]
    )
    assert told() == (
        "Head\n\nSample that runs (sql):\n    SELECT 1;\nIt prints:\n    1\n\n"
        "  Careful. Hot.\n\nQuote:\n  Said.\n\n3. three\n   more\n4. four\n\n- x\n  - y\n\n"
        "Diagram:\n    a -> b\n\na  b\n1  22\n\n---\n"
    )


def test_a_wide_table_is_told_row_by_row(told: Told) -> None:
    head = (Inline("method"), Inline(""))
    blocks.tell(Table(head, ((Inline("GET"), Inline("w" * 35)), (Inline("PUT"), Inline("x")))), "")
    assert told() == f"method: GET\n{'w' * 35}\n\nmethod: PUT\nx\n"


# Color


def colored(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """A terminal with color in the place of the output."""
    out = io.StringIO()
    monkeypatch.setattr(out, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdout", out)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("COLORTERM", raising=False)
    return out


def test_a_terminal_gets_color_and_the_same_words(monkeypatch: pytest.MonkeyPatch) -> None:
    out = colored(monkeypatch)
    page.tell(inline("Say `x` and **y**"), lead="  ")
    page.tell("Right.", style="right")
    page.code("x = 1\n\ny = 'a'", "python")
    page.code("anything", "no-such-language")
    page.tell(HOSTILE)
    drawn = out.getvalue()
    assert "  Say \x1b[36mx\x1b[0m and \x1b[1my\x1b[0m\n" in drawn
    assert "\x1b[1;32mRight.\x1b[0m\n" in drawn
    assert "[b]bold[/b] red evil" in drawn
    assert "\n    \n" in drawn or "\n\n" in drawn
    sequences = {part.split("m")[0] for part in drawn.split("\x1b[")[1:]}
    assert all(set(sequence) <= set("0123456789;") for sequence in sequences), sequences


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_color_is_left_out_where_it_is_not_wanted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    out = colored(monkeypatch)
    monkeypatch.setenv(name, value)
    page.tell("Right.", style="right")
    page.code("x = 1", "python")
    assert out.getvalue() == "Right.\n    x = 1\n"


def test_long_lines_are_left_to_the_terminal_and_no_style_leaks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = colored(monkeypatch)
    Ink(out).line("  ", "y" * 300, [(0, 300, "code")])
    assert "y" * 300 in out.getvalue()
    assert out.getvalue().endswith("\x1b[0m\n")
    page.tell(Inline("ab", (Span(0, 1, "strike"),)))
    assert "\x1b[9ma\x1b[0mb" in out.getvalue()


def test_a_pipe_does_not_load_what_draws() -> None:
    script = (
        "import sys\nfrom nexus_tui.plain import quiz, reading, review, challenge, page\n"
        "page.tell('x', style='right')\n"
        "assert not {'rich', 'textual'} & {*sys.modules}, 'loaded'"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "x\n"
