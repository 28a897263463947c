"""The pane: wrapping, scrolling, selecting, clicking, at any width and for any length."""

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from nexus_tui.ui.lines import BLANK, Line, flow, on
from nexus_tui.ui.text import plain
from nexus_tui.ui.widgets.pane import Pane

TEXT = "A name is tied to an object, and tying it again copies nothing at all."


class PaneApp(App[None]):
    """A pane and nothing else."""

    theme_variables: dict[str, str] = {}

    CSS = """
    Pane { height: 1fr; }
    Pane.-framed { border: round white; padding: 2 3; }
    """

    def __init__(self, paragraphs: int = 40, classes: str = "") -> None:
        super().__init__()
        self.paragraphs, self.look = paragraphs, classes
        self.heard: list[str] = []

    def get_css_variables(self) -> dict[str, str]:
        self.theme_variables = super().get_css_variables()
        return self.theme_variables

    def compose(self) -> ComposeResult:
        yield Pane(self.lay_out, id="pane", classes=self.look)

    def lay_out(self, width: int) -> Sequence[Line]:
        made: list[Line] = []
        for number in range(self.paragraphs):
            made += on(flow(plain(f"{number}. {TEXT}"), width), item=f"item:{number}")
            made.append(BLANK)
        return made

    def on_pane_edge(self, message: Pane.Edge) -> None:
        self.heard.append("below" if message.below else "above")

    def on_pane_chosen(self, message: Pane.Chosen) -> None:
        self.heard.append(message.item)

    @property
    def pane(self) -> Pane:
        return self.query_one(Pane)


@pytest.mark.parametrize("width", [60, 80, 132])
async def test_lines_fit_the_width_and_the_measure(width: int) -> None:
    app = PaneApp()
    async with app.run_test(size=(width, 20)):
        lengths = [line.content.cell_length for line in app.pane._lines]
        assert max(lengths) <= min(width - 3, 88)


async def test_keys_scroll_and_stop_at_the_ends() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = app.pane
        for key, top in (("down", 1), ("j", 2), ("up", 1), ("k", 0), ("space", 18), ("b", 0)):
            await pilot.press(key)
            assert pane.scroll_offset.y == top, key
        await pilot.press("end")
        assert pane.at_end
        await pilot.press("home")
        assert pane.scroll_offset.y == 0
        await pilot.press("G", "g")
        assert pane.scroll_offset.y == 0


async def test_a_page_more_than_there_is_asks_for_what_follows() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.press("pageup")
        assert app.heard == ["above"]
        await pilot.press("end", "pagedown")
        await pilot.pause()
        assert app.heard == ["above", "below"]
        await pilot.press("down")
        assert app.heard == ["above", "below"]


async def test_the_wheel_scrolls() -> None:
    from textual.events import MouseScrollDown

    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        event = MouseScrollDown(app.pane, 5, 5, 0, 0, 0, False, False, False, 5, 5)
        app.pane.post_message(event)
        await pilot.pause(0.1)
        assert app.pane.scroll_offset.y > 0


async def test_a_click_chooses_the_item_under_it_and_an_empty_line_nothing() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.press("down", "down")
        rows = [line.item for line in app.pane._lines]
        await pilot.click("#pane", offset=(5, rows.index("item:3") - 2))
        await pilot.click("#pane", offset=(5, rows.index("") - 2 + 2))
        await pilot.pause()
        assert app.heard[0] == "item:3"


async def test_a_click_inside_a_border_is_still_right() -> None:
    app = PaneApp(classes="-framed")
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        rows = [line.item for line in app.pane._lines]
        await pilot.click("#pane", offset=(10, rows.index("item:2") + 3))
        await pilot.click("#pane", offset=(10, 1))
        await pilot.pause()
        assert app.heard == ["item:2"]


async def test_a_new_width_keeps_the_same_text_in_view() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = app.pane
        await pilot.press("space", "space")
        item = pane._lines[pane.scroll_offset.y + 1].item
        for width in (60, 132, 70):
            await pilot.resize_terminal(width, 20)
            await pilot.pause()
            top = pane.scroll_offset.y
            shown = {line.item for line in pane._lines[top : top + 8]}
            assert item in shown


async def test_an_item_is_brought_on_the_screen_with_the_least_movement() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = app.pane
        pane.reveal("item:1")
        assert pane.scroll_offset.y == 0
        pane.reveal("item:30")
        await pilot.pause()
        rows = [y for y, line in enumerate(pane._lines) if line.item == "item:30"]
        assert pane.scroll_offset.y == rows[-1] - 19
        pane.reveal("item:2")
        await pilot.pause()
        assert pane._lines[pane.scroll_offset.y].item == "item:2"
        pane.reveal("nothing")


async def test_a_page_is_put_up_from_its_top_or_where_it_stood() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        pane = app.pane
        await pilot.press("space")
        pane.show(app.lay_out, keep=True)
        assert pane.scroll_offset.y == 18
        pane.show(app.lay_out)
        await pilot.pause()
        assert pane.scroll_offset.y == 0


async def test_text_can_be_dragged_over_and_copied() -> None:
    app = PaneApp()
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.mouse_down("#pane", offset=(5, 0))
        await pilot.hover("#pane", offset=(16, 0))
        await pilot.mouse_up("#pane", offset=(16, 0))
        await pilot.pause()
        text = app.screen.get_selected_text()
        assert text is not None
        assert text.strip() == "A name is ti"


async def test_ten_thousand_lines_are_laid_out_and_only_some_are_drawn() -> None:
    app = PaneApp(paragraphs=5_000)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.press("end")
        assert app.pane.at_end
        assert len(app.pane._strips) < 100


async def test_an_empty_page_takes_every_key() -> None:
    app = PaneApp(paragraphs=0)
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        await pilot.press("down", "up", "space", "b", "home", "end")
        assert app.pane.share == 0.0
        assert app.pane.items == []
        assert app.pane.plain == ""
