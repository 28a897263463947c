import json
import random
import time
import uuid

from agreed import LEASE, LONGEST, PATIENCE, PAUSE, SHORTEST, Busy, release


def card(cache, load, home):
    key, lock, token = f"card:{home}", f"lock:{home}", str(uuid.uuid4())
    end = time.monotonic() + PATIENCE
    while True:
        kept = cache.get(key)
        if kept is not None:
            return json.loads(kept)
        if cache.set(lock, token, nx=True, ex=LEASE):
            try:
                return fill(cache, load, home)
            finally:
                release(cache, lock, token)
        if time.monotonic() >= end:
            raise Busy(home)
        time.sleep(PAUSE)


def fill(cache, load, home):
    key = f"card:{home}"
    kept = json.dumps(load(home))
    cache.set(key, kept, ex=random.randint(SHORTEST, LONGEST))
    return json.loads(kept)


def changed(cache, home):
    cache.delete(f"card:{home}")
