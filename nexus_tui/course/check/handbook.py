"""The handbook: every lesson it names is in the course, or named as one to come."""

from difflib import get_close_matches

from nexus_tui.course.check.files import Known


def check_handbook(known: Known) -> None:
    """Note lessons of the handbook that are nowhere, and sentences that are there twice."""
    if known.course is None:
        return
    ids = {*known.listed("lessons"), *known.course.to_come}
    seen: set[str] = set()
    for occasion in known.course.handbook:
        if occasion.when in seen:
            _add(known, occasion.when, "is there twice", "Join the two.", "duplicate-id")
        seen.add(occasion.when)
        for lesson in occasion.read:
            if lesson not in ids:
                near = get_close_matches(lesson, ids, 1)
                hint = f"Did you mean `{near[0]}`?" if near else "Correct it, or take it out."
                _add(known, lesson, "is no lesson", hint, "reference")


def _add(known: Known, what: str, wrong: str, hint: str, code: str) -> None:
    known.add(known.layout.course, what, f"the handbook: `{what}` {wrong}", hint, code=code)
