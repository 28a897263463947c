def property_json(each):
    return {
        "id": each.id,
        "title": each.title,
        "host": each.host.name,
        "amenities": [amenity.name for amenity in each.amenities.all()],
        "rating": each.rating,
        "reviews": each.review_count,
        "new": each.review_count == 0,
        "stays": each.bookings.filter(status="confirmed").count(),
        "next_stays": [str(stay.start_date) for stay in each.coming],
    }
