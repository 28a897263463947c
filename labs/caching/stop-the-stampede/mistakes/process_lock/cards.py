import json
import random
import threading

from agreed import LONGEST, SHORTEST

turn = threading.Lock()


def card(cache, load, home):
    key = f"card:{home}"
    kept = cache.get(key)
    if kept is None:
        with turn:
            kept = cache.get(key)
            if kept is None:
                kept = json.dumps(load(home))
                cache.set(key, kept, ex=random.randint(SHORTEST, LONGEST))
    return json.loads(kept)


def changed(cache, home):
    cache.delete(f"card:{home}")
