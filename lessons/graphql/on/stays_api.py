"""Nexus Stays behind GraphQL and, for comparison, behind a plain REST API.

Defines ``db``, ``SDL``, ``schema`` and three helpers: ``ask`` runs an operation
and prints its answer, ``get`` answers a REST path, ``send`` returns the bytes of
a GraphQL answer. ``calls`` lists the resolvers that ran, ``requests`` the paths.
"""

import json
import sqlite3
import textwrap
from typing import Any

import stays
from graphql import GraphQLSchema, build_schema, graphql_sync

SDL = """
type Query {
  property(id: ID!): Property
  properties(city: String!, first: Int = 3): [Property!]!
}

type Property {
  id: ID!
  title: String!
  city: String!
  maxGuests: Int!
  priceCents: Int!
  host: User!
  reviews(first: Int = 2): [Review!]!
}

type Review {
  rating: Int!
  comment: String
  author: User!
}

type User {
  id: ID!
  name: String!
  phone: String
}
"""

db: sqlite3.Connection
schema: GraphQLSchema
calls: list[str] = []
requests: list[str] = []


def rows(sql: str, *values: Any) -> list[dict[str, Any]]:
    """Return the rows of a query, each as a dict."""
    cursor = db.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def one(sql: str, *values: Any) -> dict[str, Any] | None:
    """Return the first row of a query, or None."""
    return next(iter(rows(sql, *values)), None)


def find_property(_root: None, _info: Any, id: str) -> dict[str, Any] | None:
    calls.append("Query.property")
    return one("SELECT * FROM property WHERE id = ?", id)


def find_properties(_root: None, _info: Any, city: str, first: int) -> list[dict[str, Any]]:
    calls.append("Query.properties")
    sql = "SELECT * FROM property WHERE city = ? ORDER BY price_cents, id LIMIT ?"
    return rows(sql, city, first)


def find_host(home: dict[str, Any], _info: Any) -> dict[str, Any] | None:
    calls.append("Property.host")
    return one("SELECT * FROM user WHERE id = ?", home["host_id"])


def find_reviews(home: dict[str, Any], _info: Any, first: int) -> list[dict[str, Any]]:
    calls.append("Property.reviews")
    sql = "SELECT * FROM review WHERE property_id = ? ORDER BY created_at DESC, id LIMIT ?"
    return rows(sql, home["id"], first)


def find_author(review: dict[str, Any], _info: Any) -> dict[str, Any] | None:
    calls.append("Review.author")
    return one("SELECT * FROM user WHERE id = ?", review["user_id"])


RESOLVERS = {
    ("Query", "property"): find_property,
    ("Query", "properties"): find_properties,
    ("Property", "host"): find_host,
    ("Property", "reviews"): find_reviews,
    ("Property", "maxGuests"): lambda home, _info: home["max_guests"],
    ("Property", "priceCents"): lambda home, _info: home["price_cents"],
    ("Review", "author"): find_author,
}


def build() -> GraphQLSchema:
    """Return the schema of ``SDL`` with its resolvers attached."""
    made = build_schema(SDL)
    for (kind, field), resolver in RESOLVERS.items():
        made.type_map[kind].fields[field].resolve = resolver
    return made


def ask(query: str, **variables: Any) -> None:
    """Run an operation; print each error on a line, and the data as JSON if any."""
    result = graphql_sync(schema, query, variable_values=variables)
    for error in result.errors or []:
        print(textwrap.fill(f"error: {error.message}", 72, subsequent_indent="       "))
    if result.data is None:
        print("data: none")
    else:
        print(json.dumps(result.data, indent=2))


def send(query: str, **variables: Any) -> bytes:
    """Run an operation and return the body of the answer. Raises its first error."""
    requests.append("POST /graphql")
    result = graphql_sync(schema, query, variable_values=variables)
    if result.errors:
        raise result.errors[0]
    return json.dumps({"data": result.data}).encode()


def get(path: str) -> Any:
    """Answer ``/properties/7``, ``/properties/7/reviews`` or ``/users/3`` in full."""
    requests.append(f"GET {path}")
    match path.strip("/").split("/"):
        case ["properties", id]:
            return one("SELECT * FROM property WHERE id = ?", id)
        case ["properties", id, "reviews"]:
            sql = "SELECT * FROM review WHERE property_id = ? ORDER BY created_at DESC, id"
            return rows(sql, id)
        case ["users", id]:
            sql = "SELECT id, name, email, phone, role, created_at FROM user WHERE id = ?"
            return one(sql, id)
    raise ValueError(f"no such path: {path}")


if __name__ == "setup":
    db = stays.connect()
    schema = build()
