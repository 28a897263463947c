"""Commands for authors, and for courses from elsewhere."""

import sys

import click

from nexus_tui.errors import NexusError


@click.command()
@click.argument("path", required=False)
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.option("--labs", is_flag=True, help="Certify the labs too (runs code; takes minutes).")
@click.pass_obj
def check(course: str | None, path: str | None, as_json: bool, labs: bool) -> None:
    """Check a course: every mistake with its file, line and remedy.

    Exit status: 0 in order, 1 something to mend, 2 no course there.
    """
    from nexus_tui.plain.check import run

    sys.exit(run(path or course, as_json=as_json, labs=labs))


@click.command()
@click.pass_obj
def trust(course: str | None) -> None:
    """Allow the code of the course given with --course to run."""
    from nexus_tui.plain.trust import run

    if course is None:
        raise NexusError("Which course?", "Name its folder: nexus-tui --course PATH trust")
    run(course)
