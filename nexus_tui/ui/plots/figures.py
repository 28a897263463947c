"""The pictures of Progress: each a title, its sentence and a plot, as wide as asked."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import zip_longest

from textual.content import Content

from nexus_tui.learner.weeks import Week
from nexus_tui.tutor import figures as told
from nexus_tui.tutor.figures import Figures
from nexus_tui.tutor.knowledge import Recall
from nexus_tui.tutor.recall import SURE
from nexus_tui.ui.glyphs import Glyphs
from nexus_tui.ui.lines import BLANK, MEASURE, Line, flow, on
from nexus_tui.ui.plots.bars import recall_bar
from nexus_tui.ui.plots.columns import Column, columns
from nexus_tui.ui.plots.curve import Point, curve
from nexus_tui.ui.plots.heatmap import fitting, heatmap, legend
from nexus_tui.ui.plots.signs import Signs, signs
from nexus_tui.ui.text import plain, words

HEIGHT = 6
BESIDE = 108
"""Columns from which plots stand side by side."""
GAP = 2
UNEVEN = 2
"""The right one is wider by twice that: 30 days beside 28."""
NAMES = 20
FORGIVEN = "~"
Figure = Callable[[Figures, int, Glyphs], list[Line]]


def page(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """All of them, in pairs where there is room."""
    pairs = ((answers, reviews), (calibration, weeks_and_time))
    made = [*recall(found, min(width, MEASURE), glyphs), BLANK]
    for left, right in pairs:
        if width >= BESIDE:
            half = (width - GAP) // 2 - UNEVEN
            rest = width - GAP - half
            made += _beside(left(found, half, glyphs), right(found, rest, glyphs), half)
        else:
            made += [*left(found, width, glyphs), BLANK, *right(found, width, glyphs)]
        made.append(BLANK)
    return [*made, *year(found, width, glyphs)]


def _beside(left: Sequence[Line], right: Sequence[Line], width: int) -> list[Line]:
    pairs = zip_longest(left, right, fillvalue=BLANK)
    return [Line(words(_right(one.content, width + GAP), two.content)) for one, two in pairs]


def _head(title: str, sentence: str, width: int) -> list[Line]:
    return [
        Line(plain(title, "bold")),
        *flow(plain(sentence, "$muted"), min(width, MEASURE)),
        BLANK,
    ]


def _lines(drawn: Sequence[Content]) -> list[Line]:
    return [Line(content) for content in drawn]


def recall(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """A bar for each module; one opens it."""
    made = _head("What you would still know", told.recall_told(found), width)
    drawn = signs(glyphs)
    made.append(Line(_recall_heading(width, drawn)))
    for group in found.groups:
        for id in group.modules:
            if module := found.modules.get(id):
                made += on([_bar(module.title, found.recall[id], width, glyphs)], item=id)
    return made


def _recall_heading(width: int, drawn: Signs) -> Content:
    """What the bar and the numbers mean, over them."""
    key = words(
        (drawn.stays * 2, "$primary"), (" stays  ", "$muted"),
        (drawn.fades * 2, "$primary 70%"), (" fades", "$muted"),
    )  # fmt: skip
    room = NAMES + 3 + _bar_room(width) + 2
    if NAMES + 3 + key.cell_length > room:
        key = Content("")
    return words(_right(words(" " * (NAMES + 3), key), room), ("now 30 d", "$muted"))


def _right(content: Content, width: int) -> Content:
    return content.pad_right(max(width - content.cell_length, 0))


def _bar_room(width: int) -> int:
    return max(width - NAMES - 3 - 27, 6)


def _bar(title: str, recall: Recall, width: int, glyphs: Glyphs) -> Line:
    name = plain(title).truncate(NAMES, ellipsis=True, pad=True)
    shares = f"{recall.now:>4.0%} {recall.later:>4.0%}  {recall.words}"
    bar = recall_bar(recall.now, recall.later, _bar_room(width), signs(glyphs))
    last = plain(f" {shares}" if recall.met else " not met yet", "" if recall.met else "$muted")
    return Line(words(glyphs.recall(recall), " ", name, " ", bar, last))


def answers(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """Answers a day, the wrong ones on top."""
    drawn, days = signs(glyphs), found.recent
    shown = [Column(day.answers, day.right, _on_monday(day.day)) for day in days]
    key = words((drawn.steps[-1], "$primary"), (" right  ", "$muted"), (drawn.other, "$wrong"),
                (" not yet", "$muted"))  # fmt: skip
    plot = columns(shown, width, HEIGHT, drawn)
    return [*_head("Answers a day", told.answers_told(found), width), *_lines(plot), Line(key)]


def reviews(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """Questions that come back, by day."""
    days = [found.today + timedelta(days=n) for n in range(len(found.ahead))]
    shown = [
        Column(count, count, "today" if day == found.today else _on_monday(day, found.today))
        for day, count in zip(days, found.ahead, strict=True)
    ]
    plot = columns(shown, width, HEIGHT, signs(glyphs), style="$secondary")
    return [*_head("Reviews to come", told.reviews_told(found), width), *_lines(plot)]


def _on_monday(day: date, first: date | None = None) -> str:
    """A date under each Monday, but for those too near to the first day."""
    near = first is not None and (day - first).days < 3
    return f"{day.day} {day:%b}" if day.weekday() == 0 and not near else ""


def calibration(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """How often one was right, by how sure one was, beside what the words claim."""
    made = _head("Are you right when you are sure?", told.calibration_told(found), width)
    bins = [one for one in found.bins if one.n]
    if not bins:
        return made
    points = [Point(one.claim, one.share, one.confidence) for one in bins]
    made += _lines(curve(points, min(width, 56), 9, signs(glyphs)))
    for one in bins:
        word = f"{SURE[one.confidence]:<11} {one.share:>4.0%} right of {one.n:,}"
        made += flow(words(word, (f"  (the word claims {one.claim:.0%})", "$muted")), width)
    dotted = "On the thin dots from corner to corner the words are true; below, one is too sure."
    return [*made, *flow(plain(dotted, "$muted"), min(width, MEASURE))]


def weeks_and_time(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """The streak, and time by week."""
    return [*streak(found, width, glyphs), BLANK, *time(found, width, glyphs)]


def streak(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """A sign for each week: it counts, it is forgiven, it was missed."""
    past = found.since_begun(min(26, (width - 2) // 2))
    row = [_week(week, glyphs) for week in past[:-1]]
    row.append(_week(past[-1], glyphs) if past[-1].counts else (glyphs.lab, "$primary"))
    key = words(
        (glyphs.day, "$right"), (" counts  ", "$muted"), (FORGIVEN, "$accent"),
        (" forgiven  ", "$muted"), glyphs.dot, (" missed", "$muted"),
        *(() if past[-1].counts else ((f"  {glyphs.lab}", "$primary"), (" this week", "$muted"))),
    )  # fmt: skip
    made = _head("Week by week", told.streak_told(found), width)
    made += [Line(words(*row)), Line(key), *flow(plain(told.RULE, "$muted"), min(width, MEASURE))]
    if found.missed:
        made += flow(words(("w", "bold $accent"), " gives a reason for the week missed."), width)
    return made


def _week(week: Week, glyphs: Glyphs) -> tuple[str, str]:
    if week.counts:
        return f"{glyphs.day} ", "$right"
    return (f"{FORGIVEN} ", "$accent") if week.reason else (f"{glyphs.dot} ", "$muted")


def time(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """Minutes a week."""
    past = found.since_begun(26, 12)
    shown = [
        Column(week.seconds / 60, week.seconds / 60, _month(week.monday, n))
        for n, week in enumerate(past)
    ]
    plot = columns(shown, width, HEIGHT - 1, signs(glyphs), style="$secondary")
    return [*_head("Minutes a week", told.time_told(found), width), *_lines(plot)]


def _month(monday: date, n: int) -> str:
    return f"{monday:%b}" if monday.day <= 7 or (not n and monday.day < 22) else ""


def year(found: Figures, width: int, glyphs: Glyphs) -> list[Line]:
    """A year of days."""
    count, pitch = fitting(width, told.WEEKS)
    drawn = signs(glyphs)
    made = _head("The last year", told.year_told(found), width)
    days = {day.day: day.answers or int(day.active) for day in found.days}
    return [
        *made,
        *_lines(heatmap(days, found.today, count, pitch, drawn)),
        *flow(words((" " * 4, ""), legend(drawn)), width),
    ]
