"""The engine of CI labs: a GitHub Actions workflow is read, judged, and really executed.

``read`` a file, ask ``actionlint`` and ``zizmor`` about it, make a `Pipeline` of it and ``run`` it
for a ``push`` or a ``pull_request``: its ``run:`` steps run in bash, job by job, on a copy of the
project. Not modeled, and said so where a workflow uses it: other actions than those of
`workflow_action`, containers, services, caches, reusable workflows, other shells, Windows.
"""

from __future__ import annotations

from . import Fail
from .workflow_event import Event, pull_request, push
from .workflow_file import Workflow, read
from .workflow_lint import Finding, actionlint, zizmor
from .workflow_result import FAILURE, SKIPPED, SUCCESS, Hold, Run
from .workflow_run import Pipeline
from .workflow_shell import bash
from .workflow_value import Unsupported

__all__ = [
    "FAILURE",
    "SKIPPED",
    "SUCCESS",
    "Event",
    "Finding",
    "Hold",
    "Pipeline",
    "Run",
    "Unsupported",
    "Workflow",
    "actionlint",
    "bash",
    "need_bash",
    "pull_request",
    "push",
    "read",
    "zizmor",
]


def need_bash() -> None:
    """`Fail` where there is no bash to run the steps."""
    if not bash():
        raise Fail(
            "bash is not available here, so the steps cannot be run: install Git for Windows"
        )
