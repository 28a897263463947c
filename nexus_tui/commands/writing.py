"""Commands to look things up and to write things down."""

from pathlib import Path

import click


@click.command()
@click.argument("id", required=False, default="")
@click.argument("text", required=False, default="")
@click.option("--list", "as_list", is_flag=True, help="What is written; ID is what to find.")
@click.option("--show", is_flag=True, help="Print what is written on ID.")
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write all of it as Markdown; - prints it.",
)
@click.option("--force", is_flag=True, help="Write over a file that is something else.")
@click.pass_obj
def note(
    course: str | None,
    id: str,
    text: str,
    *,
    as_list: bool,
    show: bool,
    export: Path | None,
    force: bool,
) -> None:
    """Write a note on a lesson, a section (LESSON@SECTION), a question, lab or challenge.

    takeaway:ID and own:ID keep what you take from it, and a challenge of your own; without an ID
    the note is about nothing in the course. TEXT goes under what is there. Without it, standard
    input is read when something is piped in; else your editor opens.
    """
    from nexus_tui.plain import note as plain

    if export is not None:
        plain.export(course, export, force=force)
    elif as_list:
        plain.listed(course, f"{id} {text}".strip())
    elif show:
        plain.show(course, id)
    else:
        plain.add(course, id, text)


@click.command()
@click.argument("word", nargs=-1, required=True)
@click.pass_obj
def term(course: str | None, word: tuple[str, ...]) -> None:
    """What a word of the course means, and where it is taught."""
    from nexus_tui.plain.read import term as run

    run(course, " ".join(word))
