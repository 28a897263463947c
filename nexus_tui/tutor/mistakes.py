"""Which known mistakes a run looks like: feedback on the idea behind it, not on the line."""

from nexus_tui.course.model import Lab, LabMistake
from nexus_tui.labs.protocol import RunResult

MOST = 3
"""Mistakes that can be told apart by reading; of more than these, none is shown."""


def looks_like(lab: Lab, result: RunResult) -> tuple[LabMistake, ...]:
    """The known mistakes whose check failed first with their words; empty when too many did.

    Several mistakes may look the same from outside. Then each is a possibility, and is shown so.
    """
    failed = result.first_failure
    if failed is None:
        return ()
    said = " ".join((failed.message, failed.expected, failed.got))
    alike = [one for one in lab.mistakes if one.fails == failed.id and one.says in said]
    # The words of one may hold those of another: the longer ones say more.
    longest = max((len(one.says) for one in alike), default=0)
    exact = [one for one in alike if len(one.says) == longest]
    chosen = exact if len(exact) == 1 else alike
    return tuple(chosen) if len(chosen) <= MOST else ()
