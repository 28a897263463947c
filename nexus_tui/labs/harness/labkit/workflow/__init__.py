"""The engine of CI labs: a GitHub Actions workflow is read, judged, and really executed.

``read`` a file, ask ``actionlint`` and ``zizmor`` about it, make a `Pipeline` of it and ``run`` it
for a ``push`` or a ``pull_request``: its ``run:`` steps run in bash, job by job, on a copy of the
project. Not modeled, and said so where a workflow uses it: other actions than those of
`action`, containers, services, caches, reusable workflows, other shells, Windows.
"""

from __future__ import annotations

from .. import Fail
from .event import Event, pull_request, push
from .file import Workflow, read
from .lint import Finding, actionlint, zizmor
from .result import FAILURE, SKIPPED, SUCCESS, Hold, Run
from .run import Pipeline
from .shell import bash
from .value import Unsupported

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
