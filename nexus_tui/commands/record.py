"""Commands about the learner's record."""

import sys
from pathlib import Path

import click


@click.command()
@click.argument("target", metavar="[MODULE]", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="For programs: one JSON object.")
@click.pass_obj
def progress(course: str | None, target: str, as_json: bool) -> None:
    """What you would still know today and in 30 days, how it went, what comes back.

    With a MODULE (or a lesson's id): its lessons, objectives and questions. Only questions
    you met are shown in words.

    \b
    JSON. Keys stay what they are; others may be added. Shares are 0 to 1.
      answers, right, seconds   all answers: how many, how many right, time
      streak_days, streak_weeks in a row, up to now
      due_today                 questions to review today, at most the day's
      modules                   by id: title, recall_today, recall_in_30_days,
                                met (questions and labs), of, words
      days                      those of the last 53 weeks with something done:
                                day, answers, right, seconds
      weeks                     the last 53: monday, days, answers, right,
                                seconds, counts, reason (why it was missed)
      reviews                   questions coming back today and on 29 days more
      calibration               by word: said, claim, answers, right
      brier                     0 is perfect, 0.25 a coin; null before the first
      sentences                 recall, answers, reviews, calibration, time,
                                streak, year: what each picture shows
    \b
    JSON of a MODULE: id, title and the shares as above; labs (id, title,
    passed, runs); lessons (id, title, shares; problem when one cannot be
    read), their objectives (key, text, shares) and the questions of these:
      id, met                   and of those met:
      prompt, recall_today, recall_in_30_days
      answers, right            how often, and how often right
      last_right, last_said, last_days_ago
      due                       a date; null when it never comes by itself
    """
    from nexus_tui.plain.progress import run

    run(course, target, as_json=as_json)


FILE = click.Path(path_type=Path, allow_dash=True)


class Export(click.Group):
    """A name that is none of its commands is the file that the record goes to."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named, or the one that writes the record."""
        if args and self.get_command(ctx, args[0]) is None:
            return "record", record, args
        return super().resolve_command(ctx, args)


@click.group(cls=Export)
def export() -> None:
    """Take your record along: nexus-tui export FILE

    Without one of the commands below, FILE gets the whole record, as lines of JSON, which
    nexus-tui import joins with the record of another machine.

    \b
      nexus-tui export record.jsonl
      nexus-tui export readme LEARNINGS.md
      nexus-tui export anki met.apkg
    """


@export.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Write over another file.")
def record(file: Path, force: bool) -> None:
    """The whole record, as lines of JSON."""
    from nexus_tui.plain.exchange import export

    export(file, force=force)


@export.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Write over another file.")
@click.pass_obj
def anki(course: str | None, file: Path, force: bool) -> None:
    """The questions you met, as a deck for Anki (.apkg)."""
    from nexus_tui.plain.exports import anki

    anki(course, file, force=force)


@export.command()
@click.argument("file", type=FILE)
@click.option("--force", is_flag=True, help="Write over another file.")
def csv(file: Path, force: bool) -> None:
    """Your answers, a row each; - prints them."""
    from nexus_tui.plain.exports import csv

    csv(file, force=force)


@export.command()
@click.argument("file", type=FILE, default="-")
@click.option("--notes", is_flag=True, help="With your notes.")
@click.option("--force", is_flag=True, help="Write over another file.")
@click.pass_obj
def readme(course: str | None, file: Path, notes: bool, force: bool) -> None:
    """My learnings: what you studied, can do and solved.

    In Markdown, printed without FILE. The same record gives the same bytes, so that the file
    can live in a repository.
    """
    from nexus_tui.plain.exports import readme

    readme(course, file, notes=notes, force=force)


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_(file: Path, yes: bool) -> None:
    """Join the record of another machine to yours.

    Says what it would change, then asks. What is here already stays as it is; importing a file
    twice changes nothing. The record is backed up first.

    Exit status: 0 done, 1 you said no, 2 it could not be read.
    """
    from nexus_tui.plain.exchange import import_

    sys.exit(import_(file, yes=yes))
