"""Plans of PostgreSQL as trees: what was done, what it gave, how many buffers it touched."""

from __future__ import annotations

from dataclasses import dataclass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from .postgres import Database

BUFFERS = ("Shared Hit Blocks", "Shared Read Blocks", "Temp Read Blocks", "Temp Written Blocks")


@dataclass(frozen=True)
class Node:
    """One step of a plan that was run, such as ``Index Scan``, with the steps below it."""

    kind: str
    detail: str
    """Table, index and conditions, as ``EXPLAIN`` writes them."""
    rows: float
    """Rows it gave, all loops together."""
    buffers: int
    """Pages it touched, with those of the steps below: hit, read, and of temporary files."""
    index: str
    presorted: tuple[str, ...]
    """By what its rows came sorted already, when it only finishes a sort."""
    dropped: float
    """Rows it fetched and a filter threw away."""
    below: tuple[Node, ...]

    def walk(self) -> Iterator[Node]:
        """This step and all below it, from the top."""
        yield self
        for node in self.below:
            yield from node.walk()

    @property
    def sorts(self) -> tuple[Node, ...]:
        """The steps that sort."""
        return tuple(node for node in self.walk() if "Sort" in node.kind)

    def tree(self, indent: str = "") -> str:
        """The plan as lines, each step under the one it feeds."""
        line = f"{indent}{self.kind}{self.detail} (rows {self.rows:g}, buffers {self.buffers})"
        return "\n".join([line, *(node.tree(indent + "  ") for node in self.below)])


def explain(db: Database, query: str, parameters: Sequence[Any] = ()) -> Node:
    """Run a query and read its plan: what was done, and how many buffers it took.

    ``%s`` are the places of the parameters.
    """
    words = f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {query}"
    found = db.execute(words.encode(), parameters or None).fetchone()
    assert found
    return _node(found[0][0]["Plan"])


def _node(plan: dict[str, Any]) -> Node:
    loops = plan.get("Actual Loops", 1)
    dropped = plan.get("Rows Removed by Filter", 0) + plan.get("Rows Removed by Index Recheck", 0)
    return Node(
        kind=plan["Node Type"],
        detail=_detail(plan),
        rows=plan.get("Actual Rows", 0) * loops,
        buffers=sum(plan.get(name, 0) for name in BUFFERS),
        index=plan.get("Index Name", ""),
        presorted=tuple(plan.get("Presorted Key", ())),
        dropped=dropped * loops,
        below=tuple(_node(each) for each in plan.get("Plans", ())),
    )


def _detail(plan: dict[str, Any]) -> str:
    text = f" using {plan['Index Name']}" if "Index Name" in plan else ""
    text += f" on {plan['Relation Name']}" if "Relation Name" in plan else ""
    for name in ("Index Cond", "Filter"):
        text += f", {name}: {plan[name]}" if name in plan else ""
    return text
