from django.db.models import Avg, Count, Prefetch, Q
from django.http import JsonResponse
from homes.models import Amenity, Property
from serializers import property_json


def property_list(request):
    city, day = request.GET["city"], request.GET["from"]
    confirmed = Q(bookings__status="confirmed")
    found = (
        Property.objects.filter(city=city)
        .order_by("id")
        .select_related("host")
        .annotate(
            rating=Avg("reviews__rating"),
            review_count=Count("reviews", distinct=True),
            stay_count=Count("bookings", filter=confirmed, distinct=True),
        )
        .prefetch_related(
            Prefetch("amenities", queryset=Amenity.objects.order_by("name")),
            "bookings",
        )
    )
    return JsonResponse({"results": [property_json(each, day) for each in found]})
