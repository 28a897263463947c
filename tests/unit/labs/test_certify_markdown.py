"""Mutants of Markdown: what a reader types, follows or looks up."""

import pytest

from nexus_tui.labs.certify.mutants import mutants

PAGE = """\
# Shop 1.4

Version 1.4.2 of [the shop](docs/shop.md#use "Use").

```sh
make all

run `x`
```

| variable | default |
|---|---|
| `SHOP_DB` | `shop.db` |
| plain | `code` |

- `SHOP_KEY` is needed
- an item, 3 of them

[web]: https://example.org/page
[file]: docs/a.md
"""


def changes(text: str) -> set[tuple[int, str]]:
    return {(mutant.line, mutant.now) for mutant in mutants("README.md", text)}


@pytest.mark.parametrize(
    ("line", "now"),
    [
        (1, "# Shop 1.5"),
        (6, "(gone)"),
        (6, "makex all"),
        (6, "make allx"),
        (8, "(gone)"),
        (13, "(gone)"),
        (13, "| `SHOP_DBx` | `shop.db` |"),
        (13, "| `SHOP_DB` | `shop.dbx` |"),
        (16, "(gone)"),
        (16, "- `SHOP_KEYx` is needed"),
        (20, "[file]: docs/a.m"),
    ],
)
def test_markdown_is_changed_where_a_reader_relies_on_it(line: int, now: str) -> None:
    assert (line, now) in changes(PAGE)


def test_a_version_and_a_link_of_a_sentence_are_changed_one_at_a_time() -> None:
    third = {now for line, now in changes(PAGE) if line == 3}
    was = PAGE.splitlines()[2]
    assert was.replace("1.4.2", "1.4.3") in third
    assert was.replace("#use ", "#us ") in third


def test_sentences_plain_rows_and_addresses_are_left_alone() -> None:
    assert not {line for line, _ in changes(PAGE)} & {2, 4, 5, 9, 11, 12, 14, 17, 19}


def test_neighbors_in_a_block_change_places_and_blocks_do_not_mix() -> None:
    text = "```sh\na\nb\n```\n\n~~~text\n```\nc\n~~~\n"
    texts = {mutant.text for mutant in mutants("README.md", text)}
    assert "```sh\nb\na\n```\n\n~~~text\n```\nc\n~~~\n" in texts
    assert "```sh\na\nb\n```\n\n~~~text\nc\n```\n~~~\n" in texts
    assert all(text.startswith("```sh\n") and text.endswith("\n~~~\n") for text in texts)


def test_every_mutant_is_another_text_and_an_empty_page_has_none() -> None:
    texts = [mutant.text for mutant in mutants("README.md", PAGE)]
    assert len(texts) == len(set(texts))
    assert PAGE not in texts
    assert mutants("README.md", " \n") == []


def test_the_end_of_a_file_without_a_line_end_is_reached() -> None:
    assert (2, "(gone)") in changes("```sh\nrun")
