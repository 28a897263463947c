"""One run of a workflow: jobs in the order of ``needs``, each cell in a fresh folder.

Rules after GitHub's "Workflow syntax" and "Expressions": a job runs when all jobs before it have
succeeded, unless its ``if`` asks for a status; one that fails with ``continue-on-error`` counts as
a success for those that need it. ``permissions`` that name some rights set all others to none.
Cells run to their end even when another has failed: ``fail-fast`` saves time, it changes no result.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from graphlib import CycleError, TopologicalSorter

from .action import Actions, Repository
from .expression import condition, expand
from .job import Cell, Setting
from .matrix import cells, name_of
from .result import FAILURE, SKIPPED, SUCCESS, CellResult, Hold, JobResult, Run
from .shell import Clock
from .value import Closed, Unsupported, text_of, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from .event import Event
    from .file import Where, Workflow

CORES = 4
"""Cells of one run that run at once."""
READING = ("read", "write")
NOT_HERE = ("container", "services", "uses")
"""Keys of a job that change what it does, and are not modeled."""


class Execution:
    """One run under way. `Fail` for what is not modeled."""

    def __init__(self, workflow: Workflow, run: Run, repository: Repository, folder: Path) -> None:
        self.workflow, self.run, self.folder = workflow, run, folder
        self.actions = Actions(repository, run.event, folder / "artifacts")
        self.secrets = {"GITHUB_TOKEN": "ghs_token"}
        self.environment = _variables(run.event)
        self.above: dict[str, set[str]] = {}

    def go(
        self, secrets: Mapping[str, str], environment: Mapping[str, str], seconds: float
    ) -> None:
        """Run all jobs, in at most that many seconds."""
        self.clock = Clock(seconds)
        self.secrets |= secrets
        self.environment |= environment
        try:
            self._hold("", self.workflow.data, self._contexts(""), ())
        except Unsupported as error:
            raise self.workflow.fail(str(error), "concurrency") from error
        order = self._order()
        with ThreadPoolExecutor(CORES) as pool:
            while order.is_active():
                for name in order.get_ready():
                    self.run.jobs[name] = self._job(name, pool)
                    order.done(name)

    def _order(self) -> TopologicalSorter[str]:
        needs = {
            name: _list(self.workflow.get("jobs", name, "needs")) for name in self.workflow.jobs
        }
        for name, wanted in needs.items():
            for each in wanted:
                if each not in needs:
                    message = f"`{name}` needs `{each}`, and there is no such job"
                    raise self.workflow.fail(message, "jobs", name, "needs")
        order = TopologicalSorter(needs)
        try:
            order.prepare()
        except CycleError as error:
            raise self.workflow.fail(
                f"jobs need each other in a circle: {error.args[1]}"
            ) from error
        for name in TopologicalSorter(needs).static_order():
            self.above[name] = set(needs[name]).union(*(self.above[each] for each in needs[name]))
        return order

    def _contexts(self, job: str) -> dict[str, Any]:
        github = {**self.run.event.github, "job": job, "token": self.secrets["GITHUB_TOKEN"]}
        github["workflow"] = text_of(self.workflow.get("name")) or self.workflow.name
        needs = _list(self.workflow.get("jobs", job, "needs"))
        done = {name: self.run.jobs[name] for name in needs}
        told = {name: {"result": job.counts, "outputs": job.outputs} for name, job in done.items()}
        return {"github": Closed("github", github), "needs": told, "vars": {}, "inputs": {}}

    def _job(self, name: str, pool: ThreadPoolExecutor) -> JobResult:
        job, where = self.workflow.jobs[name], ("jobs", name)
        try:
            self._known(name, job)
            contexts = self._contexts(name)
            if not condition(job.get("if"), contexts, self._functions(name)):
                return JobResult(name, SKIPPED, SKIPPED)
            self._hold(name, job, contexts, where)
            settings = self._settings(name, job, contexts)
        except Unsupported as error:
            raise self.workflow.fail(str(error), *where) from error
        done = list(pool.map(self._cell, settings))
        failed = any(cell.result == FAILURE for cell, _ in done)
        forgiven = all(allowed for cell, allowed in done if cell.result == FAILURE)
        outputs = {key: value for cell, _ in done for key, value in cell.outputs.items() if value}
        return JobResult(
            name,
            FAILURE if failed else SUCCESS,
            FAILURE if failed and not forgiven else SUCCESS,
            [cell for cell, _ in done],
            outputs,
        )

    def _known(self, name: str, job: Any) -> None:
        if not isinstance(job, dict):
            raise Unsupported(f"the job `{name}` is empty")
        for key in NOT_HERE:
            if key in job:
                raise Unsupported(f"`{key}` of a job is not modeled here")

    def _functions(self, name: str) -> dict[str, Any]:
        """The status functions of a job: they look at all jobs before it."""
        before = [self.run.jobs[each].counts for each in self.above[name]]
        return {
            "success": lambda: all(result == SUCCESS for result in before),
            "failure": lambda: FAILURE in before,
            "always": lambda: True,
            "cancelled": lambda: False,
        }

    def _hold(self, name: str, place: Any, contexts: dict[str, Any], where: Where) -> None:
        wanted = place.get("concurrency")
        if wanted is None:
            return
        rule = expand(wanted if isinstance(wanted, dict) else {"group": wanted}, contexts, {})
        group, cancels = text_of(rule.get("group")), truth(rule.get("cancel-in-progress"))
        self.run.holds.append(Hold(name, group.lower(), cancels, (*where, "concurrency")))

    def _settings(self, name: str, job: dict[str, Any], contexts: dict[str, Any]) -> list[Setting]:
        if "windows" in text_of(job.get("runs-on")):
            raise Unsupported("jobs on Windows are not run here")
        strategy = expand(job.get("strategy") or {}, contexts, {})
        if not isinstance(strategy, dict):
            raise Unsupported("`strategy` is not a mapping")
        found = enumerate(cells(strategy.get("matrix")))
        return [self._setting(name, number, cell, contexts) for number, cell in found]

    def _setting(self, job: str, number: int, cell: dict[str, Any], contexts: Any) -> Setting:
        allowed = self.workflow.permissions(job)
        folder = self.folder / f"{job}-{number}"
        runner = {"os": "Linux", "temp": str(folder / "temp"), "name": "runner"}
        more = {
            "github": Closed("github", {**contexts["github"], "workspace": str(folder / "work")}),
            "matrix": cell,
            "secrets": self.secrets,
            "runner": Closed("runner", runner),
            "strategy": Closed("strategy", {"job-index": number}),
        }
        return Setting(
            workflow=self.workflow,
            job=job,
            name=name_of(job, cell),
            contexts={**contexts, **more},
            folder=folder,
            actions=self.actions,
            clock=self.clock,
            environment={**self.environment, "GITHUB_JOB": job},
            may_read=not isinstance(allowed, dict) or allowed.get("contents") in READING,
        )

    def _cell(self, setting: Setting) -> tuple[CellResult, bool]:
        """Run a cell; its result, and whether the job allows it to fail."""
        try:
            cell = Cell(setting)
            result = cell.run()
            forgiving = self.workflow.get("jobs", setting.job, "continue-on-error")
            allowed = truth(expand(forgiving, setting.contexts, {}))
        except Unsupported as error:
            raise self.workflow.fail(str(error), "jobs", setting.job) from error
        self.run.notes += cell.notes
        return result, allowed


def _variables(event: Event) -> dict[str, str]:
    """The variables every step finds about the event."""
    names = ("event_name", "ref", "ref_name", "ref_type", "head_ref", "base_ref", "sha")
    more = ("repository", "repository_owner", "actor", "run_id", "run_number", "run_attempt")
    return {f"GITHUB_{name.upper()}": text_of(event.github[name]) for name in (*names, *more)}


def _list(value: Any) -> list[str]:
    return [text_of(each) for each in value] if isinstance(value, list) else [value] * bool(value)
