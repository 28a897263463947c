"""From file to file, to the line to mend, and out to the learner's own editor."""

import os

from textual.app import SuspendNotSupported

from nexus_tui.errors import NexusError
from nexus_tui.ui.lab import external
from nexus_tui.ui.lab.files import LabFiles
from nexus_tui.ui.text import clean


class LabMoves(LabFiles):
    """Wherever one goes, what was typed is saved first."""

    def action_file(self) -> None:
        """The next file."""
        names = self.opened.lab.files
        following = names[(names.index(self._file) + 1) % len(names)]
        self._go_to_file(following)

    def _go_to_file(self, name: str, line: int = 0) -> None:
        def go() -> None:
            self._keep_place()
            self.nexus.attempt(lambda: self._open_file(name))
            if line:
                self._go_to_line(line)

        if self._editor.read_only:
            go()
        else:
            self._saved(go)

    def action_external(self) -> None:
        """The file in the learner's own editor, which gets the terminal until it ends."""
        if self._editor.read_only:
            self._edit_outside()
        else:
            self._saved(self._edit_outside)

    def _edit_outside(self) -> None:
        path = self.opened.workspace.path(self._file)
        editor = self.nexus.attempt(lambda: external.command(os.environ))
        if editor is None:
            return
        try:
            with self.app.suspend():
                problem = external.edit(editor, path)
        except SuspendNotSupported:
            problem = "This terminal cannot be lent to another program."
        self.refresh(layout=True)
        if problem:
            self.nexus.tell(NexusError(problem, f"Open the file yourself: {path}"))
        self.nexus.attempt(self._look)

    def action_line(self) -> None:
        """The line to mend, in whichever file it is."""
        failed = self.bench.failed
        if failed is None or not failed.line:
            told = "Nothing points at a line. Run the checks first."
            if failed is not None:
                told = "This failure does not point at a line of yours."
            self.notify(told, markup=False)
        elif failed.file == self._file:
            self._go_to_line(failed.line)
        elif failed.file in self.opened.lab.files:
            self._go_to_file(failed.file, failed.line)
        else:
            told = f"The line is in {clean(failed.file)}, which is not yours to change."
            self.notify(told, markup=False)

    def _go_to_line(self, line: int) -> None:
        self.action_tab("code")
        # Where there is one part at a time, the editor has no size until it is on the screen.
        self.call_after_refresh(self._editor.go, self._editor.marked or line)
