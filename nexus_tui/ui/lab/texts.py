"""The learner's files on the lab screen: opened where one was in them, marked, found again."""

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult
from nexus_tui.labs.workspace import Place
from nexus_tui.tutor.bench import Opened
from nexus_tui.ui.lab.frame import LabFrame


class LabTexts(LabFrame):
    """One file at a time; where one was in each is remembered, through a kill."""

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened)
        self._place = opened.workspace.place()
        self._known = ""
        """The file's text as it was last read or saved: what differs is not saved yet."""

    @property
    def _dirty(self) -> bool:
        return not self._editor.read_only and self._editor.text != self._known

    def _open_place(self) -> None:
        """Open the file one was in."""
        names = self.opened.lab.files
        name = self._place.file if self._place.file in names else names[0]
        self.nexus.attempt(lambda: self._open_file(name))

    def _open_file(self, name: str) -> None:
        """Show a file. Raises NexusError, and then nothing can be typed."""
        self._file, self._editor.read_only = name, True
        self._state("cannot be read")
        try:
            text = self.opened.workspace.read(name)
        except NexusError:
            self._editor.open(name, "")  # rather than another file's text under this one's name
            raise
        self._editor.open(name, text, self._place.spots.get(name, (0, 0, 0)))
        self._editor.read_only, self._known = False, self._editor.text
        self._state("saved")
        self._mark_failure()

    def _mark_failure(self) -> None:
        """Mark the line of this file that is to be mended, if it is in this one."""
        failed = self.bench.failed
        line = self._line_of(failed) if failed and failed.file == self._file else 0
        if failed and line:
            self._editor.mark(line, self.glyphs.cross, failed.message)
        else:
            self._editor.unmark()

    def _line_of(self, failed: CheckResult) -> int:
        """Where the failing line is by now: the nearest that reads the same; 0 when it is gone."""
        if not self.bench.stale or not failed.line:
            return failed.line
        code = failed.code.strip()
        lines = enumerate(self._editor.document.lines, 1)
        alike = [number for number, line in lines if code and line.strip() == code]
        return min(alike, key=lambda number: abs(number - failed.line), default=0)

    def _read_again(self) -> None:
        """Show the file as it was put back on the disk; what was here can be had by undo."""
        if self._editor.read_only:
            self.nexus.attempt(lambda: self._open_file(self._file))
            return
        text = self.nexus.attempt(lambda: self.opened.workspace.read(self._file))
        if text is not None:
            self._editor.swap(text)
            self._known = self._editor.text
            self._state("saved")
            self._outdated()

    def _outdated(self) -> None:
        """What is known of the last run no longer holds for what is there."""
        if self.bench.result and not self.bench.stale:
            self.bench.stale = True
            self._redraw(keep=True)

    def _keep_place(self) -> None:
        if self._editor.read_only:
            return
        spots = {**self._place.spots, self._file: self._editor.spot}
        if (place := Place(self._file, spots)) != self._place:
            self._place = place
            self.opened.workspace.keep_place(place)
