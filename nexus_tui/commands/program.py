"""Commands about the program itself."""

import sys
from typing import Any

import click


@click.command()
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


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    For bash: nexus-tui completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    from nexus_tui.commands import group

    made: Any = get_completion_class(shell)
    click.echo(made(group, {}, "nexus-tui", "_NEXUS_TUI_COMPLETE").source())
