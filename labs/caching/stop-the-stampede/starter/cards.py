import json


def card(cache, load, home):
    key = f"card:{home}"
    kept = cache.get(key)
    if kept is None:
        kept = json.dumps(load(home))
        cache.set(key, kept, ex=300)
    return json.loads(kept)


def changed(cache, home):
    cache.delete(f"card:{home}")
