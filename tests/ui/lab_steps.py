"""Steps that several tests of the lab screen take."""

from collections.abc import Mapping

from textual.pilot import Pilot

from nexus_tui.ui.app import NexusApp
from nexus_tui.ui.screens.lab import LabScreen
from nexus_tui.ui.widgets.editor import CodeEditor
from tests.ui.course import FILES, LAB, settle

STARTER = FILES["labs/python/double/starter/double.py"]
WIDE = (132, 40)
SPLIT = "from other import twice\n\n\ndef double(n):\n    return twice(n)\n"
"""A solution whose fault lies in the other file."""

SLOW = "import time\n\ntime.sleep(1.5)\n"
"""Before a solution: time to do something while it runs."""


async def open_lab(pilot: Pilot[None]) -> LabScreen:
    """Open the lab."""
    app = pilot.app
    assert isinstance(app, NexusApp)
    app.open_id(LAB)
    await pilot.pause()
    assert isinstance(app.screen, LabScreen)
    return app.screen


async def write_code(pilot: Pilot[None], screen: LabScreen, text: str) -> None:
    """Put text in the editor as if it had been pasted."""
    editor = screen.query_one(CodeEditor)
    editor.select_all()
    editor.replace(text, *editor.selection)
    await pilot.pause()


async def run(pilot: Pilot[None], screen: LabScreen, key: str = "ctrl+r") -> None:
    """Run the checks to their end."""
    await pilot.press(key)
    await settle(pilot, lambda: screen.bench.result or screen.bench.error)


def payloads(app: NexusApp, kind: str) -> list[Mapping[str, object]]:
    """What the record says of a kind of event."""
    import json

    sql = "SELECT payload FROM event WHERE kind = ? ORDER BY id"
    return [json.loads(row[0]) for row in app.tutor.record.rows(sql, (kind,))]
