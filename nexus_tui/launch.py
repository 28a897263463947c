"""From the command line to the first screen, as short a way as there is."""

import gc
import os
from pathlib import Path

from nexus_tui.errors import NexusError


def launch(target: str = "", course: str | None = None) -> None:
    """Run the program until it is left. Raises NexusError before the screen is taken."""
    # Objects made while starting live for good: collecting them early is lost time.
    gc.disable()
    from nexus_tui.tutor import Tutor

    tutor = Tutor.open(root=course_folder(course))
    # Textual paints a second change only after a frame's time. At a thousand frames a second it
    # does so at once, with no more work, as long as nothing is animated. Read when it is imported.
    os.environ.setdefault("TEXTUAL_FPS", "60" if tutor.settings.animation else "1000")
    try:
        known(tutor, target)
        from nexus_tui.ui.app import NexusApp

        app = NexusApp(tutor, target)
        app.run()
        if app.return_code:
            raise SystemExit(app.return_code)
    finally:
        tutor.close()


def course_folder(course: str | None) -> Path | None:
    """The folder of a course from elsewhere. Raises NexusError when it is none."""
    if course is None:
        return None
    folder = Path(course).expanduser().resolve()
    if not (folder / "lessons" / "course.yaml").is_file():
        raise NexusError(
            f"{folder} is not a course: it has no lessons/course.yaml.",
            "A course is a folder with lessons/, quizzes/ and labs/.",
        )
    return folder


def known(tutor: "object", target: str) -> None:
    """Raise NexusError, naming what there is, when ``target`` is no place and no id."""
    from nexus_tui.tutor import Tutor
    from nexus_tui.tutor.study import PLACES

    assert isinstance(tutor, Tutor)
    if target and target not in PLACES:
        tutor.study.find(target.partition("#")[0])
