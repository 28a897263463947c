"""The learner's own editor, which takes the terminal for a while."""

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

from nexus_tui.errors import NexusError

FALLBACKS = ("vi", "nano") if os.name != "nt" else ("notepad",)


def command(environment: Mapping[str, str]) -> list[str]:
    """What starts the editor: ``$VISUAL``, ``$EDITOR``, or what the system has.

    Raises NexusError, with what to do, when there is none or it is not to be found.
    """
    named = environment.get("VISUAL", "").strip() or environment.get("EDITOR", "").strip()
    hint = "Set EDITOR to the editor you like, for example: EDITOR=nano nexus-tui"
    if not named:
        found = next((name for name in FALLBACKS if shutil.which(name)), "")
        if not found:
            raise NexusError("No editor was found.", hint)
        return [found]
    try:
        words = shlex.split(named, posix=os.name != "nt")
    except ValueError as error:
        raise NexusError(f"The name of your editor cannot be read: {named}", hint) from error
    if not words or not shutil.which(words[0]):
        raise NexusError(f"Your editor is not to be found: {named}", hint)
    return words


def edit(editor: list[str], path: Path) -> str:
    """Run the editor to its end; what went wrong, "" when nothing did.

    The caller has given it the terminal, and must get it back: nothing is raised, and ctrl+c is
    the editor's business.
    """
    with _deaf():
        try:
            subprocess.run([*editor, str(path)], check=False)
        except OSError as error:
            return f"{editor[0]} cannot be started: {error.strerror}."
    return ""


@contextlib.contextmanager
def _deaf() -> Iterator[None]:
    """Let ctrl+c reach the editor only. Signals can be set in the main thread alone."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
