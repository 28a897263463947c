"""Read text files as people leave them: any line ends, a byte order mark, a wrong encoding."""

import hashlib
import re
from pathlib import Path

from nexus_tui.course.problems import Problems

LIMIT = 1_000_000
"""Largest course file, in bytes."""

# Control characters could steer the terminal; direction overrides make code read as what it is not.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def read_text(path: Path, problems: Problems) -> str | None:
    """Return the text of ``path`` with ``\\n`` line ends, or None after noting why not."""
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LIMIT else b""
    except OSError as error:
        _cannot_read(path, error, problems)
        return None
    if size > LIMIT:
        problems.add(
            0, f"The file has {size:,} bytes; the most is {LIMIT:,}", "Split it.", code="size"
        )
        return None
    return _decode(data, problems)


def _cannot_read(path: Path, error: OSError, problems: Problems) -> None:
    if isinstance(error, FileNotFoundError):
        problems.add(0, "There is no such file", f"Create {path.name}.", code="missing-file")
    else:
        reason = error.strerror or type(error).__name__
        problems.add(0, f"The file cannot be read: {reason}", "Look at its rights.", code="read")


def _decode(data: bytes, problems: Problems) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        problems.add(line, "The file is not UTF-8", "Save it again as UTF-8.", code="encoding")
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    bad = _CONTROL.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        note_control(bad.group(), line, problems)
        return None
    return text


def control_in(text: str) -> str:
    """Return the first character of ``text`` that could steer the terminal, or ""."""
    found = _CONTROL.search(text)
    return found.group() if found else ""


def note_control(sign: str, line: int, problems: Problems) -> None:
    """Note a character that must not be in a course."""
    message = f"There is a control character (U+{ord(sign):04X})"
    problems.add(line, message, "Delete it.", code="control")


def digest(*texts: str) -> str:
    """Return a short hash of the texts, the same on every platform."""
    whole = hashlib.sha256()
    for text in texts:
        whole.update(text.encode("utf-8", "surrogatepass"))
        whole.update(b"\0")
    return whole.hexdigest()[:16]
