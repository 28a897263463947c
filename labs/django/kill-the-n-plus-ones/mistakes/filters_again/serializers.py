def property_json(each, day):
    coming = each.bookings.filter(status="confirmed", start_date__gte=day)
    coming = coming.order_by("start_date")
    return {
        "id": each.id,
        "title": each.title,
        "host": each.host.name,
        "amenities": [amenity.name for amenity in each.amenities.all()],
        "rating": each.rating,
        "reviews": each.review_count,
        "new": each.review_count == 0,
        "stays": each.stay_count,
        "next_stays": [str(stay.start_date) for stay in coming],
    }
