"""Ids of events: 26 characters that sort in the order the events were made."""

import os
from datetime import UTC, datetime, timedelta

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_TOP = 1 << 128


def new_id(when: datetime, after: str = "") -> str:
    """Make an id for an event at ``when`` (aware), greater than ``after``.

    48 bits of milliseconds, then 80 random ones. When ``after`` lies ahead (same millisecond, or
    a clock set back) the id is ``after`` plus 64 random bits: plus one would give two machines
    that share a history the same id for different events.
    """
    value = max(0, micros(when) // 1000) << 80 | int.from_bytes(os.urandom(10))
    last = decode(after) if after else -1
    if value <= last:
        value = last + 1 + int.from_bytes(os.urandom(8))
    return encode(value)


def encode(value: int) -> str:
    """Write a number below 2**128 as 26 characters of Crockford's base 32."""
    if not 0 <= value < _TOP:
        raise ValueError(f"no room for {value} in an id")
    return "".join(_ALPHABET[value >> shift & 31] for shift in range(125, -1, -5))


def decode(text: str) -> int:
    """Read the number back. Raises ValueError for what is no id."""
    if not is_id(text):
        raise ValueError(f"not an event's id: {text!r}")
    value = 0
    for letter in text:
        value = value << 5 | _VALUE[letter]
    return value


def is_id(text: str) -> bool:
    """Say whether ``text`` has an id's shape."""
    return len(text) == 26 and text[0] in "01234567" and _VALUE.keys() >= set(text)


def micros(when: datetime) -> int:
    """Microseconds since 1970, exactly (a float of seconds is not)."""
    return (when - _EPOCH) // _MICROSECOND


def moment(microseconds: int) -> datetime:
    """The UTC time that :func:`micros` came from."""
    return _EPOCH + timedelta(microseconds=microseconds)
