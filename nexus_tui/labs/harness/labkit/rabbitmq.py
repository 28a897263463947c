"""A queue of a run's own on a RabbitMQ that runs already."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

EXPIRES = 60.0
"""Seconds after which RabbitMQ itself removes a queue that nobody uses."""


def arguments() -> dict[str, int]:
    """Arguments of such a queue: whatever becomes of the run, it does not stay."""
    return {"x-expires": int(EXPIRES * 1000)}


def tidy(url: str, mark: str) -> None:
    """Remove the queue named ``mark``, with what is in it, if there is one."""
    import amqp  # type: ignore

    where = urlsplit(url)
    connection = amqp.Connection(
        f"{where.hostname or '127.0.0.1'}:{where.port or 5672}",
        userid=unquote(where.username or "guest"),
        password=unquote(where.password or "guest"),
        virtual_host=unquote(where.path[1:]) or "/",
        connect_timeout=2,
        read_timeout=2,
    )
    with connection:
        connection.connect()
        connection.channel().queue_delete(mark)
