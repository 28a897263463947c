from django.urls import path
from feed import MessageFeed

urlpatterns = [path("users/<int:user>/messages/", MessageFeed.as_view())]
