def paginate(bookings, page, size):
    if page < 1 or size < 1:
        raise ValueError(f"page {page}, size {size}")
    start = (page - 1) * size
    items = bookings[start : start + size]
    return {"items": items, "next": page + 1 if len(items) == size else None}
