"""Commands to learn with, line by line."""

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from nexus_tui.tutor.fading import Form


@click.command()
@click.argument("lesson")
@click.option("--seed", type=int, help="Show the options in this order every time.")
@click.option("--test-out", is_flag=True, help="Of a module: ten questions at most, to skip it.")
@click.pass_obj
def quiz(course: str | None, lesson: str, seed: int | None, *, test_out: bool) -> None:
    """Ask a lesson's questions line by line; answers count.

    Type a number, a letter or a word. An empty line: I don't know. ? opens the hint,
    undo takes the last answer back, stop leaves.

    \b
      nexus-tui quiz python/names-and-objects
    """
    from nexus_tui.plain import quiz

    ask = quiz.test_out if test_out else quiz.run
    ask(course, lesson, seed=seed)


@click.command()
@click.argument("lesson", required=False, default="")
@click.option("--section", type=click.IntRange(min=1), help="From this section on.")
@click.option(
    "--questions/--no-questions",
    default=None,
    help="Ask the questions where they stand, or not. On a terminal they are asked.",
)
@click.option("--brief", is_flag=True, help="Every lesson of a module, or of all, in one breath.")
@click.option("--terms", is_flag=True, help="The words of a module, or of all.")
@click.pass_obj
def read(
    course: str | None,
    lesson: str,
    *,
    section: int | None,
    questions: bool | None,
    brief: bool,
    terms: bool,
) -> None:
    """Read a lesson line by line, from where you left it.

    On a terminal a section at a time: what you read and answer is recorded as on the screen.
    Into a pipe it is printed, whole or one section, and no question is asked.

    \b
      nexus-tui read python/names-and-objects --section 2
      nexus-tui read --brief django
    """
    if brief or terms:
        from nexus_tui.plain import read as lookup

        (lookup.brief if brief else lookup.terms)(course, lesson)
        return
    from nexus_tui.plain.reading import Wishes, run

    run(course, lesson, Wishes(section or 0, questions))


@click.command()
@click.option("--limit", type=click.IntRange(min=1), help="At most so many questions.")
@click.option("--seed", type=int, help="Show the options in this order every time.")
@click.pass_obj
def review(course: str | None, limit: int | None, seed: int | None) -> None:
    """Ask what you are about to forget, line by line.

    Answer as in a quiz; later leaves a question for tomorrow.

    \b
      nexus-tui review --limit 5
    """
    from nexus_tui.plain.review import run

    run(course, limit=limit, seed=seed)


@click.command()
@click.argument("challenge", required=False, default="")
@click.option("--seed", type=int, help="Show the options in this order every time.")
@click.pass_obj
def challenge(course: str | None, challenge: str, seed: int | None) -> None:
    """Go through a challenge line by line; without an id, list them.

    Story, evidence, steps, what each choice leads to, the post-mortem.

    \b
      nexus-tui challenge slow-queries/my-bookings
    """
    from nexus_tui.plain.challenge import run

    run(course, challenge, seed=seed)


@click.command()
@click.argument("lab")
@click.option("--watch", is_flag=True, help="Run again whenever a file is saved; ctrl+c ends.")
@click.option("--engine", metavar="NAME", default="", help="Run on this one of its engines.")
@click.option(
    "--form",
    type=click.Choice(["worked", "gaps", "order", "blank"]),
    help="Lay the files out: after an example, with gaps, out of order, as they came.",
)
@click.option("--hint", is_flag=True, help="Open one more hint of the check that fails first.")
@click.option("--solution", is_flag=True, help="A model solution. Before a pass: giving up.")
@click.option("--reset", is_flag=True, help="Start over; what was there is kept.")
@click.pass_obj
def lab(
    course: str | None,
    lab: str,
    *,
    watch: bool,
    engine: str,
    form: "Form | None",
    hint: bool,
    solution: bool,
    reset: bool,
) -> None:
    """Run a lab's checks on your files, wherever you edit them.

    Exit status: 0 passed, 1 not, 2 could not run.
    """
    from nexus_tui.plain.lab import Wishes, run

    wishes = Wishes(watch, engine, form, hint, solution, reset)
    sys.exit(run(course, lab, wishes))
