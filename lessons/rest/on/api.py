"""A bookings API in this process, on Django REST framework and a database in memory.

``/bookings/`` and ``/messages/`` are a ``ModelViewSet`` each; their tables start empty.
``send(method, path, data)`` sends JSON, prints the status line, and returns the response.
"""

import logging
import tempfile

import django
from django.apps import AppConfig
from django.conf import settings
from django.db import connection, models
from django.urls import include, path


class StaysConfig(AppConfig):
    name = "setup"
    label = "stays"
    path = tempfile.gettempdir()


settings.configure(
    ALLOWED_HOSTS=["testserver"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["setup.StaysConfig", "rest_framework"],
    LOGGING_CONFIG=None,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
    ROOT_URLCONF="setup",
    USE_TZ=True,
)
django.setup()
# Django reports 4xx and 5xx on standard error; a sample prints its own story.
logging.getLogger("django").addHandler(logging.NullHandler())
logging.getLogger("django").propagate = False

from rest_framework import exceptions, routers, serializers, status, viewsets  # noqa: E402
from rest_framework.test import APIClient  # noqa: E402


class Booking(models.Model):
    property = models.PositiveIntegerField()
    start_date = models.DateField()
    end_date = models.DateField()
    note = models.CharField(max_length=200, blank=True, default="")
    status = models.CharField(max_length=10, default="pending", editable=False)

    class Meta:
        app_label = "stays"


class Message(models.Model):
    body = models.CharField(max_length=200)

    class Meta:
        app_label = "stays"


class BookingSerializer(serializers.HyperlinkedModelSerializer):
    class Meta:
        model = Booking
        fields = ["url", "property", "start_date", "end_date", "note", "status"]


class MessageSerializer(serializers.HyperlinkedModelSerializer):
    class Meta:
        model = Message
        fields = ["url", "body"]


class Conflict(exceptions.APIException):
    status_code = status.HTTP_409_CONFLICT
    default_detail = "These nights are taken."
    default_code = "taken"


class BookingViewSet(viewsets.ModelViewSet):
    queryset = Booking.objects.order_by("id")
    serializer_class = BookingSerializer

    def perform_create(self, serializer):
        wanted = serializer.validated_data
        taken = Booking.objects.filter(
            property=wanted["property"],
            start_date__lt=wanted["end_date"],
            end_date__gt=wanted["start_date"],
        )
        # Enough for a lesson: two requests at once still pass this check together.
        if taken.exists():
            raise Conflict
        serializer.save()


class MessageViewSet(viewsets.ModelViewSet):
    queryset = Message.objects.order_by("id")
    serializer_class = MessageSerializer


router = routers.DefaultRouter()
router.register("bookings", BookingViewSet)
router.register("messages", MessageViewSet)
urlpatterns = [path("", include(router.urls))]

with connection.schema_editor() as editor:
    editor.create_model(Booking)
    editor.create_model(Message)

client = APIClient()


def send(method, path, data=None, **more):
    """Send a request with a JSON body, print the status line, return the response."""
    options = {"format": "json"} | more
    response = getattr(client, method.lower())(path, data, **options)
    print(f"{method:<7} {path:<13} {response.status_code} {response.reason_phrase}")
    return response


def stay(property, start, end, **more):
    """Return the body of a booking."""
    return {"property": property, "start_date": start, "end_date": end} | more
