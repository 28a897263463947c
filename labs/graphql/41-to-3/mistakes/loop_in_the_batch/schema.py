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
    home_id: strawberry.Private[int]
    guest_id: strawberry.Private[int]

    @strawberry.field
    async def home(self, info: strawberry.Info) -> Home | None:
        return await info.context["homes"].load(self.home_id)

    @strawberry.field
    async def guest(self, info: strawberry.Info) -> User | None:
        return await info.context["guests"].load(self.guest_id)


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
        sql = "SELECT * FROM booking ORDER BY id LIMIT ?"
        rows = await info.context["db"].rows(sql, first)
        return [
            Booking(
                id=strawberry.ID(str(row["id"])),
                start_date=row["start_date"],
                home_id=row["property_id"],
                guest_id=row["user_id"],
            )
            for row in rows
        ]


def batch(db, table, make):
    async def load(ids):
        sql = f"SELECT * FROM {table} WHERE id = ?"
        rows = []
        for each in ids:
            rows += await db.rows(sql, each)
        found = {row["id"]: make(row) for row in rows}
        return [found.get(each) for each in ids]

    return load


def context(db, staff):
    """Made for each request: what resolvers find in info.context."""
    guests = batch(db, "user", lambda row: user_of(row, staff))
    return {
        "db": db,
        "homes": DataLoader(batch(db, "property", home_of)),
        "guests": DataLoader(guests),
    }


schema = strawberry.Schema(Query)
