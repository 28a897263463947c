"""Ways through a course: paths of steps, and forks on them."""

from nexus_tui.course.value import value


@value
class Branch:
    """An answer to the question of a fork, and the steps it leads to."""

    id: str
    text: str
    steps: tuple[str, ...]


@value
class Fork:
    """A question on a path: the answer says how it goes on."""

    id: str
    ask: str
    branches: tuple[Branch, ...]


@value
class LearningPath:
    """A way through the course for somebody. A step is an id, or a fork.

    The id of a module stands for all it has. Not every step need exist yet.
    """

    id: str
    title: str
    whom: str
    """Who it is for."""
    steps: tuple[str | Fork, ...]
    ends: str = ""
    """What it ends with."""
