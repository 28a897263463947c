"""From what was typed to what is found, the best first."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nexus_tui.course.search.entries import Entry
from nexus_tui.course.search.near import near
from nexus_tui.course.search.snippet import Ranges, Snippet, matched, pattern, snippet
from nexus_tui.course.search.store import Store
from nexus_tui.course.search.words import tokens, words
from nexus_tui.course.value import value

MOST_WORDS = 8
LIMIT = 30
LOOKED_AT = 60
"""How many of the best are ranked by where the words stand."""
MANY = 3000
"""Words in more entries than this tell nothing apart: these are taken as they come."""
FEW = 5
"""With fewer found than this, entries that have only some of the words are taken too."""
_ENTRY = "SELECT entry.id, rank, kind, target, title, trail, text FROM "
_ASK = (
    _ENTRY + "(SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?)"
    " AS found JOIN entry ON entry.id = found.rowid"
)
_TAKE = _ASK.replace("rowid, rank", "rowid, 0 AS rank").replace("ORDER BY rank", "")


@value
class Hit:
    """One thing found."""

    entry: Entry
    title: Ranges
    """Stretches of the title that matched."""
    text: Snippet
    near: str = ""
    """"" when every word was found as it was typed; "near" by other forms or spellings of
    them; "some" when it has not all of them."""


def find(
    store: Store,
    typed: str,
    *,
    limit: int = LIMIT,
    allowed: Callable[[Entry], bool] = lambda entry: True,
) -> list[Hit]:
    """What has the words typed: in its title, as a term, in one breath, in its text.

    Each word may be the beginning of one. Where little is found, other forms, parts and
    spellings of the words are tried.
    """
    wanted = words(typed)[:MOST_WORDS]
    if not wanted:
        return []
    made: dict[int, Hit] = {}
    asks = _full(store, wanted) if store.full_text else _plain(store, wanted)
    for how, needles, rows in asks:
        if how == "some" and len(made) >= FEW:
            break
        look = pattern(needles)
        for row, entry in rows:
            if len(made) < limit and row not in made and allowed(entry):
                said = snippet(entry.text, look)
                made[row] = Hit(entry, matched(entry.title, look), said, how)
        if len(made) >= limit:
            break
    return list(made.values())


_Words = tuple[str, ...]
_Found = tuple[str, list[str], list[tuple[int, Entry]]]


def _full(store: Store, wanted: list[str]) -> Iterator[_Found]:
    """From the best places to the looser ways to ask."""
    typed = [(word,) for word in wanted]
    exact = " AND ".join(map(_quoted, wanted))
    begins = " AND ".join(map(_begins, wanted))
    for query in (f"{{title term}} : ({begins})", f"{{breath}} : ({begins})", exact, begins):
        yield "", wanted, _asked(store, query, typed)
    others = [found for word in wanted if (found := near(store, word))]
    needles = [word for found in others for word in found]
    each = [f"({' OR '.join(map(_begins, found))})" for found in others]
    if len(others) == len(wanted):
        yield "near", needles, _asked(store, " AND ".join(each), others)
    if len(each) > 2:
        without = [each[:at] + each[at + 1 :] for at in range(len(each))]
        some = " OR ".join(f"({' AND '.join(rest)})" for rest in without)
        yield "some", needles, _asked(store, some, others)
    if len(wanted) > 1 and each:
        yield "some", needles, _asked(store, " OR ".join(each), others)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _begins(word: str) -> str:
    return f"{_quoted(word)}*"


def _asked(store: Store, query: str, wanted: Sequence[_Words]) -> list[tuple[int, Entry]]:
    many = store.rows("SELECT 1 FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?", (query, MANY))
    return _ranked(store.rows(_TAKE if many else _ASK, (query, LOOKED_AT)), wanted)


def _ranked(rows: Sequence[tuple[Any, ...]], wanted: Sequence[_Words]) -> list[tuple[int, Entry]]:
    made = [
        (_standing(Entry(*fields), wanted), rank, row, Entry(*fields))
        for row, rank, *fields in rows
    ]
    made.sort(key=lambda found: found[:3])
    return [(row, entry) for _, _, row, entry in made]


def _standing(entry: Entry, wanted: Sequence[_Words]) -> int:
    """Where the words stand, the best place first, from 0.

    As they are in a title, in a term; at the beginning of words there; in one breath; elsewhere.
    """
    if entry.kind in ("question", "note"):
        return 5
    if entry.kind == "breath":
        return 4
    said = tokens(entry.title).split()
    later = int(entry.kind == "term")
    if all(any(word in said for word in either) for either in wanted):
        return later
    begins = all(any(one.startswith(either) for one in said) for either in wanted)
    return 2 + later if begins else 5


def _plain(store: Store, wanted: list[str]) -> Iterator[_Found]:
    """Without a full-text index: every entry that has all the words somewhere."""
    where = " AND ".join(["instr(lower(title || ' ' || trail || ' ' || text), ?)"] * len(wanted))
    sql = _ENTRY.replace("rank", "0") + f"entry WHERE {where} LIMIT {LOOKED_AT * 4}"
    yield "", wanted, _ranked(store.rows(sql, wanted), [(word,) for word in wanted])
