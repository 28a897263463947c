"""What a word is: identifiers stay whole, and are found by their parts too."""

import re
import unicodedata

JOINTS = "-_+./:@"
"""Signs inside a word: ``X-Forwarded-For``, ``N+1``, ``django.db``, ``10:30``."""
_WORD = re.compile(r"(?<!\w)--?(?=\w)[\w-]+|[@$#]?\w+(?:[-+./:@]\w+)*\+*")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_ENDS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("y", ""), ("e", ""))
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_LONGEST = 64
"""Characters of a word that count."""


def fold(text: str) -> str:
    """Small letters without accents, in as many characters as ``text`` has."""
    return (text if text.isascii() else _FOREIGN.sub(_fold_one, text)).lower()


def _fold_one(found: re.Match[str]) -> str:
    character = found.group()
    bare = unicodedata.normalize("NFD", character)[0].lower()
    return bare if len(bare) == 1 else "?"


def words(text: str) -> list[str]:
    """The words of ``text`` in order, folded."""
    return [found.group()[:_LONGEST] for found in _WORD.finditer(fold(text))]


def tokens(text: str) -> str:
    """What is indexed of ``text``: its words, each followed by its parts, a blank between them."""
    made: list[str] = []
    for found in _WORD.finditer(text):
        word = found.group()
        whole = fold(word)[:_LONGEST]
        made.append(whole)
        if not whole.isalnum() or not word[1:].islower():
            made += [part for part in parts(word) if part != whole]
    return " ".join(made)


def parts(word: str) -> list[str]:
    """What an identifier is made of: ``acks_late`` of two words, ``--no-cache`` of three.

    The last of these is the name without its dashes.
    """
    bare = word.strip(JOINTS + "$#")
    pieces = re.split(r"[\W_]+", _CAMEL.sub(" ", bare))
    found = [*([bare] if bare != word else []), *pieces]
    return [fold(piece)[:_LONGEST] for piece in found if piece] if len(found) > 1 else []


def stem(word: str) -> str:
    """What a word of prose shares with its other forms; identifiers are left as they are."""
    if not word.isalpha():
        return word
    for end, instead in _ENDS:
        if word.endswith(end) and len(word) - len(end) >= 4:
            return word[: len(word) - len(end)] + (instead and instead[:-1])
    return word


def slips(word: str) -> int:
    """How many slips of the finger a word of this length is forgiven."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def distance(one: str, two: str, most: int) -> int:
    """Letters to put in, leave out, change or swap to get from one word to the other.

    More than ``most`` is ``most + 1``.
    """
    if abs(len(one) - len(two)) > most:
        return most + 1
    above: list[int] = []
    row = list(range(len(two) + 1))
    for y, left in enumerate(one, 1):
        before, row, last = row, [y], above
        for x, right in enumerate(two, 1):
            least = min(before[x] + 1, row[x - 1] + 1, before[x - 1] + (left != right))
            if y > 1 and x > 1 and left == two[x - 2] and right == one[y - 2]:
                least = min(least, last[x - 2] + 1)
            row.append(least)
        above = before
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)
