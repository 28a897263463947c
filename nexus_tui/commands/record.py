"""Commands about the learner's record."""

import click


@click.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.pass_obj
def progress(course: str | None, as_json: bool) -> None:
    """What you would still know today, and in 30 days, by module."""
    from nexus_tui.plain.progress import run

    run(course, as_json=as_json)
