import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.labs.harness.labkit import Fail, graphql

strawberry = pytest.importorskip("strawberry")
SDL = """
type Query { homes(first: Int = 2): [Home!]! gone: Home }
type Home { title: String! host: User }
type User { name: String }
"""
ROWS = "CREATE TABLE home (id INTEGER PRIMARY KEY, title TEXT)"


@pytest.fixture
def db() -> graphql.Database:
    connection = sqlite3.connect(":memory:")
    connection.execute(ROWS)
    connection.executemany("INSERT INTO home (title) VALUES (?)", [("Loft",), ("Cabin",), ("Hut",)])
    return graphql.Database(connection)


async def host(home: Any, info: Any) -> dict[str, str]:
    rows = await info.context.rows("SELECT title FROM home\n  WHERE id = ?", home["id"])
    if home["id"] == 2:
        raise ValueError("no host")
    return {"name": f"host of {rows[0]['title']}"}


async def homes(_root: None, info: Any, first: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await info.context.rows("SELECT * FROM home LIMIT ?", first)
    return found


async def gone(_root: None, _info: Any) -> None:
    await asyncio.Event().wait()


@pytest.fixture
def schema() -> Any:
    from graphql import build_schema

    made: Any = build_schema(SDL)
    made.type_map["Query"].fields["homes"].resolve = homes
    made.type_map["Query"].fields["gone"].resolve = gone
    made.type_map["Home"].fields["host"].resolve = host
    return made


def test_data_and_statements_of_an_operation(schema: Any, db: graphql.Database) -> None:
    query = "query Some($n: Int) { homes(first: $n) { host { name } } }"
    found = graphql.execute(schema, query, context=db, variables={"n": 1}, db=db)
    assert found.data == {"homes": [{"host": {"name": "host of Loft"}}]}
    assert [(each.sql, each.rows, each.values) for each in found.sent] == [
        ("SELECT * FROM home LIMIT ?", 1, (1,)),
        ("SELECT title FROM home WHERE id = ?", 1, (1,)),
    ]
    again = graphql.execute(schema, "{ homes { title } }", context=db, db=db)
    assert len(again.sent) == 1
    assert len(db.sent) == 3


def test_errors_have_their_path_and_cause(schema: Any, db: graphql.Database) -> None:
    found = graphql.execute(schema, "{ homes(first: 3) { host { name } } }", context=db, db=db)
    assert [str(problem) for problem in found.errors] == ["homes[1].host: no host"]
    assert isinstance(found.errors[0].cause, ValueError)
    assert found.data
    assert [home["host"] is None for home in found.data["homes"]] == [False, True, False]
    with pytest.raises(Fail, match=r"the page: homes\[1\].host: ValueError: no host$") as caught:
        found.expect_data("the page")
    assert isinstance(caught.value.__cause__, ValueError)


def test_errors_that_are_alike_are_counted_and_have_a_line(
    schema: Any, db: graphql.Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(Path(__file__).parent)
    db.connection.execute("ALTER TABLE home RENAME COLUMN title TO name")
    query = "{ homes(first: 3) { host { name } } }"
    with pytest.raises(Fail, match=r"homes\[0\].host: .*\(and 2 more like it\)") as caught:
        graphql.execute(schema, query, context=db, db=db).expect_data("the page", at="homes")
    assert (caught.value.file, caught.value.at) == (Path(__file__).name, "")
    assert caught.value.line > 1


def test_a_query_that_is_refused_has_no_data(schema: Any, db: graphql.Database) -> None:
    found = graphql.execute(schema, "{ homes { titel } }", context=db, db=db)
    assert found.data is None
    assert found.sent == ()
    assert "Did you mean 'title'" in str(found.errors[0])


def test_statements_that_are_alike_are_counted(schema: Any, db: graphql.Database) -> None:
    found = graphql.execute(schema, "{ homes(first: 3) { host { name } } }", context=db, db=db)
    assert found.listing() == (
        "1 × SELECT * FROM home LIMIT ?; 3 × SELECT title FROM home WHERE id = ?"
    )
    many = graphql.Operation({}, (), (graphql.Statement("… IN (?, ?, ?)", 3),))
    assert many.listing() == "1 × … IN (?, …)"


def test_long_lists_are_cut() -> None:
    assert graphql.listed(["a", "b"]) == "a; b"
    assert graphql.listed(list("abcdef")) == "a; b; c; d; and 2 more"


def test_waiting_for_nothing_is_said_and_does_not_spoil_the_next(
    schema: Any, db: graphql.Database
) -> None:
    with pytest.raises(Fail, match="deadlock"):
        graphql.execute(schema, "{ gone { title } }", context=db)
    assert graphql.execute(schema, "{ homes { title } }", context=db).data


def test_strawberry_too_and_requests_at_once(
    db: graphql.Database, caplog: pytest.LogCaptureFixture
) -> None:
    met: list[int] = []

    @strawberry.type
    class Query:
        @strawberry.field
        async def mine(self, info: strawberry.Info) -> int:
            met.append(1)
            await info.context["db"].rows("SELECT 1 AS one")
            return int(info.context["user"]) + 100 * len(met)

        @strawberry.field
        async def broken(self) -> int:
            raise ValueError("it broke")

    made = strawberry.Schema(Query)
    requests = [("{ mine }", {"db": db, "user": user}) for user in (1, 2)]
    one, two = graphql.execute_together(made, requests, db=db)
    assert (one.data, two.data) == ({"mine": 201}, {"mine": 202})
    assert len(one.sent) == len(two.sent) == 2
    assert str(graphql.execute(made, "{ broken }").errors[0]) == "broken: it broke"
    assert caplog.text == ""


def test_loaders_may_outlive_an_operation(db: graphql.Database) -> None:
    """One loop serves all requests, as on a server: what is kept by mistake is seen, not hidden."""
    from strawberry.dataloader import DataLoader

    async def load(ids: list[int]) -> list[int]:
        return [each * 10 for each in ids]

    kept = DataLoader(load_fn=load)

    async def ask(*ids: int) -> list[int]:
        return await kept.load_many(ids)

    assert graphql.run(ask(1, 2)) == [10, 20]
    assert graphql.run(ask(2, 3)) == [20, 30]
