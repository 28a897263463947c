import strawberry
from accounts import Closed
from strawberry.dataloader import DataLoader


@strawberry.type
class Home:
    title: str
    city: str


@strawberry.type
class User:
    name: str
    phone: str | None


@strawberry.type
class Booking:
    id: strawberry.ID
    start_date: str
    home: Home | None
    guest: User | None


def home_of(row):
    return Home(title=row["title"], city=row["city"])


def user_of(row, staff):
    if row["closed"]:
        return Closed("this account is closed")
    return User(name=row["name"], phone=row["phone"] if staff else None)


@strawberry.type
class Query:
    @strawberry.field
    async def bookings(self, info: strawberry.Info, first: int = 20) -> list[Booking]:
        sql = """SELECT b.id, start_date, title, city, name, phone, closed
            FROM booking b
            LEFT JOIN property p ON p.id = b.property_id
            LEFT JOIN user u ON u.id = b.user_id
            ORDER BY b.id LIMIT ?"""
        rows = await info.context["db"].rows(sql, first)
        return [
            Booking(
                id=strawberry.ID(str(row["id"])),
                start_date=row["start_date"],
                home=home_of(row) if row["title"] else None,
                guest=user_of(row, info.context["staff"]),
            )
            for row in rows
        ]


def batch(db, table, make):
    async def load(ids):
        marks = ", ".join("?" * len(ids))
        sql = f"SELECT * FROM {table} WHERE id IN ({marks})"
        rows = await db.rows(sql, *ids)
        found = {row["id"]: make(row) for row in rows}
        return [found.get(each) for each in ids]

    return load


def context(db, staff):
    """Made for each request: what resolvers find in info.context."""
    guests = batch(db, "user", lambda row: user_of(row, staff))
    return {
        "db": db,
        "staff": staff,
        "homes": DataLoader(batch(db, "property", home_of)),
        "guests": DataLoader(guests),
    }


schema = strawberry.Schema(Query)
