"""Search, line by line: each thing with the id that opens it."""

import json

from nexus_tui.course.search import Hit
from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import as_it_is, say
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.search import KINDS, near_told


def run(course: str | None, words: str, *, limit: int = 10, as_json: bool = False) -> bool:
    """Print what has the words, the best first. False when nothing has."""
    tutor = Tutor.open(root=course_folder(course))
    try:
        tutor.search.wait()
        hits = tutor.search.find(words, limit)
        if as_json:
            print(json.dumps([_data(tutor, hit) for hit in hits], indent=1))
        else:
            _text(tutor, words, hits)
        return bool(hits)
    finally:
        tutor.close()


def _text(tutor: Tutor, wanted: str, hits: list[Hit]) -> None:
    if tutor.search.limits:
        say(tutor.search.limits)
    if not hits:
        say(f"Nothing has “{wanted}”.")
        return
    near = ""
    for hit in hits:
        if hit.near != near:
            say(f"{near_told(hit.near)}:")
            say()
            near = hit.near
        say(f"{hit.entry.title} ({', '.join(_where(hit))})")
        say(f"  {hit.text.text}")
        if target := _opens(tutor, hit):
            as_it_is(f"  nexus-tui {target}")
        say()


def _where(hit: Hit) -> list[str]:
    kind = KINDS[hit.entry.kind].lower()
    return [part for part in (kind, hit.entry.trail) if part]


def _opens(tutor: Tutor, hit: Hit) -> str:
    """The id to open, "" for a note that is about nothing in the course."""
    if hit.entry.kind == "note":
        return tutor.journal.subjects.home(hit.entry.target)
    return hit.entry.target


def _data(tutor: Tutor, hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.entry.kind,
        "id": _opens(tutor, hit),
        "title": hit.entry.title,
        "in": hit.entry.trail,
        "title_matches": [list(found) for found in hit.title],
        "text": hit.text.text,
        "text_matches": [list(found) for found in hit.text.ranges],
        "found": hit.near or "as typed",
    }
