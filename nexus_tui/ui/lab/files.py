"""Saving what is typed on the lab screen, whatever other programs do to the file meanwhile."""

import contextlib
from collections.abc import Callable

from textual.timer import Timer
from textual.widgets import TextArea

from nexus_tui.errors import NexusError
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.texts import LabTexts
from nexus_tui.ui.screens.dialogs import ConfirmScreen

REST = 0.8
"""Seconds after the last key until what was typed is saved."""


class LabFiles(LabTexts):
    """Nothing that was typed is lost: neither by a crash, nor to another program."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._rest: Timer | None = None
        self._asking = False
        self._then: Callable[[], object] | None = None
        """What waits for the answer to whose text stands."""

    def _begin(self) -> None:
        """Open the file one was in; tell of a text that was kept when the program ended."""
        self._open_place()
        self.watch(self.app, "app_focus", self._look_again, init=False)
        if left := self.nexus.attempt(lambda: self.tutor.bench.history.left(self.opened)):
            told = f"{', '.join(left)}: what you had not saved was kept. t finds it."
            self.notify(told, markup=False, timeout=10)

    # Saving

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """Typed: save when the fingers rest."""
        if self._dirty:
            self._state("typing")
            self._wait()
            self._outdated()

    def on_text_area_selection_changed(self, message: TextArea.SelectionChanged) -> None:
        """The cursor moved: remember where, when it rests."""
        self._wait()

    def _wait(self) -> None:
        if self._rest:
            self._rest.stop()
        self._rest = self.set_timer(REST, self._rested)

    def _rested(self) -> None:
        if self._dirty:
            self._save()
        self._keep_place()

    def _save(self) -> bool:
        """Whether what is on the screen is on the disk."""
        if self._asking or self._editor.read_only or not self.nexus.attempt(self._look):
            return False
        if not self._dirty:
            return True
        text = self._editor.text
        try:
            self.tutor.bench.save(self.opened, self._file, text)
        except NexusError as error:
            self._state("NOT SAVED")
            self.nexus.tell(error)
            return False
        self._known = text
        self._state("saved")
        return True

    def _saved(self, then: Callable[[], object]) -> None:
        """Do something once all is saved; after the answer, when it is not clear whose text."""
        if self._save():
            then()
        elif self._asking:
            self._then = then

    # Other programs

    def on_screen_resume(self) -> None:
        """Another screen has gone: another program may have written meanwhile."""
        super().on_screen_resume()
        self._look_again()

    def _look_again(self, focus: bool = True) -> None:
        if focus and self._editor.opened and self.app.screen is self:
            self.nexus.attempt(self._look)

    def _look(self) -> bool:
        """Take what another program wrote, or ask when both changed. Whether that is settled.

        Raises NexusError when the file cannot be read; then nothing can be typed.
        """
        workspace, name = self.opened.workspace, self._file
        if self._asking or not workspace.changed_outside(name):
            return not self._asking
        if self._editor.read_only:
            self._open_file(name)
        elif not workspace.path(name).exists():
            self.tutor.bench.save(self.opened, name, self._editor.text, over=True)
        elif self._dirty:
            self._ask_whose()
            return False
        else:
            self._take_theirs()
        return True

    def _take_theirs(self) -> None:
        """Show what another program wrote; what was here can be had back by undo."""
        self._editor.read_only = True
        self._state("cannot be read")
        text = self.tutor.bench.history.adopt(self.opened, self._file)
        self._editor.swap(text)
        self._editor.read_only, self._known = False, self._editor.text
        self._state("read again: another program changed it")
        self._outdated()

    def _ask_whose(self) -> None:
        self._asking = True
        self._state("NOT SAVED: changed by another program")
        question = f"{self._file} was changed by another program. Take that text? (n keeps yours)"
        self.nexus.push_screen(ConfirmScreen(question), self._settle_change)

    def _settle_change(self, take: bool | None) -> None:
        """Whose text stands: the other program's, or the one on the screen. Both are kept."""
        self._asking, then, self._then = False, self._then, None
        bench, name, text = self.tutor.bench, self._file, self._editor.text
        if take:
            self.nexus.attempt(lambda: bench.history.keep(self.opened, name, text))
            self.nexus.attempt(self._take_theirs)
        else:
            with contextlib.suppress(NexusError):  # what is no text cannot be kept in the record
                bench.history.adopt(self.opened, name)
            self.nexus.attempt(lambda: bench.save(self.opened, name, text, over=True))
        if self._save() and then:
            then()

    def on_screen_suspend(self) -> None:
        """Another screen comes up."""
        if self.is_mounted and not isinstance(self.app.screen, ConfirmScreen):
            self._save()
            self._keep_place()

    def _keep_last(self) -> None:
        """The program ends: what was typed last goes to the file, or at least into the record."""
        with contextlib.suppress(NexusError):
            if not self._editor.read_only:
                self._keep_place()
            if self._dirty:
                self._save_or_keep(self._editor.text)

    def _save_or_keep(self, text: str) -> None:
        try:
            self.tutor.bench.save(self.opened, self._file, text)
        except NexusError:
            self.tutor.bench.history.keep(self.opened, self._file, text, "left")
