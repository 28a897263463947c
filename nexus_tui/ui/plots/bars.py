"""A bar of what is known: now, and what of it stays."""

from textual.content import Content

from nexus_tui.ui.plots.signs import Signs, runs


def recall_bar(now: float, later: float, width: int, signs: Signs) -> Content:
    """``width`` cells: shares 0 to 1, solid for what stays, broken for what fades, thin for rest.

    What is known at all has at least one cell.
    """
    full = max(round(now * width), 1 if now > 0 else 0)
    stays = min(round(later * width), full)
    return runs(
        (
            (signs.stays * stays, "$primary"),
            (signs.fades * (full - stays), "$primary 70%"),
            (signs.never * (width - full), "$rule"),
        )
    )
