"""A workflow that can be run for an event, again and again."""

from __future__ import annotations

import itertools

from .action import Repository
from .execution import Execution
from .filter import starts
from .result import Run

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .event import Event
    from .file import Workflow


class Pipeline:
    """A workflow that can be run. ``work`` is an empty folder for its jobs.

    ``secrets`` are the repository's; ``environment`` is set on every runner, ``seconds`` is what
    one run may take.
    """

    def __init__(
        self,
        workflow: Workflow,
        work: Path,
        *,
        secrets: Mapping[str, str] | None = None,
        environment: Mapping[str, str] | None = None,
        seconds: float = 6.0,
    ) -> None:
        self.workflow, self.work, self.seconds = workflow, work, seconds
        self.secrets, self.environment = dict(secrets or {}), dict(environment or {})
        self._numbers = itertools.count(1)

    def run(self, event: Event, head: Path, base: Path | None = None, **environment: str) -> Run:
        """What GitHub would do for the event. ``head`` is the code it brings.

        `Fail` for what is not modeled.
        """
        run = Run(event, starts(self.workflow, event))
        if run.started:
            self.work.mkdir(parents=True, exist_ok=True)
            folder = self.work / f"{next(self._numbers)}-{event.name}"
            variables = {**self.environment, **environment}
            secrets = self.secrets if event.secrets else {}
            repository = Repository(head, base or head)
            Execution(self.workflow, run, repository, folder).go(secrets, variables, self.seconds)
        return run
