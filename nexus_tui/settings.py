"""The learner's choices: one frozen value, kept as JSON."""

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

from nexus_tui.errors import NexusError


@dataclass(frozen=True, slots=True)
class Settings:
    """What a learner can choose; every field has a default that suits most."""

    theme: str = "nexus-dark"
    confidence: bool = True
    """Ask how sure one is before an answer is shown."""
    explain: bool = False
    """Have a line of explanation written before the options are shown."""
    daily_cap: int = 40
    """Most review questions a day."""
    animation: bool = False
    ascii: bool = False
    """Draw with ASCII only, for terminals without the glyphs."""
    editor: str = ""
    """Command that opens a lab's file; empty: $VISUAL or $EDITOR."""
    trusted: tuple[str, ...] = ()
    """Folders of courses from elsewhere whose code may run."""


CHOICES: dict[str, tuple[str, tuple[Any, ...]]] = {
    "theme": ("Colours", ()),
    "confidence": ("Ask how sure you are before showing the answer", (True, False)),
    "explain": ("Explain in a line before seeing the options", (False, True)),
    "daily_cap": ("Most review questions a day", (10, 20, 40, 80)),
    "animation": ("Moving things on the screen", (False, True)),
    "ascii": ("Draw with ASCII characters only", (False, True)),
}
"""Field -> what it means, and the values to step through (none: filled by the face)."""


def load(path: Path) -> Settings:
    """Read the settings. A missing, broken or strange file gives defaults for what it lacks."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(raw, dict):
        return Settings()
    default = Settings()
    if isinstance(raw.get("trusted"), list):
        raw["trusted"] = tuple(item for item in raw["trusted"] if isinstance(item, str))
    kept = {
        f.name: raw[f.name]
        for f in fields(Settings)
        if f.name in raw and type(raw[f.name]) is type(getattr(default, f.name))
    }
    return replace(default, **kept)


def save(path: Path, settings: Settings) -> None:
    """Write the settings whole: a crash leaves the old file or the new one."""
    import tempfile

    name = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(settings), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise NexusError(
            f"The settings could not be saved in {path}: {error.strerror or error}.",
            "They hold until you quit. Check that the folder can be written to.",
        ) from error
