"""Points a Celery app at the broker of a run, and writes down what it sends.

Imported by the process of the checks and by the worker alike. Celery itself is imported only when
it is needed: the worker process has been started by then, and imports it at the same time.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic_ns

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .celery_journal import Journal

FASTER, LONGEST = 40.0, 0.1
"""A wait is divided by the first, and is the second in seconds at most."""
OWN = ("queue", "exchange", "routing_key", "connection", "producer")
"""Options that would take a message somewhere else."""


def configure(app: Any, settings: dict[str, Any]) -> None:
    """Have an app use one queue of one broker, whatever it was set to before.

    ``settings``: ``url``, ``transport`` (its options), ``queue`` (a name), ``arguments`` of it.
    """
    from kombu.entity import Queue

    name = settings["queue"]
    kind: Any = Queue  # kombu is typed in part
    queue = kind(name, "", name, queue_arguments=settings["arguments"] or None)
    app.conf.update(
        broker_url=settings["url"],
        broker_transport_options=settings["transport"],
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=2,
        result_backend=None,
        task_ignore_result=True,
        task_queues=[queue],
        task_default_queue=name,
        task_default_exchange="",
        task_default_routing_key=name,
        worker_concurrency=1,
        worker_prefetch_multiplier=1,
        worker_pool_start_method="fork",
        worker_enable_remote_control=False,
        worker_detect_quorum_queues=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
        worker_lost_wait=0.2,  # by default a killed process counts as lost after 10 s
    )
    if settings["url"].startswith("filesystem:"):
        one_piece()


def one_piece() -> None:
    """Repair kombu's filesystem transport: a reader must not see a message half written."""
    from kombu.transport import filesystem
    from kombu.utils.json import dumps

    def put(self: Any, queue: str, payload: Any, **_: Any) -> None:
        folder, name = Path(self.data_folder_out), f"{monotonic_ns():020d}_{uuid.uuid4()}"
        half = folder / f"{name}.half"
        half.write_text(dumps(payload), "utf-8")  # type: ignore[no-untyped-call]
        half.replace(folder / f"{name}.{queue}.msg")

    setattr(filesystem.Channel, "_put", put)  # noqa: B010 (a method cannot be assigned to)


def hasten(
    app: Any, journal: Journal, by: str, heed: Callable[[dict[str, Any]], object] | None = None
) -> None:
    """Write down each message the app sends, and shorten the wait it asks for.

    ``heed`` hears of a message just before it is sent. Celery's own waits begin at one second.
    """
    from kombu.serialization import dumps

    send = app.send_task

    def send_task(name: str, args: Any = None, kwargs: Any = None, **options: Any) -> Any:
        task = options["task_id"] = options.get("task_id") or str(uuid.uuid4())
        wait = _wait(options.pop("countdown", None), options.pop("eta", None))
        message: dict[str, Any] = {"name": name, "args": list(args or ()), "kwargs": kwargs or {}}
        message |= {"retries": options.get("retries") or 0, "wait": wait, "by": by}
        if heed:
            heed(message)
        # What cannot be written as JSON is refused here, before it counts as sent.
        dumps(message, "json")  # type: ignore[no-untyped-call]
        journal.write("sent", task, **message)
        kept = {name: value for name, value in options.items() if name not in OWN}
        soon = min(wait / FASTER, LONGEST) if wait > 0 else None
        return send(name, args, kwargs, countdown=soon, **kept)

    app.send_task = send_task


def _wait(countdown: float | None, eta: Any) -> float:
    """Seconds that were asked for."""
    if countdown is not None or not isinstance(eta, datetime):
        return float(countdown or 0)
    if eta.tzinfo is None:
        eta = eta.replace(tzinfo=UTC)
    wait: timedelta = eta - datetime.now(UTC)
    return wait.total_seconds()
