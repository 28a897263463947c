"""For runs on a Redis of the learner's: where the role ``tidy`` looks. The rest is in `cache`."""

from .cache import tidy

__all__ = ["tidy"]
