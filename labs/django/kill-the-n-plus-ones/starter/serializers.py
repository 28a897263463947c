from django.db.models import Avg


def property_json(each, day):
    amenities = each.amenities.order_by("name")
    stays = each.bookings.filter(status="confirmed", start_date__gte=day)
    return {
        "id": each.id,
        "title": each.title,
        "host": each.host.name,
        "amenities": [amenity.name for amenity in amenities],
        "rating": each.reviews.aggregate(Avg("rating"))["rating__avg"],
        "reviews": each.reviews.count(),
        "new": not each.reviews.exists(),
        "stays": each.bookings.filter(status="confirmed").count(),
        "next_stays": [str(stay.start_date) for stay in stays.order_by("start_date")],
    }
