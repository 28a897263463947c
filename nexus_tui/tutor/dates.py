"""A date as a person types it."""

from datetime import date, timedelta

from nexus_tui.errors import NexusError

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
FORMS = "Type it as 2027-03-12, 12 March, tomorrow or in 10 days."
FURTHEST = 3 * 366
"""Days that a date can lie ahead."""


def read_day(text: str, today: date) -> date:
    """The day that ``text`` names, after ``today``. Raises NexusError in words for a person.

    A day without a year is the next one of that name.
    """
    words = text.casefold().replace(",", " ").split()
    day = _relative(words, today) or _written(words, today)
    if day <= today:
        when = "today" if day == today else "over"
        raise NexusError(f"{_said(day)} is {when}.", "Name a day to come.")
    if (day - today).days > FURTHEST:
        raise NexusError(f"{_said(day)} is too far away to plan for.", "At most three years.")
    return day


def _relative(words: list[str], today: date) -> date | None:
    if words == ["tomorrow"]:
        return today + timedelta(days=1)
    if len(words) == 3 and words[0] == "in" and words[1].isdecimal():
        many = {"day": 1, "days": 1, "week": 7, "weeks": 7}.get(words[2], 0)
        if many and len(words[1]) < 5:
            return today + timedelta(days=int(words[1]) * many)
    return None


def _written(words: list[str], today: date) -> date:
    if not words:
        raise NexusError("No date was typed.", FORMS)
    try:
        return date.fromisoformat(words[0]) if len(words) == 1 else _spelled(words, today)
    except ValueError as error:
        told = (
            "There is no such day." if "day is out of range" in str(error) else "That is no date."
        )
        raise NexusError(told, FORMS) from error


def _spelled(words: list[str], today: date) -> date:
    """Day and month in either order, a year after them or none. Raises ValueError."""
    first, second, *rest = words
    if len(rest) > 1:
        raise ValueError(words)
    if first.isalpha():
        first, second = second, first
    month = _month(second)
    day = int(first.rstrip(".stndrh"))
    if rest:
        return date(int(rest[0]), month, day)
    # 29 February may be up to eight years away, but is a day all the same.
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("day is out of range for month")


def _month(word: str) -> int:
    found = [n for n, name in enumerate(MONTHS, 1) if len(word) >= 3 and name.startswith(word)]
    if not found:
        raise ValueError(word)
    return found[0]


def _said(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1].capitalize()} {day.year}"


def spoken(day: date, today: date) -> str:
    """A day in words: "12 March", with its year where that is another one."""
    return _said(day) if day.year != today.year else _said(day).rpartition(" ")[0]
