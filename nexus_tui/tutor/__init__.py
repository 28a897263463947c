"""The one object the faces talk to. It joins what is taught, what was learned, and the labs."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from nexus_tui import paths as files
from nexus_tui import settings
from nexus_tui.learner.database import Record
from nexus_tui.settings import Settings

if TYPE_CHECKING:
    from nexus_tui.course.loader import Course
    from nexus_tui.tutor.bench import Bench
    from nexus_tui.tutor.glossary import Glossary
    from nexus_tui.tutor.handbook import Handbook
    from nexus_tui.tutor.journal import Journal
    from nexus_tui.tutor.knowledge import Knowledge
    from nexus_tui.tutor.paths import Paths
    from nexus_tui.tutor.quiz import Quizmaster
    from nexus_tui.tutor.search import Search
    from nexus_tui.tutor.study import Study
    from nexus_tui.tutor.testout import TestOuts
    from nexus_tui.tutor.today import Today


class Tutor:
    """Each part is made when first used: the first screen needs only some."""

    def __init__(self, root: Path, record: Record, places: files.Places) -> None:
        self.root = root
        self.record = record
        self.places = places
        self._settings = settings.load(places.settings)

    @classmethod
    def open(
        cls,
        *,
        root: Path | None = None,
        places: files.Places | None = None,
        now: Callable[[], datetime] | None = None,
    ) -> "Tutor":
        """Open the learner's record. Raises NexusError in words for a person."""
        where = places or files.places()
        return cls(root or files.course_root(), Record.open(where.record, now=now), where)

    @cached_property
    def course(self) -> "Course":
        """What is taught."""
        from nexus_tui.course.loader import Course

        stamp = files.stamp(self.root)
        return Course(self.root, cache=self.places.cache, trust_stamp=stamp)

    def close(self) -> None:
        """Let go of the record."""
        if "search" in self.__dict__:
            self.search.close()
        self.record.close()

    def tidy(self, today: date) -> None:
        """Back the record up once a day; remove what a killed run left. Safe in a thread.

        Raises NexusError when the record proves damaged or the backup cannot be made.
        """
        from nexus_tui.labs.runner import sweep
        from nexus_tui.learner import maintenance

        sweep()
        maintenance.daily(self.places.record, today)

    @property
    def settings(self) -> Settings:
        """The learner's choices."""
        return self._settings

    def choose(self, chosen: Settings) -> None:
        """Keep a choice; it holds at once, and is saved."""
        self._settings = chosen
        settings.save(self.places.settings, chosen)

    @cached_property
    def study(self) -> "Study":
        """Lessons and where one is in them."""
        from nexus_tui.tutor.study import Study

        return Study(self)

    @cached_property
    def quiz(self) -> "Quizmaster":
        """Questions: quizzes, reviews, challenges."""
        from nexus_tui.tutor.quiz import Quizmaster

        return Quizmaster(self)

    @cached_property
    def knowledge(self) -> "Knowledge":
        """What the learner would still know."""
        from nexus_tui.tutor.knowledge import Knowledge

        return Knowledge(self)

    @cached_property
    def today(self) -> "Today":
        """What is worth doing now."""
        from nexus_tui.tutor.today import Today

        return Today(self)

    @cached_property
    def paths(self) -> "Paths":
        """Learning paths and the day to be through by."""
        from nexus_tui.tutor.paths import Paths

        return Paths(self)

    @cached_property
    def testout(self) -> "TestOuts":
        """Testing out of modules."""
        from nexus_tui.tutor.testout import TestOuts

        return TestOuts(self)

    @cached_property
    def glossary(self) -> "Glossary":
        """The words of the course."""
        from nexus_tui.tutor.glossary import Glossary

        return Glossary(self)

    @cached_property
    def handbook(self) -> "Handbook":
        """Every lesson in one breath."""
        from nexus_tui.tutor.handbook import Handbook

        return Handbook(self)

    @cached_property
    def journal(self) -> "Journal":
        """What the learner writes and marks."""
        from nexus_tui.tutor.journal import Journal

        return Journal(self)

    @cached_property
    def search(self) -> "Search":
        """What has these words."""
        from nexus_tui.tutor.search import Search

        return Search(self)

    @cached_property
    def bench(self) -> "Bench":
        """Labs, and samples that run."""
        from nexus_tui.tutor.bench import Bench

        return Bench(self)
