"""The few actions that are run here: checkout, setup-python, and artifacts between jobs.

Any other ``uses:`` is not run, and the run says so.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from .value import Unsupported, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .event import Event

    Inputs = Mapping[str, Any]


class ActionFailed(Exception):
    """An action that ends with an error, as it would on GitHub."""


class Repository:
    """The code: ``head`` is what the event brings, ``base`` what was on the branch before it."""

    def __init__(self, head: Path, base: Path) -> None:
        self.head, self.base = head, base

    def tree(self, event: Event, ref: str) -> Path:
        """The files of a ref, as ``actions/checkout`` takes them; "" is the event's own."""
        own = self.base if event.name == "pull_request_target" else self.head
        if ref in ("", event.ref, event.github["sha"], event.github["ref_name"]):
            return own
        merged = (f"refs/pull/{event.run}/merge", f"refs/pull/{event.run}/head")
        if ref in (event.head_sha, event.github["head_ref"], *merged):
            return self.head
        if ref in ("main", "refs/heads/main", event.branch):
            return self.base
        raise Unsupported(f"actions/checkout with `ref: {ref}` is not run here")


class Actions:
    """What the actions of one run share. ``artifacts`` is a folder for them."""

    def __init__(self, repository: Repository, event: Event, artifacts: Path) -> None:
        self.repository, self.event, self.artifacts = repository, event, artifacts
        self._known: dict[str, Callable[[Path, Inputs, bool], None]] = {
            "actions/checkout": self._checkout,
            "actions/setup-python": lambda *_: None,
            "actions/upload-artifact": self._upload,
            "actions/download-artifact": self._download,
        }

    def knows(self, uses: str) -> bool:
        """Whether the action is run here."""
        return uses.partition("@")[0].lower() in self._known

    def run(self, uses: str, folder: Path, inputs: Inputs, may_read: bool) -> None:
        """Do what the action does, in the folder of a job. `ActionFailed` when it cannot."""
        self._known[uses.partition("@")[0].lower()](folder, inputs, may_read)

    def _checkout(self, folder: Path, inputs: Inputs, may_read: bool) -> None:
        if inputs.get("repository"):
            raise Unsupported("actions/checkout of another repository is not run here")
        if not may_read:
            raise ActionFailed(
                "repository not found: it is private, and `permissions` gives this job no "
                "`contents: read`"
            )
        tree = self.repository.tree(self.event, text_of(inputs.get("ref")))
        shutil.copytree(tree, _inside(folder, inputs.get("path")), dirs_exist_ok=True)

    def _upload(self, folder: Path, inputs: Inputs, _: bool) -> None:
        source = _inside(folder, inputs.get("path"))
        target = self.artifacts / _name(inputs)
        if any(sign in str(inputs.get("path")) for sign in "*?[\n"):
            raise Unsupported("actions/upload-artifact with a pattern or several paths")
        if target.exists():
            raise ActionFailed(f"there is an artifact `{_name(inputs)}` already")
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            target.mkdir(parents=True)
            shutil.copy2(source, target)
        elif inputs.get("if-no-files-found") == "error":
            raise ActionFailed(f"no files were found with the path `{inputs.get('path')}`")

    def _download(self, folder: Path, inputs: Inputs, _: bool) -> None:
        if not inputs.get("name"):
            raise Unsupported("actions/download-artifact without a name is not run here")
        source = self.artifacts / _name(inputs)
        if not source.is_dir():
            raise ActionFailed(f"there is no artifact `{_name(inputs)}`")
        shutil.copytree(source, _inside(folder, inputs.get("path")), dirs_exist_ok=True)


def _name(inputs: Inputs) -> str:
    name = text_of(inputs.get("name")) or "artifact"
    return "".join(letter if letter.isalnum() or letter in "-_. " else "_" for letter in name)


def _inside(folder: Path, path: Any) -> Path:
    """A path of a job's folder; those that lead out of it are not touched."""
    found = Path(folder, text_of(path)).resolve()
    if not found.is_relative_to(folder.resolve()):
        raise Unsupported(f"the path `{path}` leads out of the job's folder")
    return found
