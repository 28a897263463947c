"""Reads ``lab.yaml`` as far as running and certifying a lab needs it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckSpec, RunRequest


@dataclass(frozen=True, slots=True)
class Mistake:
    """A wrong solution: the check it must fail first, and words its message must hold."""

    name: str
    fails: str
    says: str


@dataclass(frozen=True, slots=True, order=True)
class Equivalent:
    """A mutant known to change nothing: ``now`` is the text of its mutated line."""

    file: str
    line: int
    now: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A lab folder and what its ``lab.yaml`` says."""

    folder: Path
    engine: str
    files: tuple[str, ...]
    checks: tuple[CheckSpec, ...]
    limits: Mapping[str, float]
    requires: tuple[str, ...]
    also: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    equivalent: tuple[Equivalent, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        """The course's ``on`` folders, the module's own first."""
        module = self.folder.parent
        lessons = module.parent.parent / "lessons"
        folders = (lessons / module.name / "on", lessons / "on")
        return tuple(folder for folder in folders if folder.is_dir())

    def texts(self, *folders: Path) -> dict[str, str]:
        """The files the learner edits, each from the last of the folders that has it."""
        found = {}
        for name in self.files:
            having = [folder / name for folder in folders if (folder / name).is_file()]
            if having:
                found[name] = having[-1].read_text("utf-8")
        return found

    def request(self, workspace: Mapping[str, str], seed: int | None = None) -> RunRequest:
        """A run of these files against the lab's checks."""
        return RunRequest(
            lab=self.folder,
            workspace=workspace,
            checks=self.checks,
            files=self.files,
            limits=self.limits,
            paths=self.paths,
            seed=seed,
            engine=self.engine,
            requires=self.requires,
        )


def read(folder: Path) -> Manifest:
    """Read a lab's manifest. `NexusError` when it is missing or something in it is."""
    import yaml

    path = folder.resolve() / "lab.yaml"
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        return _manifest(folder.resolve(), data)
    except OSError as error:
        raise NexusError(
            f"{path}: {error.strerror}", "A lab is a folder with a lab.yaml."
        ) from error
    except yaml.YAMLError as error:
        raise NexusError(f"{path}: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        hint = "The format of labs is described in the project's documents."
        raise NexusError(f"{path}: missing or of the wrong kind: {error}", hint) from error


def _manifest(folder: Path, data: dict[str, Any]) -> Manifest:
    return Manifest(
        folder=folder,
        engine=data.get("engine", "python"),
        files=tuple(data["files"]),
        checks=tuple(
            CheckSpec(_text(item, "id"), _text(item, "title"), item.get("needs") or "")
            for item in data["checks"]
        ),
        limits=dict(data.get("limits") or {}),
        requires=tuple(data.get("requires") or ()),
        also=tuple(data.get("also") or ()),
        mistakes=tuple(
            Mistake(_text(item, "name"), _text(item, "fails"), _text(item, "says"))
            for item in data["mistakes"]
        ),
        equivalent=tuple(
            Equivalent(_text(item, "file"), int(item["line"]), _text(item, "now").strip())
            for item in data.get("equivalent") or ()
        ),
    )


def _text(item: Mapping[str, Any], key: str) -> str:
    """A value that must be a text: YAML makes a truth value of ``off``."""
    value = item[key]
    if not isinstance(value, str):
        raise TypeError(f"{key}: {value!r} is not a text, put it in quotes")
    return value
