"""The time machine of a lab: what it looked like at every run, and the way back to it."""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nexus_tui.errors import NexusError
from nexus_tui.labs import difference
from nexus_tui.labs.difference import Row
from nexus_tui.labs.protocol import RunResult
from nexus_tui.learner import events, labhistory
from nexus_tui.learner.labhistory import Figure, Moment, Standing, Why

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.bench import Bench, Opened


@dataclass(frozen=True, slots=True)
class Pinned:
    """What a run takes: each file's text, and the event under which the record keeps it."""

    texts: Mapping[str, str]
    saves: Mapping[str, str]
    form: str = ""
    """What the files had begun as."""


class LabHistory:
    """Reads what the record keeps of a lab; going back is itself a new entry in it."""

    def __init__(self, tutor: "Tutor", bench: "Bench") -> None:
        self._tutor, self._bench = tutor, bench

    def moments(self, opened: "Opened") -> list[Moment]:
        """Every run, and every text that another took the place of, oldest first."""
        return labhistory.moments(self._tutor.record, opened.lab.head.id)

    def standing(self, opened: "Opened") -> Standing:
        """The first and the last run, and whether one gave up."""
        return labhistory.standing(self._tutor.record, opened.lab.head.id)

    def form(self, opened: "Opened") -> str:
        """What the files began as: one of `nexus_tui.labs.fading.FORMS`, "" for the starter."""
        lab = opened.lab
        saved = labhistory.saved(self._tutor.record, lab.head.id, lab.files[0])
        return saved.form if saved else ""

    def keep(
        self,
        opened: "Opened",
        name: str,
        text: str,
        why: Why | None = None,
        *,
        form: str | None = None,
    ) -> str:
        """Put a text in the record only; the id it is kept under. The form stays, if not given."""
        payload: dict[str, object] = {"file": name, "text": text}
        if form := self.form(opened) if form is None else form:
            payload["form"] = form
        return self._append("lab_save", opened, payload | ({"why": why} if why else {}))

    def _append(self, kind: str, opened: "Opened", payload: dict[str, object]) -> str:
        record, lab = self._tutor.record, opened.lab
        return events.append(record, kind, lab.head.id, payload, digest=lab.digest).id

    def record(
        self,
        opened: "Opened",
        result: RunResult,
        hints: int = 0,
        *,
        hinted: Mapping[str, int] | None = None,
        pinned: Pinned | None = None,
        variant: str = "",
    ) -> None:
        """Keep a run's outcome: what ran, on which engine, what came of it."""
        standing = self.standing(opened)
        figures = (Figure(m.name, m.value, m.unit) for m in result.measures)
        payload: dict[str, object] = {
            "checks": {check.id: check.status for check in result.checks},
            "passed": result.passed,
            "hints": hints,
            "hinted": dict(hinted or {}),
            "ms": round(result.ms),
            "measures": labhistory.dumped(figures),
            "variant": variant,
            "form": (form := pinned.form if pinned else self.form(opened)) or "blank",
        }
        if eased := _eased(standing, form if result.passed else ""):
            payload["eased"] = eased
        if pinned:
            payload["files"] = dict(pinned.saves)
        if standing.first:
            payload["first"] = standing.first.id
        if standing.gave_up:
            payload["gave_up"] = True
        self._append("lab_run", opened, payload)

    def give_up(self, opened: "Opened", hints: int = 0) -> None:
        """The model solution is looked at before the lab passed."""
        last = self.standing(opened).last
        payload = {
            "gave_up": True,
            "passed": False,
            "hints": hints,
            "last": last.id if last else "",
        }
        self._append("lab_run", opened, payload)

    def pin(self, opened: "Opened") -> Pinned:
        """Make sure that the record keeps each file as it is on the disk, and say where.

        Raises NexusError when one cannot be read.
        """
        texts = opened.workspace.texts()
        saves = {name: self._pin(opened, name, text) for name, text in texts.items()}
        return Pinned(texts, saves, self.form(opened))

    def pin_what_is_text(self, opened: "Opened") -> None:
        """Do the same for the files that can be read; another is kept as bytes by a reset."""
        for name in opened.lab.files:
            with contextlib.suppress(NexusError):
                self._pin(opened, name, opened.workspace.read(name))

    def _pin(self, opened: "Opened", name: str, text: str) -> str:
        saved = labhistory.saved(self._tutor.record, opened.lab.head.id, name)
        if saved and saved.text == text:
            return saved.id
        return self.keep(opened, name, text)

    def adopt(self, opened: "Opened", name: str) -> str:
        """Read what another program wrote, and put it in the record. NexusError if it cannot."""
        text = opened.workspace.read(name)
        saved = labhistory.saved(self._tutor.record, opened.lab.head.id, name)
        if saved is None or saved.text != text:
            self.keep(opened, name, text, "outside")
        return text

    def texts(self, opened: "Opened", moment: Moment) -> dict[str, str]:
        """What each file said then. One that had never been saved was as it came."""
        record = self._tutor.record
        return {
            name: labhistory.text(record, moment.saves[name])
            if name in moment.saves
            else opened.workspace.starter_text(name)
            for name in opened.lab.files
        }

    def compare(self, opened: "Opened", moment: Moment) -> dict[str, list[Row]]:
        """By file, what has changed from then to the disk's text; nothing where it is the same."""
        then = self.texts(opened, moment)
        now = {name: opened.workspace.peek(name) for name in then}
        return {name: difference.between(text, now[name]) for name, text in then.items()}

    def is_as(self, opened: "Opened", moment: Moment) -> bool:
        """Whether the files on the disk are as they were then."""
        then = self.texts(opened, moment)
        return all(opened.workspace.peek(name) == text for name, text in then.items())

    def restore(self, opened: "Opened", moment: Moment) -> None:
        """Put the files back as they were then. What is there is kept first.

        Raises NexusError when a file cannot be read or written.
        """
        self.pin(opened)
        form = labhistory.form(self._tutor.record, moment.saves.get(opened.lab.files[0], ""))
        for name, text in self.texts(opened, moment).items():
            self._bench.save(opened, name, text, over=True, why="restore", form=form)

    def left(self, opened: "Opened") -> list[str]:
        """Files of which a text was kept, as the program ended, that is not the disk's."""
        record, lab = self._tutor.record, opened.lab.head.id
        saved = {name: labhistory.saved(record, lab, name) for name in opened.lab.files}
        return [
            name
            for name, last in saved.items()
            if last and last.why == "left" and last.text != opened.workspace.peek(name)
        ]


def _eased(standing: Standing, form: str) -> list[str]:
    """The easier forms that passed, with this one."""
    before = standing.last.eased if standing.last else ()
    return sorted({*before, form} - {"", "blank"})
