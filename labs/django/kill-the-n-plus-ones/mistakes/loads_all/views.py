from django.db.models import Prefetch
from django.http import JsonResponse
from homes.models import Amenity, Property
from serializers import property_json


def property_list(request):
    city, day = request.GET["city"], request.GET["from"]
    found = (
        Property.objects.filter(city=city)
        .order_by("id")
        .select_related("host")
        .prefetch_related(
            Prefetch("amenities", queryset=Amenity.objects.order_by("name")),
            "reviews",
            "bookings",
        )
    )
    return JsonResponse({"results": [property_json(each, day) for each in found]})
