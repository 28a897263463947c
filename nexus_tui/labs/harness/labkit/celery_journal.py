"""What happens to the messages of a run, written down by all its processes in one file.

A line is a JSON object: ``what`` happened, the ``id`` of the message's task, and more:

* ``sent``: name, args, kwargs, retries, wait (seconds the code asked for), by (site or worker)
* ``received``: the worker has it; ``refused``: and will not run it (expired, revoked)
* ``started``, ``failed`` (error, file, line), ``ended``: how a task ran
* ``lost``: the process that ran it died
* ``acknowledged``: the worker is about to tell the broker to forget the message
* ``settled``, ``requeued``, ``dropped``: it has told the broker to forget it, to deliver it once
  more, or that it cannot be used
* ``ready``: the worker takes messages (no id)
"""

from __future__ import annotations

import json
import os
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    Entry = dict[str, Any]

WORDS = {
    "sent": "sent",
    "received": "delivered",
    "failed": "failed",
    "lost": "its process killed",
    "acknowledged": "acknowledged",
    "requeued": "put back",
    "dropped": "dropped",
}
"""How a learner is told. What is left out goes without saying."""
FIRST, LAST = 5, 4
"""Of a long story, so many words at its beginning and its end."""


class Journal:
    """The file, for writing (each process) and for reading (the checks)."""

    def __init__(self, path: str) -> None:
        self._path, self._read = path, 0
        self.entries: list[Entry] = []
        """All that has been read."""
        self._given_up: set[str] = set()

    def write(self, what: str, task: str = "", **more: Any) -> None:
        """Add one line, in one step: several processes write."""
        line = json.dumps({"what": what, "id": task, **more}, default=repr) + "\n"
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)

    def read(self) -> list[Entry]:
        """All entries so far."""
        try:
            with Path(self._path).open("rb") as file:
                file.seek(self._read)
                *lines, _ = file.read().split(b"\n")
        except FileNotFoundError:
            return self.entries
        self._read += sum(len(line) + 1 for line in lines)
        self.entries += [json.loads(line) for line in lines]
        return self.entries

    def of(self, *whats: str, task: str = "") -> list[Entry]:
        """The entries of some kinds, of one task or of all."""
        return [e for e in self.read() if e["what"] in whats and task in ("", e["id"])]

    def quiet(self) -> bool:
        """Whether no message is left on the broker or in the worker, and no task runs.

        Each message that was sent has been settled or dropped, and each delivery led to a
        run that came to an end. One that was acknowledged early is therefore waited for as well.
        """
        found = [e["what"] for e in self.read() if e["id"] not in self._given_up]
        settled = found.count("settled") + found.count("dropped")
        over = found.count("ended") + found.count("lost") + found.count("refused")
        return found.count("sent") <= settled and found.count("received") <= over

    def give_up(self) -> None:
        """Wait no more for what is sent or under way: it would come back for ever."""
        if not self.quiet():
            self._given_up.update(entry["id"] for entry in self.read())

    def story(self, task: str) -> str:
        """What happened to the message(s) of a task, in words, in order."""
        told = [
            f"sent again, to wait {entry['wait']:.0f} s" if entry.get("retries") else words
            for entry in self.read()
            if entry["id"] == task and (words := WORDS.get(entry["what"]))
        ]
        if len(told) > FIRST + LAST:
            told[FIRST:-LAST] = ["…"]
        return ", ".join(told)

    def running(self) -> bool:
        """Whether a task has begun and not ended."""
        return len(self.of("started")) > len(self.of("ended", "lost"))


def place(error: BaseException, trace: TracebackType | None, root: str) -> Entry:
    """An exception for the journal: in words, and its last line in the files below ``root``."""
    found: Entry = {"error": f"{type(error).__name__}: {error}", "file": "", "line": 0}
    while trace:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith(root + os.sep):
            found.update(file=os.path.relpath(path, root), line=trace.tb_lineno)
        trace = trace.tb_next
    return found
