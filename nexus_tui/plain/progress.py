"""Progress as text."""

import json

from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import say
from nexus_tui.tutor import Tutor


def run(course: str | None, *, as_json: bool = False) -> None:
    """Recall by module, today and in 30 days; totals; what is due."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        if as_json:
            print(json.dumps(_data(tutor), indent=1))
        else:
            _text(tutor)
    finally:
        tutor.close()


def _data(tutor: Tutor) -> dict[str, object]:
    view = tutor.today.view()
    return {
        "answers": view.totals.answers,
        "right": view.totals.right,
        "seconds": view.totals.seconds,
        "streak_days": view.streak,
        "due_today": view.review.count,
        "modules": {
            id: {
                "title": module.title,
                "recall_today": round(view.recall[id].now, 4),
                "recall_in_30_days": round(view.recall[id].later, 4),
                "met": view.recall[id].met,
                "of": view.recall[id].total,
            }
            for id, module in view.modules.items()
        },
    }


def _text(tutor: Tutor) -> None:
    view = tutor.today.view()
    totals = view.totals
    if not totals.answers:
        say("Nothing answered yet. Type nexus-tui to begin.")
        return
    share = totals.right / totals.answers
    say(f"{totals.answers} answers, {share:.0%} right. {view.review.count} due today.")
    say("What you would still know: today, and in 30 days if nothing is done.\n")
    for group in view.groups:
        say(group.title)
        for id in group.modules:
            if id in view.modules:
                recall = view.recall[id]
                shares = f"{recall.now:>4.0%} {recall.later:>4.0%}" if recall.met else "   -    -"
                say(f"  {view.modules[id].title:<26} {shares}  {recall.words}")
