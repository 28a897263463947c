"""Draws the README's picture from the real program: ``python -m docs.picture``.

The learner in it is made up: a year of answers, from a seed, in a folder of its own.
"""

import asyncio
import os
import tempfile
from pathlib import Path

HERE = Path(__file__).parent


async def draw(target: Path) -> None:
    """Start the program on a made-up record and save what it shows."""
    from nexus_tui.paths import places
    from nexus_tui.tutor import Tutor
    from nexus_tui.ui.app import NexusApp

    tutor = Tutor.open(places=places())
    try:
        app = NexusApp(tutor)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            target.write_text(app.export_screenshot(title="nexus-tui"), "utf-8")
    finally:
        tutor.close()


def main() -> None:
    """Make the history, then the picture."""
    from benchmarks.history import make_history
    from nexus_tui.course.loader import Course
    from nexus_tui.paths import course_root

    outline = Course(course_root()).outline()
    heads = [head for module in outline.modules.values() for head in module.lessons]
    questions = [id for head in heads[: len(heads) // 2] for id in head.questions]
    with tempfile.TemporaryDirectory() as home:
        os.environ["NEXUS_HOME"] = home
        make_history(Path(home) / "progress.db", 1_400, questions=questions, days=160)
        asyncio.run(draw(HERE / "today.svg"))
    print(f"wrote {HERE.name}/today.svg")


if __name__ == "__main__":
    main()
