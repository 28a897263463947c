def paginate(bookings, page, size):
    if page < 1 or size < 1:
        raise ValueError(f"page {page}, size {size}")
    del bookings[: (page - 1) * size]
    items = bookings[:size]
    del bookings[:size]
    return {"items": items, "next": page + 1 if bookings else None}
