"""The left page of a lab: what to do, the checks as they come in, the hints that are open."""

from collections.abc import Sequence

from nexus_tui.course.model import LabCheck
from nexus_tui.ui import layout
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lab.state import Bench
from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import clean, inline, plain, ticked

ENGINES = {
    "sqlite": "SQLite",
    "postgres": "PostgreSQL",
    "django": "Django on SQLite",
    "rest": "Django REST framework",
    "graphql": "GraphQL",
    "cache": "fakeredis",
    "celery": "Celery on files",
    "docker": "parsers of Docker's files",
    "workflow": "a runner of workflows",
    "tools": "tools in processes of their own",
    "python": "Python",
}
"""What is embedded, in words."""


class Brief:
    """Draws the page; a line that did not change is the same object, and is not drawn again."""

    def __init__(self, bench: Bench, module: str, glyphs: Glyphs) -> None:
        self.bench, self.module, self.glyphs = bench, module, glyphs
        self._head: tuple[int, list[Line]] = (0, [])
        self._kept: dict[tuple[object, ...], list[Line]] = {}

    def __call__(self, width: int) -> Sequence[Line]:
        """The lines at this width."""
        if self._head[0] != width:
            self._head, self._kept = (width, self._top(width)), {}
        made = list(self._head[1])
        for check in self.bench.lab.checks:
            made += self._check(check, width)
        return [*made, BLANK, *self._foot(width)]

    def _top(self, width: int) -> list[Line]:
        lab = self.bench.lab
        return [
            *flow(plain(f"{self.module} · about {lab.head.minutes} min", "$muted"), width),
            *flow(plain(lab.head.title, "bold"), width),
            BLANK,
            *layout.lines(lab.brief, width),
            BLANK,
            Line(plain("Checks", "bold")),
        ]

    def _check(self, check: LabCheck, width: int) -> list[Line]:
        found = self.bench.checks.get(check.id)
        status = found.status if found else ("now" if self.bench.now == check.id else "")
        opened = self.bench.hints.get(check.id, 0)
        key = (check.id, status, opened, self.glyphs)
        if key not in self._kept:
            lines = check_lines(check, status, self.glyphs, width)
            self._kept[key] = on(lines, item=f"check:{check.id}")
            self._kept[key] += hint_lines(check, opened, width)
        return self._kept[key]

    def _foot(self, width: int) -> list[Line]:
        bench = self.bench
        if bench.running:
            return list(flow(plain("Running … escape stops it.", "$muted"), width))
        made: list[Line] = []
        if bench.lab.also:
            made += self._engine(width)
        if bench.certificate:
            told = f"Its checks were tried on {bench.certificate}."
            made += flow(plain(told, "$muted"), width)
        told = "e edits · o in your own editor · z starts over"
        return [*made, *flow(plain(told, "$muted"), width)]

    def _engine(self, width: int) -> list[Line]:
        bench = self.bench
        shown = bench.variant.title if bench.variant else ENGINES.get(bench.lab.engine, "embedded")
        there = sum(one.available for one in bench.variants)
        more = " · v changes it" if there else (" · v says what else" if bench.variants else "")
        style = "$accent" if bench.variant else ""
        return list(
            flow(plain(clean(shown), style) + plain(more, "$muted"), width, first="Runs on: ")
        )


WORDS = {"fail": "fails", "error": "fails", "timeout": "takes too long", "skip": "not run"}


def check_lines(check: LabCheck, status: str, glyphs: Glyphs, width: int) -> list[Line]:
    """A check and how it stands: a sign, and what did not pass also in a word."""
    if status == "now":
        lead, tail = plain(f"{glyphs.lab} ", "$accent"), plain("  running", "$accent")
    else:
        sign, style = glyphs.status(status)
        lead = plain(f"{sign} ", style)
        tail = plain(f"  {WORDS[status]}", "$muted") if status in WORDS else plain("")
    return list(flow(ticked(check.title) + tail, width, first=lead, rest="  "))


def hint_lines(check: LabCheck, opened: int, width: int) -> list[Line]:
    """The hints of a check that are open."""
    made: list[Line] = []
    for number, hint in enumerate(check.hints[:opened], 1):
        lead = plain(f"  Hint {number} of {len(check.hints)}: ", "$accent")
        item = f"hint:{check.id}:{number}"
        made += on(flow(inline(hint), width, first=lead, rest="    "), item=item)
    return made
