"""Medians of things measured in turn."""

import statistics
from collections.abc import Callable, Mapping


def in_turn(
    measures: Mapping[str, Callable[[], Mapping[str, float]]], runs: int, *, warm: int = 1
) -> dict[str, float]:
    """Run each of ``measures`` once, then each again; medians of all that they report.

    The first ``warm`` rounds fill caches and are not counted. Names are ``measure.reported``.
    """
    found: dict[str, list[float]] = {}
    for number in range(runs + warm):
        for name, measure in measures.items():
            for key, value in measure().items():
                if number >= warm:
                    found.setdefault(f"{name}.{key}", []).append(value)
    return {name: statistics.median(values) for name, values in found.items()}
