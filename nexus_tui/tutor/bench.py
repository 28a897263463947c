"""Labs and samples: everything that runs code, always in a child process."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import paths
from nexus_tui.course.model import Code, Lab, LabHead
from nexus_tui.errors import NexusError
from nexus_tui.labs import certificate
from nexus_tui.labs.certificate import Certificate
from nexus_tui.labs.protocol import CheckResult, CheckSpec, Measure, RunRequest, RunResult
from nexus_tui.labs.workspace import Workspace
from nexus_tui.learner import progress
from nexus_tui.learner.labhistory import Why
from nexus_tui.learner.progress import LabState

if TYPE_CHECKING:
    from nexus_tui.labs.engines import Variant
    from nexus_tui.labs.samples import SampleResult
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.fading import Fading
    from nexus_tui.tutor.labhistory import LabHistory


@dataclass(frozen=True, slots=True)
class Opened:
    """A lab, open: what it asks and where the learner's files are."""

    lab: Lab
    workspace: Workspace


class Bench:
    """What the Labs place does."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    def labs(self) -> list[LabHead]:
        """Every lab in the order of the course."""
        outline = self._tutor.course.outline()
        return [
            head
            for group in outline.groups
            for name in group.modules
            if name in outline.modules
            for head in outline.modules[name].labs
        ]

    def states(self) -> dict[str, LabState]:
        """How each lab begun stands."""
        return progress.lab_states(self._tutor.record)

    def open(self, id: str) -> Opened:
        """Open a lab; its starter is copied once, never over the learner's own files."""
        lab = self._tutor.course.lab(id)
        workspace = Workspace(
            self._tutor.places.labs / Path(*id.split("/")), lab.head.path / "starter", lab.files
        )
        workspace.ensure()
        return Opened(lab, workspace)

    @cached_property
    def fading(self) -> "Fading":
        """Easier forms of a lab, and which one is worth taking."""
        from nexus_tui.tutor.fading import Fading

        return Fading(self._tutor, self)

    @cached_property
    def history(self) -> "LabHistory":
        """What each lab looked like at every run, and the way back to it."""
        from nexus_tui.tutor.labhistory import LabHistory

        return LabHistory(self._tutor, self)

    def engines(self, opened: Opened) -> "tuple[Variant, ...]":
        """Other engines the lab can run on, and those that are missing. Asks them: takes time."""
        from nexus_tui.labs.engines import variants

        return variants(opened.lab.also)

    def certificate(self, opened: Opened) -> Certificate | None:
        """The proof that the lab's checks hold, if it has one."""
        return certificate.read(opened.lab.head.path)

    def save(
        self,
        opened: Opened,
        name: str,
        text: str,
        *,
        over: bool = False,
        why: Why | None = None,
        form: str | None = None,
    ) -> None:
        """Keep the learner's file, on the disk and in the record; nothing when unchanged.

        ``form`` is given when the files become another form of the lab. Raises ChangedOutside
        when another program wrote it since, unless ``over`` it.
        """
        workspace, same = opened.workspace, form is None or form == self.history.form(opened)
        if same and not workspace.changed_outside(name) and workspace.read(name) == text:
            return
        workspace.save(name, text, over=over)
        self.history.keep(opened, name, text, why, form=form)

    def run(
        self,
        opened: Opened,
        seed: int | None = None,
        on_event: Callable[[CheckResult | Measure], None] | None = None,
        cancel: threading.Event | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        variant: "Variant | None" = None,
    ) -> RunResult:
        """Run the checks on ``texts``, or on what is saved. Blocks: call it in a thread.

        Records nothing. ``variant`` is one of `engines`; without it the embedded engine is used.
        """
        from nexus_tui.labs.runner import run

        self.require_consent()
        lab = opened.lab
        request = RunRequest(
            lab=lab.head.path,
            workspace=opened.workspace.texts() if texts is None else texts,
            checks=tuple(CheckSpec(check.id, check.title, check.needs) for check in lab.checks),
            files=lab.files,
            limits=lab.limits,
            paths=self._tutor.course.setup_paths(lab.head.id),
            seed=seed,
            engine=lab.engine,
            variant=variant.name if variant else "",
            url=variant.url if variant else "",
            requires=lab.requires,
            ports=variant.ports if variant else (),
        )
        return run(request, on_event, cancel)

    def reset(self, opened: Opened, texts: Mapping[str, str] | None = None, form: str = "") -> None:
        """Back to the starter, or to ``texts``, those of an easier ``form``.

        What was there stays in the record and beside the files.
        """
        self.history.pin_what_is_text(opened)
        opened.workspace.reset()
        for name, text in (texts or {}).items():
            opened.workspace.save(name, text, over=True)
        for name in opened.lab.files:
            text = opened.workspace.read(name)
            self.history.keep(opened, name, text, "reset", form=form)

    def solution(self, opened: Opened) -> dict[str, str]:
        """The model solution, by file."""
        folder = opened.lab.head.path / "solution"
        return {name: (folder / name).read_text("utf-8") for name in opened.lab.files}

    def sample(
        self, owner: str, code: Code, cancel: threading.Event | None = None
    ) -> "SampleResult":
        """Run a sample of a lesson. Blocks: call it in a thread.

        Raises NexusError when the course is not ours: its code runs only after consent.
        """
        from nexus_tui.labs.samples import run_sample

        self.require_consent()
        course = self._tutor.course
        setup = course.setup(owner, code.on) if code.on else None
        return run_sample(
            code.language, code.source, setup=setup, paths=course.setup_paths(owner), cancel=cancel
        )

    def require_consent(self) -> None:
        """Code of a course from elsewhere runs only when the learner said so."""
        root = self._tutor.course.root
        if root != paths.course_root() and str(root) not in self._tutor.settings.trusted:
            raise NexusError(
                f"The course in {root} is not built in; its code has not been allowed to run.",
                f"Read it first; then allow it with: nexus-tui --course {root} trust",
            )
