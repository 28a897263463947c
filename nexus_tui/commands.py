"""The commands, for click. Imported only when there is a command line to read."""

import sys
from typing import Any

import click

from nexus_tui import __version__
from nexus_tui.cli import start
from nexus_tui.errors import NexusError


class Group(click.Group):
    """Anything that is no command is a place or an id to open."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or the one that opens."""
        if args and self.get_command(ctx, args[0]) is None:
            return "open", open_, args
        return super().resolve_command(ctx, args)


@click.group(
    cls=Group, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--course", metavar="PATH", help="Open another course than the one built in.")
@click.version_option(__version__, prog_name="nexus-tui")
@click.pass_context
def group(ctx: click.Context, course: str | None) -> None:
    """Learn backend engineering in the terminal.

    Without a command the program opens. Give it a place (today, learn, labs, review, progress)
    or the id of a module, lesson, lab or challenge to open there: nexus-tui django
    """
    ctx.obj = course
    if ctx.invoked_subcommand is None:
        start("", course)


@click.command("open", hidden=True)
@click.argument("target")
@click.pass_obj
def open_(course: str | None, target: str) -> None:
    """Open the program at a place or an id."""
    start(target, course)


@group.command()
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


@group.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.option("--rebuild", is_flag=True, help="Derive everything again from the record of events.")
@click.option(
    "--restore", is_flag=True, help="Put the newest good backup in the place of a damaged record."
)
@click.option("--yes", is_flag=True, help="Do not ask before restoring.")
def doctor(as_json: bool, rebuild: bool, restore: bool, yes: bool) -> None:
    """Say what is installed, where files lie, and how the record is."""
    from nexus_tui.plain.doctor import run

    sys.exit(run(as_json=as_json, rebuild=rebuild, restore=restore, yes=yes))


@group.command()
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.pass_obj
def progress(course: str | None, as_json: bool) -> None:
    """What you would still know today, and in 30 days, by module."""
    from nexus_tui.plain.progress import run

    run(course, as_json=as_json)


@group.command()
@click.argument("lesson")
@click.option("--seed", type=int, help="Show the options in this order every time.")
@click.pass_obj
def quiz(course: str | None, lesson: str, seed: int | None) -> None:
    """Ask a lesson's questions line by line; answers count."""
    from nexus_tui.plain.quiz import run

    run(course, lesson, seed=seed)


@group.command()
@click.pass_obj
def trust(course: str | None) -> None:
    """Allow the code of the course given with --course to run."""
    from nexus_tui.plain.trust import run

    if course is None:
        raise NexusError("Which course?", "Name its folder: nexus-tui --course PATH trust")
    run(course)


@group.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    For bash: nexus-tui completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    made: Any = get_completion_class(shell)
    click.echo(made(group, {}, "nexus-tui", "_NEXUS_TUI_COMPLETE").source())
