"""The commands, for click. Imported only when there is a command line to read."""

from importlib import import_module

import click

from nexus_tui import __version__
from nexus_tui.cli import start

COMMANDS = {
    "challenge": "learning",
    "check": "course",
    "completion": "program",
    "doctor": "program",
    "export": "record",
    "import": "record",
    "lab": "learning",
    "next": "going",
    "note": "writing",
    "path": "going",
    "progress": "record",
    "quiz": "learning",
    "read": "learning",
    "review": "learning",
    "search": "finding",
    "term": "writing",
    "trust": "course",
}
"""Name of a command -> module of this package that has it, under the same name."""


class Group(click.Group):
    """Imports a command when it is run. Anything that is no command is a place or id to open."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names, in order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in COMMANDS:
            return super().get_command(ctx, name)
        module = import_module(f"nexus_tui.commands.{COMMANDS[name]}")
        # A name that is a word of Python has an underscore after it.
        found: click.Command = getattr(module, name, None) or getattr(module, f"{name}_")
        return found

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

    Without a command the program opens. Give it a place (today, learn, labs)
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
