import strawberry
from accounts import Closed


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
        sql = "SELECT * FROM property WHERE id = ?"
        rows = await info.context["db"].rows(sql, self.home_id)
        return home_of(rows[0]) if rows else None

    @strawberry.field
    async def guest(self, info: strawberry.Info) -> User | None:
        sql = "SELECT * FROM user WHERE id = ?"
        rows = await info.context["db"].rows(sql, self.guest_id)
        return user_of(rows[0], info.context["staff"]) if rows else None


def home_of(row):
    return Home(title=row["title"], city=row["city"])


def user_of(row, staff):
    if row["closed"]:
        raise Closed("this account is closed")
    return User(name=row["name"], phone=row["phone"] if staff else None)


@strawberry.type
class Query:
    @strawberry.field
    async def bookings(
        self, info: strawberry.Info, first: int = 20
    ) -> list[Booking]:
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


def context(db, staff):
    """Made for each request: what resolvers find in info.context."""
    return {"db": db, "staff": staff}


schema = strawberry.Schema(Query)
