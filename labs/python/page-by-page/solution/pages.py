def paginate(bookings, page, size):
    for name, value in (("page", page), ("size", size)):
        if value < 1:
            raise ValueError(f"{name} must be 1 or more, not {value}")
    start = (page - 1) * size
    end = start + size
    return {
        "items": bookings[start:end],
        "next": page + 1 if end < len(bookings) else None,
    }
