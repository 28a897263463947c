"""Challenges: a story, three to six steps, evidence."""

from nexus_tui.course.check.files import Known
from nexus_tui.course.questions.parse import OBJECTIVES_OF_STEPS


def check_challenges(known: Known) -> None:
    """Note what a challenge lacks."""
    for challenge in known.challenges.values():
        path, count = challenge.head.path, len(challenge.steps)
        if not 3 <= count <= 6:
            known.add(path, "steps:", f"there are {count} steps; 3 to 6 are meant", code="steps")
        if challenge.steps and not any(step.evidence for step in challenge.steps):
            known.add(
                path,
                "steps:",
                "no step shows evidence",
                "Show a log, a plan, code.",
                code="evidence",
            )
        for step in challenge.steps:
            if step.objective and step.objective not in OBJECTIVES_OF_STEPS:
                hint = f"Use one of: {', '.join(OBJECTIVES_OF_STEPS)}; or leave it out."
                message = f"there is no step objective `{step.objective}`"
                known.add(path, step.line, message, hint, code="dangling")
