"""The cells of a job's matrix, after GitHub's "Running variations of jobs in a workflow"."""

from __future__ import annotations

import itertools

from .value import Unsupported, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    Cell = dict[str, Any]


def cells(matrix: Any) -> list[Cell]:
    """Every combination, without those of ``exclude``, with those of ``include``.

    ``matrix`` has its expressions evaluated. A job without one has a single, empty cell.
    """
    if matrix is None:
        return [{}]
    if not isinstance(matrix, dict):
        raise Unsupported("`matrix` is neither lists of values nor an expression that gives them")
    axes = {name: each for name, each in matrix.items() if name not in ("include", "exclude")}
    if any(not isinstance(values, list) for values in axes.values()):
        raise Unsupported("each variable of `matrix` needs a list of values")
    found: list[Cell] = [
        dict(zip(axes, values, strict=True)) for values in itertools.product(*axes.values()) if axes
    ]
    excluded = matrix.get("exclude") or []
    found = [cell for cell in found if not any(_within(each, cell) for each in excluded)]
    return _included(found, matrix.get("include") or [], set(axes))


def _within(part: Cell, cell: Cell) -> bool:
    return all(name in cell and cell[name] == value for name, value in part.items())


def _included(found: list[Cell], more: list[Cell], axes: set[str]) -> list[Cell]:
    """Extend the cells that agree with an entry in the matrix's own variables, else add it."""
    originals = list(found)
    for entry in more:
        own = {name: value for name, value in entry.items() if name in axes}
        fitting = [cell for cell in originals if _within(own, cell)]
        for cell in fitting:
            cell.update(entry)
        if not fitting:
            found.append(dict(entry))
    return found


def name_of(job: str, cell: Cell) -> str:
    """As GitHub shows a cell: ``test (sqlite)``."""
    values = ", ".join(text_of(value) for value in cell.values())
    return f"{job} ({values})" if cell else job
