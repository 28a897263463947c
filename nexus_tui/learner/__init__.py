"""What the learner did: one SQLite file.

Values here are NamedTuples, not dataclasses: most are on the way to the first screen, and a frozen
dataclass takes a millisecond to define.
"""
