"""Every lesson, lab and challenge in the command palette."""

from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import Hit, Hits, Provider
from textual.content import Content, Span

from nexus_tui.ui.text import clean

if TYPE_CHECKING:
    from nexus_tui.ui.app import NexusApp


class CourseProvider(Provider):
    """Finds what the course has by its title; places and settings are found by Textual's own."""

    async def search(self, query: str) -> Hits:
        """Titles that fit, best first."""
        app = cast("NexusApp", self.app)
        matcher = self.matcher(query)
        for module in app.tutor.course.outline().modules.values():
            title = f"Test out of {clean(module.title)}"
            score, _ = matcher.fuzzy_search.match(query, title)
            if score > 0:
                test_out = partial(app.action_test_out, module.id)
                yield Hit(score, Content(title), test_out, text=title)
            for head in module.heads:
                title = clean(head.title)
                score, offsets = matcher.fuzzy_search.match(query, title)
                if score > 0:
                    spans = [Span(at, at + 1, "bold underline") for at in offsets]
                    yield Hit(
                        score,
                        Content(title, spans),
                        partial(app.open_id, head.id),
                        text=title,
                    )
