"""The style sheet, parsed once for each set of colours."""

from textual.css.stylesheet import Stylesheet


class Rules(Stylesheet):
    """Keeps what it parsed for as long as the colours are the same.

    Textual parses every rule of every widget anew when the colours are set, and again when a
    place is shown for the first time: five times in a start, a tenth of it.
    """

    def __init__(self, *, variables: dict[str, str] | None = None) -> None:
        super().__init__(variables=variables)
        self._given = variables

    def set_variables(self, variables: dict[str, str]) -> None:
        """Other colours make all that was parsed stale; the same ones do not."""
        if variables != self._given:
            self._given = variables
            super().set_variables(variables)

    def reparse(self) -> None:
        """Parse what is new."""
        self.parse()
