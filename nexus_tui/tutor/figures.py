"""Progress in numbers, and a sentence for each picture that says what is to be seen in it."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from nexus_tui.course.model import Group, Module
from nexus_tui.course.value import value
from nexus_tui.learner import stats, weeks
from nexus_tui.learner.stats import Bin, DayCount, Totals
from nexus_tui.learner.weeks import Week
from nexus_tui.tutor.knowledge import AHEAD, Recall, mean
from nexus_tui.tutor.recall import SURE

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor

WEEKS = 53
RECENT = 28
"""Days of the plot of answers."""
REASONS = ("ill", "traveling", "too much else", "a rest")
"""Why a week may be missed. Whatever it is, nobody checks."""
RULE = (
    f"A week counts when something was done on {weeks.ENOUGH} days of it. One missed week with a "
    "reason is forgiven when the week before it counts: it adds nothing and breaks nothing."
)
SURE_ENOUGH = 5
"""Answers from which a share says something."""


@value
class Figures:
    """All that Progress shows; ``days`` are those of the ``weeks``, in order, today last."""

    groups: tuple[Group, ...]
    modules: dict[str, Module]
    recall: dict[str, Recall]
    today: date
    days: tuple[DayCount, ...]
    weeks: tuple[Week, ...]
    totals: Totals
    bins: tuple[Bin, ...]
    brier: float | None
    ahead: tuple[int, ...]
    """Questions that come back today and on each of the days after it."""
    streak_days: int

    @property
    def recent(self) -> tuple[DayCount, ...]:
        """The days of the plot of answers."""
        return self.days[-RECENT:]

    def since_begun(self, most: int, least: int = 1) -> tuple[Week, ...]:
        """The last weeks from the first with something done: what was before is not missed."""
        began = next((n for n, week in enumerate(self.weeks) if week.days), len(self.weeks))
        return self.weeks[-min(most, max(len(self.weeks) - began, least)) :]

    @property
    def streak_weeks(self) -> int:
        """Weeks in a row that count."""
        return weeks.streak(self.weeks)

    @property
    def missed(self) -> Week | None:
        """The week that a reason would forgive."""
        return weeks.missed(self.weeks)


def figures(tutor: "Tutor") -> Figures:
    """Read them. Derived tables only: quick however long the record is."""
    outline, record = tutor.course.outline(), tutor.record
    today = record.today()
    first = today - timedelta(days=today.weekday() + 7 * (WEEKS - 1))
    days = stats.days(record, first)
    return Figures(
        groups=outline.groups,
        modules=dict(outline.modules),
        recall=tutor.knowledge.map(),
        today=today,
        days=tuple(days),
        weeks=tuple(weeks.of_days(days, weeks.excuses(record))),
        totals=stats.totals(record),
        bins=tuple(stats.calibration(record)),
        brier=stats.brier(record),
        ahead=tuple(stats.due_forecast(record, AHEAD)),
        streak_days=stats.streak(record),
    )


def forgive(tutor: "Tutor", week: Week, reason: str) -> None:
    """Keep why a week was missed. Raises NexusError when it cannot be written."""
    weeks.excuse(tutor.record, week.monday, reason)


def sentences(found: Figures) -> dict[str, str]:
    """What each picture shows, by its name. The names are stable."""
    return {
        "recall": recall_told(found),
        "answers": answers_told(found),
        "reviews": reviews_told(found),
        "calibration": calibration_told(found),
        "time": time_told(found),
        "streak": streak_told(found),
        "year": year_told(found),
    }


def recall_told(found: Figures) -> str:
    """The mean of the modules met, and the one that would lose most."""
    met = {id: found.recall[id] for id in found.modules if found.recall[id].met}
    if not met:
        return "Nothing is known yet of what was answered."
    whole = mean(met.values())
    count = counted(len(met), "module")
    told = f"Of the {count} you met you would know {whole.now:.0%} today and {whole.later:.0%} in "
    told += f"{AHEAD} days if nothing is done."
    losing = max(met, key=lambda id: met[id].now - met[id].later)
    if len(met) > 1 and met[losing].now - met[losing].later >= 0.01:
        one = met[losing]
        told += f" {found.modules[losing].title} would lose most: {one.now:.0%} to {one.later:.0%}."
    return told


def answers_told(found: Figures) -> str:
    """The last four weeks, beside the four before."""
    days, before = found.recent, found.days[-2 * RECENT : -RECENT]
    answers, right = sum(d.answers for d in days), sum(d.right for d in days)
    if not answers:
        return "No answers in the last four weeks."
    active, most = sum(bool(d.answers) for d in days), max(d.answers for d in days)
    told = f"{counted(answers, 'answer')} on {counted(active, 'day')} of the last four weeks, "
    told += f"{right / answers:.0%} right; the most on a day was {most}."
    old, old_right = sum(d.answers for d in before), sum(d.right for d in before)
    if min(old, answers) >= SURE_ENOUGH:
        told += f" In the four weeks before it was {old_right / old:.0%}."
    return told


def reviews_told(found: Figures) -> str:
    """How many come back, how many today, and the fullest day."""
    total, today = sum(found.ahead), found.ahead[0] if found.ahead else 0
    if not total:
        return f"Nothing comes back in the next {AHEAD} days."
    come = "question comes" if total == 1 else "questions come"
    told = f"{total} {come} back in the next {AHEAD} days, {today or 'none'} today"
    most = max(found.ahead[1:], default=0)
    if most > 1:
        day = found.today + timedelta(days=found.ahead.index(most, 1))
        told += f"; the most, {most}, on {day:%a} {day.day} {day:%b}"
    return told + "."


def calibration_told(found: Figures) -> str:
    """The word whose claim is farthest from the facts."""
    bins = [one for one in found.bins if one.n]
    if not bins:
        return (
            "Say how sure you are before an answer is shown: this tells how often you were right."
        )
    enough = [one for one in bins if one.n >= SURE_ENOUGH] or bins
    far = max(enough, key=lambda one: (abs(one.share - one.claim), one.claim))
    word = SURE[far.confidence]
    told = f"You are right {far.share:.0%} of the time when you say {word}; "
    told += f"the word claims {far.claim:.0%}."
    if found.brier is not None:
        told += f" Brier score {found.brier:.2f}: 0 is perfect, 0.25 is a coin."
    return told


def time_told(found: Figures) -> str:
    """Time spent answering: in all, and a week."""
    recent = found.weeks[-12:]
    began = next((n for n, week in enumerate(recent) if week.seconds), len(recent) - 1)
    each = sum(week.seconds for week in recent) / (len(recent) - began)
    told = f"{spent(found.totals.seconds)} spent answering in all; {spent(each)} a week "
    over = len(recent) - began
    return told + (f"over the last {over}." if over > 1 else "so far.")


def streak_told(found: Figures) -> str:
    """Weeks in a row, this week, and the week that can be forgiven."""
    streak, this = found.streak_weeks, found.weeks[-1]
    told = f"{counted(streak, 'week')} in a row." if streak else "No week in a row yet."
    if this.counts:
        told += " This week counts already."
    else:
        left = weeks.ENOUGH - this.days
        told += f" {counted(left, 'more day') if this.days else counted(left, 'day')} "
        told += "and this week counts."
    if missed := found.missed:
        told += f" The week of {missed.monday.day} {missed.monday:%b} was missed."
    return told


def year_told(found: Figures) -> str:
    """Days on which something was done, and the weekday it is mostly done on."""
    active = [day.day for day in found.days if day.active]
    if not active:
        return "Nothing was done in the last year."
    counts = [sum(day.weekday() == n for day in active) for n in range(7)]
    told = f"Something was done on {counted(len(active), 'day')} of the last {len(found.days)}"
    if len(active) < 2 * SURE_ENOUGH:
        return told + "."
    best = active[[day.weekday() for day in active].index(counts.index(max(counts)))]
    return f"{told}; most often on a {best:%A}."


def spent(seconds: float) -> str:
    """A time in hours and minutes."""
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def counted(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
