"""Printing for everyone: wrapped, no cursor movement, nothing a terminal could obey."""

import re
import shutil
import sys
import textwrap

_UNSAFE = re.compile(
    r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)


def safe(text: str) -> str:
    """Text without terminal sequences, control characters and direction overrides."""
    return _UNSAFE.sub("", text)


def width() -> int:
    """Columns to write in: the terminal's (80 in a pipe), 20 to 100."""
    return max(min(shutil.get_terminal_size((80, 24)).columns, 100), 20)


def say(text: str = "") -> None:
    """Print paragraphs, wrapped to :func:`width`; indentation is kept."""
    room = width()
    for line in safe(text).split("\n"):
        indent = " " * (len(line) - len(line.lstrip()))
        wrapped = textwrap.wrap(line.strip(), room, initial_indent=indent, subsequent_indent=indent)
        for part in wrapped or [""]:
            _write(part)


def as_it_is(line: str) -> None:
    """Print one line that is not to be broken, such as a path that will be copied."""
    _write(safe(line))


def _write(line: str) -> None:
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding))
