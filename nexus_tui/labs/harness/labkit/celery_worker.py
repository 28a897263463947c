# ruff: noqa: PTH100, PTH120
"""The worker process of a Celery lab: ``python -I celery_worker.py JSON``.

The JSON names ``path`` (sys.path), ``module`` and ``app`` in it, ``root`` (the workspace),
``journal`` and the ``settings`` of the broker. The worker is never asked to end: it is killed.
"""

from __future__ import annotations

import importlib
import json
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

ALONE = {"without_gossip": True, "without_mingle": True, "without_heartbeat": True}
OFTEN = 0.1
"""Seconds between two looks of a pool at its processes."""


def main(asked: dict[str, Any]) -> None:
    """Import the learner's module and run a worker for its app, until killed."""
    sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    broker = importlib.import_module("labkit.celery_broker")
    watching = importlib.import_module("labkit.celery_watch")
    journals = importlib.import_module("labkit.celery_journal")
    sys.path[:] = asked["path"]
    journal = journals.Journal(asked["journal"])
    look_often()
    longest_wait()
    watching.watch(journal, asked["root"])
    app = getattr(importlib.import_module(asked["module"]), asked["app"])
    broker.configure(app, asked["settings"])
    broker.hasten(app, journal, "worker")
    app.Worker(pool="prefork", loglevel="WARNING", quiet=True, **ALONE).start()


def look_often() -> None:
    """Notice a killed process of the pool soon: both kinds of pool look once in a while only."""
    import time

    from billiard import pool  # type: ignore
    from celery.concurrency.asynpool import AsynPool  # type: ignore

    def body(self: Any) -> None:
        while self._state == pool.RUN and self.pool._state == pool.RUN:
            self.pool._maintain_pool()
            time.sleep(OFTEN)

    pool.Supervisor.body = body
    AsynPool.timers = property(lambda self: {self.maintain_pool: OFTEN})


def longest_wait() -> None:
    """Have Celery's jitter always draw the longest wait, so that waits can be compared."""
    from types import SimpleNamespace

    from celery.utils import time  # type: ignore

    time.random = SimpleNamespace(randrange=lambda stop: stop - 1)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
