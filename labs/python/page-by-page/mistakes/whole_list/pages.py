def paginate(bookings, page, size):
    if page < 1 or size < 1:
        raise ValueError(f"page {page}, size {size}")
    if page == 1 and len(bookings) <= size:
        return {"items": bookings, "next": None}
    start = (page - 1) * size
    end = start + size
    return {
        "items": bookings[start:end],
        "next": page + 1 if end < len(bookings) else None,
    }
