"""What an image tells of how it was made: its steps, and secrets in ENV and ARG.

``docker history`` shows the values of ENV, and those of ARG with each RUN that they were in scope
of. Which names stand for secrets follows BuildKit's check SecretsUsedInArgOrEnv, but a name that
ends with FILE or PATH says where a secret is, and is let through.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .dockerfile import Stage, Step

SECRET = re.compile(
    r"(?:_|^)(?:apikey|auth|credentials?|key|password|pword|passwd|secret|token)(?:_|$)", re.I
)
NO_SECRET = re.compile(r"(?:_|^)public(?:_|$)|_(?:file|path)$", re.I)


def steps(stage: Stage) -> list[Step]:
    """All steps an image is made of, those of the stages that it builds on first."""
    below = [] if isinstance(stage.base, str) else steps(stage.base)
    return [*below, *stage.steps]


def secrets(stage: Stage) -> Iterator[tuple[Step, str]]:
    """Each ENV with a value, and each ARG, whose name is that of a secret, with the name."""
    for step in steps(stage):
        for name in _names(step):
            if SECRET.search(name) and not NO_SECRET.search(name):
                yield step, name


def _names(step: Step) -> list[str]:
    if step.name == "ENV":
        pairs = zip(step.args[::3], step.args[1::3], strict=True)
        return [name for name, value in pairs if value.strip("\"'")]
    return [word.partition("=")[0] for word in step.args] if step.name == "ARG" else []
