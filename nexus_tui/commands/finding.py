"""The command to search with."""

import sys

import click


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--limit", type=click.IntRange(1, 200), default=10, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As data: places of the words included.")
@click.pass_obj
def search(course: str | None, words: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Find words in lessons, terms, labs, challenges, questions you met and your notes.

    Part of a word is enough; names such as select_related or --no-cache are found as they are.
    Exit status: 0 found, 1 nothing.
    """
    from nexus_tui.plain.search import run

    sys.exit(0 if run(course, " ".join(words), limit=limit, as_json=as_json) else 1)
