from django.db.models import Avg, Count, Prefetch, Q
from django.http import JsonResponse
from homes.models import Amenity, Booking, Property
from serializers import property_json


def property_list(request):
    city, day = request.GET["city"], request.GET["from"]
    coming = Booking.objects.filter(status="confirmed", start_date__gte=day)
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
            Prefetch("bookings", queryset=coming.order_by("start_date"), to_attr="coming"),
        )
    )
    return JsonResponse({"results": [property_json(each) for each in found]})
