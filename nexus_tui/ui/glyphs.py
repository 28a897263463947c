"""One-cell signs, and what stands for them where there is only ASCII."""

from typing import TYPE_CHECKING

from nexus_tui.course.value import value

if TYPE_CHECKING:
    from nexus_tui.tutor.knowledge import Recall


@value
class Glyphs:
    """A set of signs; each is one cell wide."""

    levels: str
    check: str
    cross: str
    dot: str
    lab: str
    brand: str
    day: str
    bar: str
    rest: str
    challenge: str

    def recall(self, recall: "Recall") -> tuple[str, str]:
        """The sign of how well something is known, and its style."""
        level = recall.level
        return self.levels[level], ("$right" if level == 4 else "$primary" if level else "$muted")

    def status(self, status: str) -> tuple[str, str]:
        """The sign of a lab's check: passed, failed, or not known."""
        if status == "pass":
            return self.check, "$right"
        if status in ("fail", "error", "timeout"):
            return self.cross, "$wrong"
        return self.dot, "$muted"


UNICODE = Glyphs("○◔◑◕●", "✔", "✘", "·", "▸", "◆", "■", "━", "─", "◇")
ASCII = Glyphs(".-+*@", "+", "x", ".", ">", "*", "#", "=", "-", "?")
