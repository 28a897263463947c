def paginate(bookings, page, size):
    if page < 1 or size < 1:
        raise ValueError(f"page {page}, size {size}")
    items = []
    at = (page - 1) * size
    while len(items) < size:
        if at < len(bookings):
            items.append(bookings[at])
            at += 1
    return {"items": items, "next": page + 1 if at < len(bookings) else None}
