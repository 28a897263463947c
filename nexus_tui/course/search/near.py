"""Other words that may have been meant: forms, longer words, slips of the finger."""

from nexus_tui.course.search.store import Store
from nexus_tui.course.search.words import distance, slips, stem

MOST = 8
"""Words taken for one that was typed."""
COMPARED = 16
"""Words compared letter by letter."""


def near(store: Store, word: str) -> tuple[str, ...]:
    """The word's stem, words that have it inside; when there are none, words a slip away.

    () when nothing is like it.
    """
    kept = store.near.get(word)
    if kept is None:
        kept = store.near[word] = _near(store, word)
    return kept


def _near(store: Store, word: str) -> tuple[str, ...]:
    stemmed = stem(word)
    found = [stemmed] if _known(store, stemmed) else []
    found += [other for other in _inside(store, word) if other not in found]
    return tuple(found[:MOST] or _slipped(store, word)[:MOST])


def _known(store: Store, beginning: str) -> bool:
    """Whether a word of the index begins so."""
    sql = "SELECT 1 FROM vocabulary WHERE term >= ? AND term < ? LIMIT 1"
    return bool(store.rows(sql, (beginning, beginning + "\U0010ffff")))


def _inside(store: Store, word: str) -> list[str]:
    if not store.trigrams or len(word) < 4:
        return []
    sql = "SELECT word FROM list WHERE list MATCH ? ORDER BY length(word) LIMIT ?"
    return [row[0] for row in store.rows(sql, (_quoted(word), MOST))]


def _slipped(store: Store, word: str) -> list[str]:
    """Words few letters away, the nearest first; all of them as near as the nearest."""
    most = slips(word)
    if not most:
        return []
    grams = _grams(word)
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    likely = [other for other in swapped if _is_word(store, other)]
    if store.trigrams and grams:
        sql = "SELECT word FROM list WHERE list MATCH ? ORDER BY rank LIMIT 80"
        rows = store.rows(sql, (" OR ".join(map(_quoted, sorted(grams))),))
        alike = sorted((row[0] for row in rows), key=lambda other: -_share(grams, other))
        likely += alike[:COMPARED]
    away = {other: _away(word, other, most) for other in likely}
    least = min(away.values(), default=most + 1)
    return [other for other, letters in away.items() if letters == least <= most]


def _away(word: str, other: str, most: int) -> float:
    """Letters between a word and another, or its beginning: half a letter worse."""
    whole = distance(word, other, most)
    if len(other) <= len(word) or not whole:
        return whole
    return min(whole, distance(word, other[: len(word)], most) + 0.5,
               distance(word, other[: len(word) + 1], most) + 0.5)  # fmt: skip


def _is_word(store: Store, word: str) -> bool:
    return bool(store.rows("SELECT 1 FROM vocabulary WHERE term = ? LIMIT 1", (word,)))


def _share(grams: set[str], other: str) -> float:
    theirs = _grams(other)
    return len(grams & theirs) / (len(grams | theirs) or 1)


def _grams(word: str) -> set[str]:
    return {word[at : at + 3] for at in range(len(word) - 2)}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
