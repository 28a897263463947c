"""Full-text search: what of a course is found by which words. Knows no learner.

``words`` says what a word is, ``entries`` what is indexed of a course, ``store`` keeps it in a
SQLite file of the cache, ``query`` asks it, ``snippet`` shows the words where they stand.
"""

from nexus_tui.course.search.entries import Entry, Unit, course_units
from nexus_tui.course.search.query import Hit, find
from nexus_tui.course.search.snippet import Snippet
from nexus_tui.course.search.store import Store

__all__ = ["Entry", "Hit", "Snippet", "Store", "Unit", "course_units", "find"]
