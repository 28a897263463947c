"""Commands to learn with, line by line."""

import click


@click.command()
@click.argument("lesson")
@click.option("--seed", type=int, help="Show the options in this order every time.")
@click.pass_obj
def quiz(course: str | None, lesson: str, seed: int | None) -> None:
    """Ask a lesson's questions line by line; answers count."""
    from nexus_tui.plain.quiz import run

    run(course, lesson, seed=seed)
