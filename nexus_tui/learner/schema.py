"""The tables of the record: the events, and what is derived from them."""

APPLICATION = 0x4E585455
"""``PRAGMA application_id`` of a record ("NXTU"): tells it from another program's database."""

EVENTS = (
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE event (
        id TEXT PRIMARY KEY, device TEXT NOT NULL, time TEXT NOT NULL, zone INTEGER NOT NULL,
        kind TEXT NOT NULL, subject TEXT NOT NULL, digest TEXT NOT NULL, payload TEXT NOT NULL
    ) WITHOUT ROWID""",
    # One question's answers, for taking one back.
    "CREATE INDEX event_answer ON event (subject) WHERE kind = 'answer'",
    # All versions of one note.
    "CREATE INDEX event_note ON event (subject) WHERE kind = 'note'",
    """CREATE TRIGGER event_keeps BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_stays BEFORE DELETE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
)

_MEMORY = """stability REAL NOT NULL, difficulty REAL NOT NULL,
        state INTEGER NOT NULL, step INTEGER, due INTEGER NOT NULL, last INTEGER NOT NULL,
        reps INTEGER NOT NULL, lapses INTEGER NOT NULL, day TEXT NOT NULL, success TEXT NOT NULL,
        sure_wrong INTEGER NOT NULL, alone INTEGER NOT NULL, event TEXT NOT NULL"""

# Times in derived tables are microseconds since 1970 (UTC). The first column is the key.
DERIVED = {
    "card": f"""CREATE TABLE card (
        question TEXT PRIMARY KEY, {_MEMORY}
    ) WITHOUT ROWID""",
    # The memory of a lab: columns as in card; what it was begun from; as it was that morning.
    "lab_card": f"""CREATE TABLE lab_card (
        lab TEXT PRIMARY KEY, {_MEMORY},
        began TEXT NOT NULL, before TEXT NOT NULL
    ) WITHOUT ROWID""",
    "day": """CREATE TABLE day (
        day TEXT PRIMARY KEY, answers INTEGER NOT NULL, right INTEGER NOT NULL,
        reviews INTEGER NOT NULL, ms INTEGER NOT NULL,
        guess INTEGER NOT NULL, guess_right INTEGER NOT NULL,
        think INTEGER NOT NULL, think_right INTEGER NOT NULL,
        sure INTEGER NOT NULL, sure_right INTEGER NOT NULL,
        sections INTEGER NOT NULL, lessons INTEGER NOT NULL, labs INTEGER NOT NULL,
        notes INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "sure": """CREATE TABLE sure (
        event TEXT PRIMARY KEY, question TEXT NOT NULL, right INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "undone": "CREATE TABLE undone (event TEXT PRIMARY KEY) WITHOUT ROWID",
    "lesson": """CREATE TABLE lesson (
        lesson TEXT PRIMARY KEY, sections TEXT NOT NULL, done INTEGER NOT NULL,
        section INTEGER NOT NULL, scroll INTEGER NOT NULL, last INTEGER NOT NULL,
        event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "lab": """CREATE TABLE lab (
        lab TEXT PRIMARY KEY, passed INTEGER NOT NULL, checks TEXT NOT NULL, runs INTEGER NOT NULL,
        hints INTEGER NOT NULL, last INTEGER NOT NULL, event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "lab_file": """CREATE TABLE lab_file (
        name TEXT PRIMARY KEY, event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "note": """CREATE TABLE note (
        subject TEXT PRIMARY KEY, text TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
        event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "bookmark": """CREATE TABLE bookmark (
        subject TEXT PRIMARY KEY, last INTEGER NOT NULL, event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "bury": """CREATE TABLE bury (
        question TEXT PRIMARY KEY, day TEXT NOT NULL, event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "flag": """CREATE TABLE flag (
        question TEXT PRIMARY KEY, text TEXT NOT NULL, last INTEGER NOT NULL, event TEXT NOT NULL
    ) WITHOUT ROWID""",
    "setting": "CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "known": """CREATE TABLE known (
        lesson TEXT PRIMARY KEY, last INTEGER NOT NULL, event TEXT NOT NULL
    ) WITHOUT ROWID""",
}

INDEXES = ("CREATE INDEX card_due ON card (due) WHERE alone",)
