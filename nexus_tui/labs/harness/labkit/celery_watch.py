"""In the worker of a Celery lab: writes down what becomes of messages and tasks.

See `celery_journal` for the words. Imported by the worker process alone.
"""

from __future__ import annotations

import functools

from billiard.exceptions import WorkerLostError  # type: ignore
from celery import signals  # type: ignore
from celery.worker.request import Request  # type: ignore
from kombu.message import Message

from .celery_journal import place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .celery_journal import Journal


def watch(journal: Journal, root: str) -> None:
    """From now on, in this process and its pool. ``root`` is where the learner's files are."""
    _messages(journal)
    _tasks(journal, root)
    _deaths(journal)


def _messages(journal: Journal) -> None:
    """What the worker decides to tell the broker, and that it has told it."""

    def after(name: str, say: Callable[..., str]) -> None:
        real = getattr(Message, name)

        @functools.wraps(real)
        def method(self: Message, *args: Any, **options: Any) -> None:
            real(self, *args, **options)
            journal.write(say(*args, **options), self.headers.get("id", ""))

        setattr(Message, name, method)

    after("ack", lambda *_, **__: "settled")
    after("reject", lambda requeue=False: "requeued" if requeue else "dropped")
    after("requeue", lambda: "requeued")
    acknowledge = Request.acknowledge

    @functools.wraps(acknowledge)
    def acknowledged(self: Any) -> None:
        if not self.acknowledged:
            journal.write("acknowledged", self.id)
        acknowledge(self)

    Request.acknowledge = acknowledged


def _tasks(journal: Journal, root: str) -> None:
    """What Celery's own signals tell."""

    def on(signal: Any, what: str, name: Callable[..., str]) -> None:
        signal.connect(lambda **told: journal.write(what, name(**told)), weak=False)

    def failed(task_id: str, exception: BaseException, **_: Any) -> None:
        if not isinstance(exception, WorkerLostError):  # which is ``lost``
            journal.write("failed", task_id, **place(exception, exception.__traceback__, root))

    on(signals.worker_ready, "ready", lambda **_: "")
    on(signals.task_received, "received", lambda request, **_: request.id)
    on(signals.task_revoked, "refused", lambda request, **_: request.id)
    on(signals.task_prerun, "started", lambda task_id, **_: task_id)
    on(signals.task_postrun, "ended", lambda task_id, **_: task_id)
    signals.task_failure.connect(failed, weak=False)
    signals.task_internal_error.connect(failed, weak=False)  # such as one in a task's handler


def _deaths(journal: Journal) -> None:
    """A process of the pool that died while it ran a task."""
    real = Request.on_failure

    @functools.wraps(real)
    def on_failure(self: Any, exc_info: Any, *args: Any, **options: Any) -> Any:
        error = exc_info.exception
        error = getattr(error, "exc", error)
        if isinstance(error, (WorkerLostError, SystemExit, KeyboardInterrupt)):
            journal.write("lost", self.id)
        return real(self, exc_info, *args, **options)

    Request.on_failure = on_failure
