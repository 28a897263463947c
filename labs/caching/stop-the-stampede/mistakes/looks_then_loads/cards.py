import json
import random

from agreed import LONGEST, SHORTEST


def card(cache, load, home):
    key = f"card:{home}"
    kept = cache.get(key)
    if kept is None:
        kept = json.dumps(load(home))
        cache.set(key, kept, ex=random.randint(SHORTEST, LONGEST))
    return json.loads(kept)


def changed(cache, home):
    cache.delete(f"card:{home}")
