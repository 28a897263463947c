"""Choosing a form of the lab on its screen, and working in it."""

from nexus_tui.labs.fading import Part
from nexus_tui.ui.lab.forms import Choice
from nexus_tui.ui.lab.runs import LabRuns


class LabForms(LabRuns):
    """The files become those of the form chosen; what was there is kept first."""

    def _begin(self) -> None:
        """Open the file one was in, in its form."""
        self._find_form()
        super()._begin()

    def _find_form(self) -> None:
        found = self.nexus.attempt(lambda: self.tutor.bench.fading.current(self.opened))
        self.bench.form = found or "blank"

    def _read_again(self) -> None:
        """Show the files as they were put back, in whichever form they are."""
        self._find_form()
        super()._read_again()

    def action_form(self) -> None:
        """Ask how much is to be given."""
        if self._editor.read_only:
            self._ask_form()
        else:
            self._saved(self._ask_form)

    def _ask_form(self) -> None:
        from nexus_tui.ui.lab.forms import FormScreen

        fading = self.tutor.bench.fading
        advice = self.nexus.attempt(lambda: fading.advice(self.opened))
        if advice is None:
            return
        choices: list[Choice] = list(fading.forms(self.opened))
        if self.bench.form == "order" and len(self._parts() or ()) > 1:
            choices = ["move", *choices]
        screen = FormScreen(choices, advice, fading.current(self.opened))
        self.nexus.push_screen(screen, self._begin_in)

    def _begin_in(self, choice: Choice | None) -> None:
        if choice == "move":
            self._order()
        elif choice is not None:
            fading = self.tutor.bench.fading
            if self.nexus.attempt(lambda: fading.choose(self.opened, choice)):
                self._read_again()
                self._go_on(choice)

    def _go_on(self, choice: Choice) -> None:
        """Help with what one does next in the form."""
        if choice == "worked":
            from nexus_tui.ui.lab.worked import WorkedScreen

            parts = self.tutor.bench.fading.worked(self.opened)
            screen = WorkedScreen(self.opened.lab.head.title, parts)
            self.nexus.push_screen(screen, lambda _: self.action_tab("code"))
        elif choice == "order":
            self._order()
        else:
            self.action_tab("code")

    # Order

    def _parts(self) -> list[Part] | None:
        text = self._editor.text
        return self.nexus.attempt(
            lambda: self.tutor.bench.fading.arrangement(self.opened, self._file, text)
        )

    def _order(self) -> None:
        from nexus_tui.ui.lab.ordering import OrderScreen

        parts = self._parts()
        if parts and len(parts) > 1:
            self.nexus.push_screen(OrderScreen(self._file, parts), self._arrange)
        else:
            self.action_tab("code")

    def _arrange(self, parts: list[Part] | None) -> None:
        self.action_tab("code")
        if parts is None:
            return
        name, fading = self._file, self.tutor.bench.fading
        text = self.nexus.attempt(lambda: fading.arranged(self.opened, name, parts))
        if text is not None:
            self._editor.swap(text)
            self._save()
            self._outdated()
