"""Progress as text: every picture's sentence and its numbers."""

import json

from nexus_tui.course.model import LessonHead
from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor import figures as told
from nexus_tui.tutor.figures import Figures
from nexus_tui.tutor.knowledge import AHEAD, Recall
from nexus_tui.tutor.recall import SURE

NOTHING = "Nothing answered yet. Type nexus-tui to begin."
PAST = 12
"""Weeks and days told one by one."""


def run(course: str | None, target: str = "", *, as_json: bool = False) -> None:
    """All of it; or what is behind the number of a module or lesson.

    Raises NexusError when there is none of that id.
    """
    tutor = Tutor.open(root=course_folder(course))
    try:
        if target:
            _behind(tutor, target, as_json)
        elif as_json:
            print(json.dumps(_data(tutor), indent=1))
        else:
            _text(told.figures(tutor), len(tutor.quiz.due()))
    finally:
        tutor.close()


def _behind(tutor: Tutor, target: str, as_json: bool) -> None:
    from nexus_tui.plain import recall

    found = tutor.study.find(target)
    lesson = found.id if isinstance(found, LessonHead) else ""
    data = recall.data(tutor, tutor.study.module_of(found.id).id, lesson)
    if as_json:
        print(json.dumps(data, indent=1))
    else:
        recall.tell(tutor, tutor.study.module_of(found.id).id, lesson)


def shares(recall: Recall) -> dict[str, object]:
    """Keys of a recall, the same wherever one stands in the JSON."""
    return {
        "recall_today": round(recall.now, 4),
        "recall_in_30_days": round(recall.later, 4),
        "met": recall.met,
        "of": recall.total,
        "words": recall.words,
    }


def _data(tutor: Tutor) -> dict[str, object]:
    found = told.figures(tutor)
    return {
        "answers": found.totals.answers,
        "right": found.totals.right,
        "seconds": found.totals.seconds,
        "streak_days": found.streak_days,
        "streak_weeks": found.streak_weeks,
        "due_today": len(tutor.quiz.due()),
        "modules": {
            id: {"title": module.title, **shares(found.recall[id])}
            for id, module in found.modules.items()
        },
        "days": [
            {"day": day.day.isoformat(), "answers": day.answers, "right": day.right,
             "seconds": day.seconds}
            for day in found.days if day.active
        ],
        "weeks": [
            {"monday": week.monday.isoformat(), "days": week.days, "answers": week.answers,
             "right": week.right, "seconds": week.seconds, "counts": week.counts,
             "reason": week.reason}
            for week in found.weeks
        ],
        "reviews": list(found.ahead),
        "calibration": [
            {"said": one.confidence, "claim": one.claim, "answers": one.n, "right": one.right}
            for one in found.bins
        ],
        "brier": None if found.brier is None else round(found.brier, 4),
        "sentences": told.sentences(found) if found.totals.answers else {},
    }  # fmt: skip


def _text(found: Figures, today: int) -> None:
    totals = found.totals
    if not totals.answers:
        say(NOTHING)
        return
    share = totals.right / totals.answers
    say(f"{told.counted(totals.answers, 'answer')}, {share:.0%} right. {today} due today.")
    for tell in (_recall, _answers, _reviews, _calibration, _time, _weeks):
        say()
        tell(found)
    say()
    say(told.year_told(found))


def _recall(found: Figures) -> None:
    say(told.recall_told(found))
    say(f"What you would still know: today, and in {AHEAD} days if nothing is done.")
    for group in found.groups:
        say(group.title)
        for id in group.modules:
            if id in found.modules:
                recall = found.recall[id]
                both = f"{recall.now:>4.0%} {recall.later:>4.0%}" if recall.met else "   -    -"
                say(f"  {found.modules[id].title:<26} {both}  {recall.words}")


def _answers(found: Figures) -> None:
    say(told.answers_told(found))
    for day in [day for day in found.recent if day.answers][-PAST:]:
        answers = told.counted(day.answers, "answer")
        say(f"  {day.day.isoformat()}  {answers}, {day.right / day.answers:.0%} right")


def _reviews(found: Figures) -> None:
    say(told.reviews_told(found))
    weeks = [sum(found.ahead[n : n + 7]) for n in range(0, len(found.ahead), 7)]
    for n, count in enumerate(weeks):
        say(f"  days {7 * n + 1:>2} to {min(7 * n + 7, len(found.ahead)):>2}  {count}")


def _calibration(found: Figures) -> None:
    say(told.calibration_told(found))
    for one in found.bins:
        if one.n:
            claim = f"the word claims {one.claim:.0%}"
            say(f"  {SURE[one.confidence]:<9} {one.share:>4.0%} right of {one.n:,}; {claim}")


def _time(found: Figures) -> None:
    say(told.time_told(found))


def _weeks(found: Figures) -> None:
    say(f"{told.streak_told(found)} {told.RULE}")
    for week in found.since_begun(PAST):
        state = "counts" if week.counts else f"forgiven: {week.reason}" if week.reason else ""
        days = told.counted(week.days, "day")
        state = state or ("missed" if week is not found.weeks[-1] else "going on")
        say(f"  {week.monday.isoformat()}  {days}, {told.spent(week.seconds)}, {state}")
