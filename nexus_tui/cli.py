"""The command line. Each command imports what it needs when it runs."""

import sys
from typing import TYPE_CHECKING

from nexus_tui import __version__
from nexus_tui.errors import NexusError

if TYPE_CHECKING:
    import click

COMMANDS = (
    "challenge",
    "check",
    "completion",
    "doctor",
    "export",
    "import",
    "lab",
    "next",
    "note",
    "path",
    "progress",
    "quiz",
    "read",
    "review",
    "search",
    "term",
    "trust",
)
NO_TERMINAL = """nexus-tui draws on a terminal; this is none (its input or output is redirected).
Open a terminal and type nexus-tui there. Without one you can use:
  nexus-tui next             the one thing to do now, and why
  nexus-tui read LESSON      a lesson, line by line
  nexus-tui quiz LESSON      its questions
  nexus-tui review           the questions you are about to forget
  nexus-tui challenge ID     an incident in steps
  nexus-tui lab LAB          the checks of a lab, on the files you edit elsewhere
  nexus-tui note ID TEXT     a note on a lesson; --list names them
  nexus-tui search WORDS     what has these words, and the id to open it
  nexus-tui term WORD        what a word of the course means
  nexus-tui progress         what you know
  nexus-tui export FILE      your record, to take along; import FILE joins it with another
  nexus-tui check            whether a course is in order
nexus-tui --help names them all."""


def main() -> None:
    """Entry point. The way to the first screen does not load the command line's library."""
    args = sys.argv[1:]
    try:
        if not args:
            start()
        elif len(args) == 1 and not args[0].startswith("-") and args[0] not in COMMANDS:
            start(args[0])
        else:
            _commands()(prog_name="nexus-tui")
    except NexusError as error:
        fail(error)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)


def fail(error: NexusError) -> None:
    """Say what is wrong and what to do, and end with status 2."""
    print(f"nexus-tui: {error.message}", file=sys.stderr)
    if error.hint:
        print(error.hint, file=sys.stderr)
    sys.exit(2)


def start(target: str = "", course: str | None = None) -> None:
    """Open the program on the screen, at a place or an id."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(NO_TERMINAL, file=sys.stderr)
        sys.exit(2)
    from nexus_tui.launch import launch

    launch(target, course)


def _commands() -> "click.Group":
    from nexus_tui.commands import group

    return group


__all__ = ["COMMANDS", "__version__", "fail", "main", "start"]
