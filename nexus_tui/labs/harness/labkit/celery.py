"""Helpers for labs on Celery: a broker and a worker process of the run's own.

The broker is a folder of messages (Celery's filesystem transport), RabbitMQ (variant
``rabbitmq``, one queue named after the run) or a private Valkey (variant ``valkey``). The worker
is a process with a pool of one process, and is killed at the end. Nothing is timed: `settle` waits
until every message has come to its end, and the journal says what became of each.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from . import Fail, celery_broker, rabbitmq, variant
from .celery_journal import Journal

if variant == "valkey":
    from .cache import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..bench import Lab
    from .celery_journal import Entry

    Heed = Callable[[Entry], object]

READY, SETTLED = 15.0, 8.0
"""Seconds that a worker has to start, and messages to come to their end. Never used up when all is
well, also on a busy machine."""
LOOK = 0.005
"""Seconds between two looks at the journal."""
SCRIPT = Path(__file__).with_name("celery_worker.py")
SAID = 400
"""Characters of a log that are shown."""


class Worker:
    """A broker, and a worker process that imports ``module`` of the workspace by itself.

    ``app`` is the name there of the Celery app. Made before the check imports anything of
    Celery, so that both processes import at the same time. `Fail` where there is no such worker.
    """

    def __init__(self, lab: Lab, module: str, app: str = "app") -> None:
        if sys.platform == "win32":
            raise Fail("this lab needs Linux or macOS: Celery has no pool of processes on Windows")
        self._folder = lab.path(".broker")
        self._folder.mkdir()
        self._queue, root = lab.mark, str(lab.path(".").resolve())
        self._settings = self._broker(lab)
        self._asked: dict[str, Any] = {
            "path": [root, *sys.path],
            "module": module,
            "app": app,
            "root": root,
            "journal": str(self._folder / "journal"),
            "settings": self._settings,
        }
        self.journal = Journal(self._asked["journal"])
        self._process = self._start()
        lab.cleanup(self._end)
        self._heed: Heed | None = None

    def _broker(self, lab: Lab) -> dict[str, Any]:
        """Settings of the broker (see `celery_broker.configure`), started if it has to be."""
        made: dict[str, Any] = {"queue": self._queue, "arguments": {}, "transport": {}}
        if lab.variant == "rabbitmq":
            lab.cleanup(lambda: rabbitmq.tidy(lab.url, self._queue))
            made |= {"arguments": rabbitmq.arguments(), "transport": {"confirm_publish": True}}
            return {**made, "url": lab.url}
        if lab.variant == "valkey":
            socket = connect(lab).pool.connection_kwargs["path"]
            return {**made, "url": f"redis+socket://{Path(socket).resolve()}"}
        return {**made, "url": "filesystem://", "transport": self._folders()}

    def _folders(self) -> dict[str, Any]:
        messages = self._folder / "messages"
        messages.mkdir()
        return {
            "data_folder_in": str(messages),
            "data_folder_out": str(messages),
            "control_folder": str(self._folder / "control"),
            "polling_interval": 0.01,
        }

    def _start(self) -> subprocess.Popen[bytes]:
        """Its log goes to a file; what tasks print, to where the learner sees it."""
        with (self._folder / "log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", str(SCRIPT), json.dumps(self._asked)],
                stdin=subprocess.DEVNULL,
                stderr=log,
            )

    def _end(self) -> None:
        """Kill it: a worker that is asked to end takes seconds. On Linux its pool ends with it."""
        self._process.kill()
        self._process.wait(2)

    def attach(self, app: Any) -> None:
        """Have an app in this process send its messages to this broker."""
        celery_broker.configure(app, self._settings)
        celery_broker.hasten(app, self.journal, "site", self._tell)

    def _tell(self, message: Entry) -> None:
        if self._heed:
            self._heed(message)

    def heed(self, function: Heed | None) -> None:
        """Have a function told of each message that this process is about to send."""
        self._heed = function

    def ready(self) -> None:
        """Wait until the worker takes messages. `Fail` when it ended instead, with its log."""
        if not self._until(lambda: self.journal.of("ready") or self._over(), READY) or self._over():
            raise Fail(f"the worker did not start: {self.log()}")

    def _over(self) -> bool:
        return self._process.poll() is not None

    def settle(self, enough: Callable[[], object] = lambda: False) -> None:
        """Wait until no message is left and no task runs, or until it is ``enough``.

        `Fail` when that does not come, with what happened to the last message. What is left
        then, or when it is enough, is not waited for any more.
        """
        came = self._until(lambda: self.journal.quiet() or enough() or self._over(), SETTLED)
        self.journal.give_up()
        if self._over():
            raise Fail(f"the worker ended: {self.log()}")
        if not came:
            raise Fail(self._stuck())

    def _stuck(self) -> str:
        if self.journal.running():
            return f"a task still runs after {SETTLED:g} s: is there a loop that never ends?"
        last = self.journal.of("sent")[-1:]
        story = self.journal.story(last[0]["id"]) if last else ""
        return f"a message has not come to its end after {SETTLED:g} s: {story}"

    def _until(self, condition: Callable[[], object], seconds: float) -> bool:
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                return False
            time.sleep(LOOK)
        return True

    def sent(self) -> list[Entry]:
        """The messages that were sent: ``id name args kwargs retries wait by``."""
        return self.journal.of("sent")

    def story(self, task: str) -> str:
        """What became of the messages of one task, in words."""
        return self.journal.story(task)

    def log(self) -> str:
        """The end of the worker's log."""
        text = (self._folder / "log").read_text("utf-8", "replace").strip()
        return text[-SAID:] or "it said nothing"
