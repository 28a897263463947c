"""Markdown to blocks and spans."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.course.markdown import blocks, inline, sections
from nexus_tui.course.model import (
    Ask,
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


def text(words: str) -> Paragraph:
    return Paragraph(Inline(words))


def test_spans_are_counted_in_characters_of_the_plain_text() -> None:
    assert inline("é `a*b` **bold *both*** ~~x~~ [to](lesson:orm/first) <https://a.b>") == Inline(
        "é a*b bold both x to https://a.b",
        (
            Span(2, 5, "code"),
            Span(6, 15, "strong"),
            Span(11, 15, "em"),
            Span(16, 17, "strike"),
            Span(18, 20, "link", "orm/first"),
            Span(21, 32, "link", "https://a.b"),
        ),
    )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("List<int> & \\<b> &lt; &amp;", "List<int> & <b> < &"),
        ("one\ntwo\n\nthree  \nfour", "one two\nthree\nfour"),
        ("[x](javascript:alert(1)) [y](http://a.b)", "[x](javascript:alert(1)) y"),
        ("![alt](https://a.b/c.png)", "alt"),
        ("a &#27; b &#x202e; c &copy;", "a \ufffd b \ufffd c ©"),
        ("# no heading\n- no list", "# no heading - no list"),
        ("  trimmed  ", "trimmed"),
        ("", ""),
    ],
)
def test_plain_text_of_inline_markdown(source: str, shown: str) -> None:
    assert inline(source).text == shown
    assert not [span for span in inline(source).spans if span.kind == "link"]


def test_blocks() -> None:
    source = """Words
over lines.

### Head `code`

1. one
2. two
   - three

| a | b |
|---|--:|
| `x` |
---
```diagram
 a
   b
```
```sql
SELECT 1;
```
"""
    assert blocks(source, first_line=5) == (
        text("Words over lines."),
        Heading(3, Inline("Head code", (Span(5, 9, "code"),))),
        Listing(True, 1, ((text("one"),), (text("two"), Listing(False, 1, ((text("three"),),))))),
        Table(
            (Inline("a"), Inline("b")),
            ((Inline("x", (Span(0, 1, "code"),)), Inline("")),),
        ),
        Rule(),
        Diagram(" a\n   b"),
        Code("sql", "SELECT 1;", line=22),
    )


def test_output_is_folded_into_the_sample_before_it() -> None:
    source = "```python run on=stays\nprint(1)\n```\n```output\n1\n```\n"
    assert blocks(source) == (Code("python", "print(1)", True, "stays", "1", 1),)


@pytest.mark.parametrize("between", ["Text.\n\n", "```output\n0\n```\n"])
def test_output_after_anything_else_stays_by_itself(between: str) -> None:
    found = blocks(f"```python run\nprint(1)\n```\n{between}```output\n1\n```\n")
    assert found[-1] == Code("output", "1", line=found[-1].line)  # type: ignore[union-attr]


def test_output_of_a_sample_inside_a_list() -> None:
    (found,) = blocks("- a\n\n  ```sql run\n  SELECT 1;\n  ```\n  ```output\n  1\n  ```\n")
    assert isinstance(found, Listing)
    assert found.items[0][1] == Code("sql", "SELECT 1;", True, "", "1", 3)


def test_an_empty_output_is_not_a_missing_one() -> None:
    (found,) = blocks("```python run\nx = 1\n```\n```output\n```\n")
    assert isinstance(found, Code)
    assert found.output == ""


def test_questions_get_their_full_id() -> None:
    assert blocks("```question counts\n```\n", lesson="orm/first") == (Ask("orm/first#counts"),)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("> **Misconception.** A list.", "misconception"),
        ("> **Note:** A list.", "note"),
        ("> **Careful.** A list.", "careful"),
        ("> **Across the wire.** A list.", "wire"),
        ("> **Warning.** A list.", "quote"),
        ("> A **Note.**", "quote"),
        ("> - **Note.**", "quote"),
        (">", "quote"),
    ],
)
def test_callouts(source: str, kind: str) -> None:
    (found,) = blocks(source)
    assert isinstance(found, Callout)
    assert found.kind == kind


def test_sections_split_at_headings_outside_fences() -> None:
    source = """Opening.

## One `x`
~~~text
## not a section
```
~~~
```python
## nor this
```
## One x
### Not this
"""
    found = sections(source, 9, "orm/first", "Title")
    assert [(page.title, page.slug) for page in found] == [
        ("Title", "title"),
        ("One x", "one-x"),
        ("One x", "one-x-2"),
    ]
    assert found[1].blocks == (
        Code("text", "## not a section\n```", line=12),
        Code("python", "## nor this", line=16),
    )


HOSTILE = {
    "brackets": ("[" * 98 + "\n\n") * 2_000,
    "long": "[" * 900_000,
    "stars": ("*a " * 390 + "\n\n") * 200,
    "links": ("[a](" * 98 + "\n\n") * 500,
    "ticks": "".join("`" * n + "a" for n in range(1_300)),
    "quotes": ">" * 900_000,
    "lists": "".join(" " * n + "- a\n" for n in range(1_000)),
    "dashes": "- " * 400_000,
    "table": "|a" * 5_000 + "\n" + "|-" * 5_000 + "\n" + "|\n" * 3_000,
    "references": "".join(f"[a{n}]: b\n" for n in range(40_000)),
    "fences": "```a\n" * 180_000,
    "tildes": "~" * 900_000,
    "angles": "<a:" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markdown_is_read_in_time(name: str) -> None:
    began = time.perf_counter()
    sections(HOSTILE[name], 1, "a/b", "x")
    assert time.perf_counter() - began < 10


@given(st.text(alphabet="ab *_`[]()<>#-|\n~>!&\\1.:", max_size=200))
def test_spans_lie_in_the_text_and_nothing_raises(source: str) -> None:
    shown = inline(source)
    for span in shown.spans:
        assert 0 <= span.start < span.end <= len(shown.text)
    sections(source, 1, "a/b", "x")


@given(st.text(max_size=80))
def test_any_text_is_shown(source: str) -> None:
    inline(source)
    blocks(source)
