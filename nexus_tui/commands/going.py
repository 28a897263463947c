"""Commands that say where to go."""

import click


@click.command("next")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.pass_obj
def next_(course: str | None, as_json: bool) -> None:
    """The one thing to do now, and why."""
    from nexus_tui.plain.next import run

    run(course, as_json=as_json)


@click.command()
@click.argument("id", required=False)
@click.option("--by", metavar="DATE", help="Be through by this day; none takes it away.")
@click.option("--for", "what", metavar="TEXT", default="", help="What the day is.")
@click.option("--branch", metavar="NAME", help="Take this branch of the path you follow.")
@click.pass_obj
def path(course: str | None, id: str | None, by: str | None, what: str, branch: str | None) -> None:
    """List the learning paths, or follow one."""
    from nexus_tui.plain.next import path as run

    run(course, id, by=by, what=what, branch=branch)
