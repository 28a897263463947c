"""The listing, and Django's cache framework with its cache in local memory.

As in a project, but with the settings written here: ``cache`` is ``django.core.cache.cache``.
"""

from django.conf import settings

settings.configure(CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}})

from django.core.cache import cache  # noqa: E402, F401
from listing import ask, change, db  # noqa: E402, F401
