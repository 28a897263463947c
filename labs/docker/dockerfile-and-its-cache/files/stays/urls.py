from django.urls import path

from stays.views import properties

urlpatterns = [path("properties/", properties)]
