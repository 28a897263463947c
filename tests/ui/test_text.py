"""Text is not markup: whatever comes from content, learner or child is shown, and only shown."""

import pytest
from textual.content import Content

from nexus_tui.course.model import Inline, Span
from nexus_tui.ui import clipboard
from nexus_tui.ui.lines import MEASURE, flow, wrap
from nexus_tui.ui.plainsigns import SIGNS, TABLE
from nexus_tui.ui.text import clean, inline, label, plain, ticked, words

MARKUP = [
    "[/oops]",
    "[@click=app.quit]x[/]",
    "d[key]",
    "[b]x",
    "[",
    "]",
    "[/",
    "\\[b]",
    "[$accent]",
]


@pytest.mark.parametrize("text", MARKUP)
def test_markup_is_text(text: str) -> None:
    assert plain(text).plain == text
    assert not plain(text).spans
    assert words(text, (text, "bold")).plain == text * 2
    assert inline(Inline(text)).plain == text
    assert label(text).plain == text
    assert ticked(text).plain == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b]0;title\x07x", "x"),
        ("\x1b]8;;http://a.b\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("a\x1b7b", "a�7b"),
        ("a\x00b\x08c\x7f", "a�b�c�"),
        ("a\x9bb\x85c", "a�b�c"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\tb", "a   b"),
        ("\u202eevil", "�evil"),
        ("\u2066x\u2069", "�x�"),
        ("a\u2028b\u2029", "a�b�"),
        ("é 中 ع", "é 中 ع"),
    ],
)
def test_what_a_terminal_would_obey_is_taken_out(text: str, seen: str) -> None:
    assert clean(text) == seen


def test_nothing_a_terminal_obeys_is_left() -> None:
    every = "".join(
        chr(code) for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x2000, 0x2070))
    )
    left = clean(every)
    assert not any(ord(sign) < 32 and sign not in "\n" for sign in left)
    assert not any(0x7F <= ord(sign) < 0xA0 for sign in left)
    assert not set(left) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_spans_that_no_longer_fit_are_dropped() -> None:
    text = "a\x1b[1mb code"
    shown = inline(Inline(text, (Span(7, 11, "code"),)))
    assert shown.plain == "ab code"
    assert not shown.spans


def test_spans_that_fit_style_their_words() -> None:
    shown = inline(Inline("a code", (Span(2, 6, "code"),)), "bold")
    assert [(span.start, span.end) for span in shown.spans] == [(0, 6), (2, 6)]


def test_ticks_mark_code_and_an_odd_one_marks_nothing() -> None:
    assert ticked("use `map` here").plain == "use map here"
    assert ticked("an odd ` tick").plain == "an odd ` tick"


@pytest.mark.parametrize("width", [8, 20, 88])
def test_a_word_of_ten_thousand_letters_is_broken(width: int) -> None:
    pieces = wrap(Content("x" * 10_000), width)
    assert max(piece.cell_length for piece in pieces) <= width
    assert "".join(piece.plain for piece in pieces) == "x" * 10_000


def test_wide_letters_take_two_cells() -> None:
    pieces = wrap(Content("中" * 100), 21)
    assert max(piece.cell_length for piece in pieces) <= 21
    assert sum(len(piece.plain) for piece in pieces) == 100


def test_a_paragraph_keeps_its_leads() -> None:
    lines = list(flow(plain("one two three four five"), 14, first="> ", rest="  "))
    assert [line.content.plain.rstrip() for line in lines] == [
        "> one two",
        "  three four",
        "  five",
    ]


def test_the_measure_is_for_eyes() -> None:
    assert 60 <= MEASURE <= 90


def test_signs_are_one_cell_and_so_is_what_stands_for_them() -> None:
    for signs, ascii_one in SIGNS.items():
        assert len(ascii_one) == 1
        assert ascii_one.isascii()
        assert all(Content(sign).cell_length == 1 for sign in signs), signs
    assert len(TABLE) == sum(map(len, SIGNS))


def test_a_clipboard_that_fails_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipboard, "TOOLS", (["false"], ["nowhere-to-be-found"], ["true"]))
    assert clipboard.copy("text")
    monkeypatch.setattr(clipboard, "TOOLS", (["false"],))
    assert not clipboard.copy("text")
