"""What all processes of Nexus Stays have agreed on about cards of homes."""

from contextlib import suppress

from redis import WatchError

SHORTEST, LONGEST = 240, 360
"""Seconds that a copy lives, at least and at most."""
LEASE = 10
"""Seconds after which a lock lapses by itself."""
PATIENCE = 3
"""Seconds that a visitor waits for the work of another."""
PAUSE = 0.05
"""Seconds between two looks."""


class Busy(Exception):
    """The card was not ready in time. The site answers 503."""


def release(cache, lock, token):
    """Delete a lock, if it still holds this token, in one step."""
    with cache.pipeline() as pipe, suppress(WatchError):
        pipe.watch(lock)
        if pipe.get(lock) == token:
            pipe.multi()
            pipe.delete(lock)
            pipe.execute()
