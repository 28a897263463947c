"""A small Nexus Stays site in this process: ``start(*middleware)`` returns a client for it.

The site has two pages, ``/stays/<number>/`` and ``/health/``; a sample may replace
``urlpatterns``. ``middleware`` are factories, outermost first, as in ``MIDDLEWARE``;
``layer(name)`` returns one that tells what passes.
"""

import logging
import sys
from types import ModuleType

import django
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["testserver"],
    LOGGING_CONFIG=None,
    ROOT_URLCONF="setup",
)
django.setup()
# Django reports 4xx and 5xx on standard error; a sample prints its own story.
logging.getLogger("django").addHandler(logging.NullHandler())
logging.getLogger("django").propagate = False


def stay(request, number):
    print(f"view: stay {number}")
    return HttpResponse(f"stay {number}")


def health(request):
    return HttpResponse("ok")


urlpatterns = [path("stays/<int:number>/", stay), path("health/", health)]


def layer(name):
    def factory(get_response):
        def middleware(request):
            print(f"{name}: request")
            response = get_response(request)
            print(f"{name}: response {response.status_code}")
            return response

        return middleware

    return factory


def start(*middleware):
    """Return a test client; its first request builds the chain, as a server does on start."""
    layers = sys.modules["layers"] = ModuleType("layers")
    for number, factory in enumerate(middleware):
        setattr(layers, f"layer{number}", factory)
    settings.MIDDLEWARE = [f"layers.layer{number}" for number in range(len(middleware))]
    return Client(raise_request_exception=False)
