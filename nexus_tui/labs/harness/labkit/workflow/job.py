"""Runs one cell of a job: its steps in order, each with its condition, environment and outputs."""

from __future__ import annotations

import os
from dataclasses import dataclass

from . import shell
from .action import ActionFailed
from .expression import condition, expand
from .result import FAILURE, SKIPPED, SUCCESS, CellResult, StepResult
from .value import Closed, Unsupported, text_of, truth

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from .action import Actions
    from .file import Where, Workflow

KEYS = {
    "id", "name", "if", "run", "uses", "with", "env", "shell", "working-directory",
    "continue-on-error", "timeout-minutes",
}  # fmt: skip


@dataclass
class Setting:
    """What a cell runs with: contexts by name, variables of its own, where, and for how long."""

    workflow: Workflow
    job: str
    name: str
    contexts: dict[str, Any]
    folder: Path
    actions: Actions
    clock: shell.Clock
    environment: dict[str, str]
    may_read: bool


class Cell:
    """One cell. Its folder is empty until a step checks the code out, as on GitHub."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.place = setting.folder / "work"
        self.temporary = setting.folder / "temp"
        for folder in (self.place, self.temporary, setting.folder / "home"):
            folder.mkdir(parents=True)
        self.result = CellResult(setting.name, SUCCESS)
        self.steps: dict[str, Any] = {}
        self.paths: list[str] = []
        self.notes: list[str] = []
        self.functions = {
            "success": lambda: self.result.result == SUCCESS,
            "failure": lambda: self.result.result == FAILURE,
            "always": lambda: True,
            "cancelled": lambda: False,
        }
        self.variables: dict[str, str] = {}
        for source in (setting.workflow.get("env"), self._of_job("env")):
            self.variables |= self._texts(source or {})

    def run(self) -> CellResult:
        """Run all steps."""
        steps = self._of_job("steps")
        if not isinstance(steps, list):
            raise Unsupported(f"the job `{self.setting.job}` has no steps")
        for number, step in enumerate(steps):
            where = ("jobs", self.setting.job, "steps", number)
            try:
                self._step(step, where)
            except Unsupported as error:
                raise self.setting.workflow.fail(str(error), *where) from error
        self.result.outputs = self._texts(self._of_job("outputs") or {})
        return self.result

    def _of_job(self, *keys: str) -> Any:
        return self.setting.workflow.get("jobs", self.setting.job, *keys)

    def contexts(self, **more: Any) -> dict[str, Any]:
        """All contexts as a step sees them."""
        own = {
            "env": self.variables,
            "steps": self.steps,
            "job": Closed("job", {"status": self.result.result}),
        }
        return {**self.setting.contexts, **own, **more}

    def _texts(self, values: Any) -> dict[str, str]:
        known = self._expand(values)
        if not isinstance(known, dict):
            raise Unsupported(f"`{values}` should be names with values")
        return {name: text_of(value) for name, value in known.items()}

    def _expand(self, value: Any) -> Any:
        return expand(value, self.contexts(), self.functions)

    def _step(self, step: dict[str, Any], where: Where) -> None:
        if not isinstance(step, dict):
            raise Unsupported("a step is empty: it needs `run` or `uses`")
        if unknown := step.keys() - KEYS:
            raise Unsupported(f"`{min(unknown)}` of a step is not modeled here")
        title = text_of(step.get("name") or step.get("run") or step.get("uses"))
        made = StepResult(where, title.strip().partition("\n")[0], SKIPPED, SKIPPED)
        own = {**self.variables, **self._texts(step.get("env") or {})}
        if condition(step.get("if"), self.contexts(env=own), self.functions):
            self._do(step, own, made)
            allowed = truth(self._expand(step.get("continue-on-error")))
            made.conclusion = SUCCESS if allowed else made.outcome
        if made.conclusion == FAILURE:
            self.result.result = FAILURE
        self.result.steps.append(made)
        if name := step.get("id"):
            said = {"outcome": made.outcome, "conclusion": made.conclusion}
            self.steps[name] = {**said, "outputs": made.outputs}

    def _do(self, step: dict[str, Any], own: dict[str, str], made: StepResult) -> None:
        made.outcome = SUCCESS
        try:
            if "run" in step:
                self._script(step, own, made)
            else:
                self._action(step, own, made)
        except ActionFailed as error:
            made.outcome, made.output = FAILURE, str(error)

    def _action(self, step: dict[str, Any], own: dict[str, str], made: StepResult) -> None:
        uses, actions = text_of(step.get("uses")), self.setting.actions
        if actions.knows(uses):
            inputs = expand(step.get("with") or {}, self.contexts(env=own), self.functions)
            actions.run(uses, self.place, inputs, self.setting.may_read)
        else:
            made.output = f"`uses: {uses}` is not run here"
            self.notes.append(made.output)

    def _script(self, step: dict[str, Any], own: dict[str, str], made: StepResult) -> None:
        contexts = self.contexts(env=own)
        text = text_of(expand(step["run"], contexts, self.functions))
        script = self.temporary / f"{len(self.result.steps)}.sh"
        script.write_text(text, "utf-8", newline="\n")
        words = shell.command(self._default(step, "shell"), script)
        folder = self.place / self._default(step, "working-directory")
        if not folder.is_dir():
            raise ActionFailed(f"there is no folder `{folder.relative_to(self.place)}`")
        environment = self._environment(own)
        clock, output = self.setting.clock, script.with_suffix(".log")
        made.code, made.output = shell.run(words, folder, environment, clock.left, output)
        if made.code == shell.TOO_LATE and clock.left <= 0:
            made.output += f"\nstill running after {clock.seconds:g} s"
        made.outcome = FAILURE if made.code else SUCCESS
        self._heard(made)

    def _default(self, step: dict[str, Any], key: str) -> str:
        """A setting of the step, else of the job's ``defaults``, else of the workflow's."""
        defaults = (self._of_job("defaults", "run"), self.setting.workflow.get("defaults", "run"))
        for place in (step, *defaults):
            if place and place.get(key) is not None:
                return text_of(self._expand(place[key]))
        return ""

    def _environment(self, own: dict[str, str]) -> dict[str, str]:
        base = shell.base_environment(self.setting.folder / "home")
        base["PATH"] = os.pathsep.join([*reversed(self.paths), base["PATH"]])
        place = {
            "GITHUB_WORKSPACE": str(self.place),
            "RUNNER_TEMP": str(self.temporary),
            "TMPDIR": str(self.temporary),
        }
        return {**base, **place, **self.setting.environment, **own, **shell.prepare(self.temporary)}

    def _heard(self, made: StepResult) -> None:
        """What the step wrote for the steps after it."""
        made.outputs = shell.pairs(self.temporary / "output")
        self.variables |= shell.pairs(self.temporary / "env")
        self.paths += (self.temporary / "path").read_text("utf-8", "replace").split("\n")[:-1]
