def paginate(bookings, page, size, result={}):
    if page < 1 or size < 1:
        raise ValueError(f"page {page}, size {size}")
    start = (page - 1) * size
    end = start + size
    result["items"] = bookings[start:end]
    result["next"] = page + 1 if end < len(bookings) else None
    return result
