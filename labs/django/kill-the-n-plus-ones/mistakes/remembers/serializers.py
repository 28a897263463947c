from functools import cache


@cache
def host_name(each):
    return each.host.name


def property_json(each):
    return {
        "id": each.id,
        "title": each.title,
        "host": host_name(each),
        "amenities": [amenity.name for amenity in each.amenities.all()],
        "rating": each.rating,
        "reviews": each.review_count,
        "new": each.review_count == 0,
        "stays": each.stay_count,
        "next_stays": [str(stay.start_date) for stay in each.coming],
    }
