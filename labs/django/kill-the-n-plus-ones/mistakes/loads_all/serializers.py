def property_json(each, day):
    ratings = [review.rating for review in each.reviews.all()]
    stays = [stay for stay in each.bookings.all() if stay.status == "confirmed"]
    days = sorted(str(stay.start_date) for stay in stays)
    return {
        "id": each.id,
        "title": each.title,
        "host": each.host.name,
        "amenities": [amenity.name for amenity in each.amenities.all()],
        "rating": sum(ratings) / len(ratings) if ratings else None,
        "reviews": len(ratings),
        "new": not ratings,
        "stays": len(stays),
        "next_stays": [first for first in days if first >= day],
    }
