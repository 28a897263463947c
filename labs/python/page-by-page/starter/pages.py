def paginate(bookings, page, size):
    return {"items": bookings, "next": None}
