def paginate(bookings, page, size):
    page = max(page, 1)
    size = max(size, 1)
    start = (page - 1) * size
    end = start + size
    return {
        "items": bookings[start:end],
        "next": page + 1 if end < len(bookings) else None,
    }
