"""Small changes to Python: operators, constants, bounds, statements, arguments."""

import ast
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

from nexus_tui.labs.certify.edit import Edit
from nexus_tui.labs.certify.source import Source

COMPARISONS: dict[type[ast.cmpop], tuple[str, ...]] = {
    ast.Lt: ("<=", ">="),
    ast.LtE: ("<", ">"),
    ast.Gt: (">=", "<="),
    ast.GtE: (">", "<"),
    ast.Eq: ("!=",),
    ast.NotEq: ("==",),
    ast.In: ("not in",),
    ast.NotIn: ("in",),
    ast.Is: ("is not",),
    ast.IsNot: ("is",),
}
ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "-",
    ast.Sub: "+",
    ast.Mult: "+",
    ast.Div: "*",
    ast.FloorDiv: "/",
    ast.Mod: "//",
    ast.Pow: "*",
    ast.BitAnd: "|",
    ast.BitOr: "&",
    ast.BitXor: "&",
    ast.LShift: ">>",
    ast.RShift: "<<",
}
COMMUTATIVE = {"max", "min", "gcd", "isclose", "zip", "chain", "print"}
"""Functions whose arguments mean the same the other way round, or nearly."""
REMOVED = (ast.Assign, ast.AugAssign, ast.Raise, ast.Assert, ast.Delete, ast.Break, ast.Continue)
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def valid(text: str) -> bool:
    """Whether Python can read the text."""
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def edits(text: str) -> Iterator[Edit]:
    """All changes to a Python text. Annotations, imports and docstrings are left alone."""
    source = Source(text)
    for node in source.nodes():
        yield from _changes(source, node)


def _changes(source: Source, node: ast.AST) -> Iterator[Edit]:
    """What can be changed at a node, by its kind."""
    for kind, change in CHANGES:
        if isinstance(node, kind):
            yield from change(source, node)


def _arithmetic(source: Source, node: ast.BinOp) -> Iterator[Edit]:
    new = ARITHMETIC.get(type(node.op))
    if new and (edit := source.between(node.left, node.right, _symbol(node.op), new)):
        yield edit


def _logic(source: Source, node: ast.BoolOp) -> Iterator[Edit]:
    old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    for left, right in pairwise(node.values):
        if edit := source.between(left, right, old, new):
            yield edit


def _unary(source: Source, node: ast.UnaryOp) -> Iterator[Edit]:
    if isinstance(node.op, (ast.Not, ast.USub)):
        yield source.put(node, f"({source.code(node.operand)})")


def _slice(source: Source, node: ast.Slice) -> Iterator[Edit]:
    yield from _bounds(source, [node.lower, node.upper])


def _condition(source: Source, node: ast.If | ast.IfExp) -> Iterator[Edit]:
    yield source.put(node.test, f"(not ({source.code(node.test)}))")


def _filter(source: Source, node: ast.comprehension) -> Iterator[Edit]:
    yield from (source.put(condition, "True") for condition in node.ifs)


def _compare(source: Source, node: ast.Compare) -> Iterator[Edit]:
    operands = [node.left, *node.comparators]
    for left, right, op in zip(operands, operands[1:], node.ops, strict=False):
        for new in COMPARISONS[type(op)]:
            if edit := source.between(left, right, _symbol(op), new):
                yield edit


def _symbol(op: ast.operator | ast.cmpop) -> str:
    """How an operator is written."""
    one, two = ast.Name("a"), ast.Name("b")
    if isinstance(op, ast.cmpop):
        return ast.unparse(ast.Compare(one, [op], [two]))[2:-2]
    return ast.unparse(ast.BinOp(one, op, two))[2:-2]


def _constant(source: Source, node: ast.Constant) -> Iterator[Edit]:
    value = node.value
    if isinstance(value, bool):
        yield source.put(node, str(not value))
    elif isinstance(value, (int, float)):
        yield source.put(node, repr(value + 1))
        yield source.put(node, f"({value - 1!r})" if value < 1 else repr(value - 1))


def _bounds(source: Source, bounds: Iterable[ast.expr | None]) -> Iterator[Edit]:
    """Off by one. Constants are changed as constants already."""
    for bound in bounds:
        if bound is not None and not isinstance(bound, ast.Constant):
            yield source.put(bound, f"({source.code(bound)}) + 1")
            yield source.put(bound, f"({source.code(bound)}) - 1")


def _return(source: Source, node: ast.Return) -> Iterator[Edit]:
    nothing = isinstance(node.value, ast.Constant) and node.value.value is None
    if node.value and not nothing:
        yield source.put(node, "return None")


def _handler(source: Source, node: ast.ExceptHandler) -> Iterator[Edit]:
    if not isinstance(node.body[0], ast.Raise):
        yield Edit(source.span(node.body[0])[0], source.span(node.body[-1])[1], "raise")


def _augmented(source: Source, node: ast.AugAssign) -> Iterator[Edit]:
    new = ARITHMETIC.get(type(node.op))
    old = f"{_symbol(node.op)}="
    if new and (edit := source.between(node.target, node.value, old, f"{new}=")):
        yield edit


def _removed(source: Source, node: ast.stmt) -> Iterator[Edit]:
    yield source.put(node, "pass")


def _action(source: Source, node: ast.Expr) -> Iterator[Edit]:
    if isinstance(node.value, (ast.Call, ast.Await)):
        yield source.put(node, "pass")


def _decorators(
    source: Source, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
) -> Iterator[Edit]:
    for decorator in node.decorator_list:
        start, end = source.span(decorator)
        yield Edit(source.text.rindex("@", 0, start), end, "")


def _call(source: Source, node: ast.Call) -> Iterator[Edit]:
    name = source.code(node.func).rpartition(".")[2]
    plain = [arg for arg in node.args if not isinstance(arg, ast.Starred)]
    if name == "range":
        yield from _bounds(source, plain)
    if len(plain) == len(node.args) and name not in COMMUTATIVE:
        for left, right in pairwise(plain):
            yield _swap(source, left, right)
    for keyword in node.keywords:
        yield from _without(source, keyword)


def _swap(source: Source, left: ast.expr, right: ast.expr) -> Edit:
    start, middle = source.span(left)
    again, end = source.span(right)
    gap = source.text[middle:again]
    return Edit(start, end, source.code(right) + gap + source.code(left))


def _without(source: Source, keyword: ast.keyword) -> Iterator[Edit]:
    """The call without this keyword argument. ``**options`` stay."""
    if keyword.arg is None:
        return
    start = source.at(keyword.lineno, keyword.col_offset)
    end = source.span(keyword.value)[1]
    rest = source.text[end:]
    after = len(rest) - len(rest.lstrip())
    if rest[after : after + 1] == ",":
        yield Edit(start, end + after + 1, "")
    elif rest[after : after + 1] == ")":
        yield Edit(start, end, "")


CHANGES: tuple[tuple[Any, Callable[[Source, Any], Iterator[Edit]]], ...] = (
    (ast.Compare, _compare),
    (ast.BinOp, _arithmetic),
    (ast.BoolOp, _logic),
    (ast.UnaryOp, _unary),
    (ast.Constant, _constant),
    (ast.Slice, _slice),
    ((ast.If, ast.IfExp), _condition),
    (ast.comprehension, _filter),
    (ast.Return, _return),
    (ast.ExceptHandler, _handler),
    (ast.AugAssign, _augmented),
    (REMOVED, _removed),
    (ast.Expr, _action),
    (DEFINITIONS, _decorators),
    (ast.Call, _call),
)
"""Kind of node -> the changes made to it."""
