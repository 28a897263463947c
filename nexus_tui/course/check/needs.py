"""What needs what: no circles, and nothing needed before it is taught."""

from graphlib import CycleError, TopologicalSorter

from nexus_tui.course.check.files import Known

_MOST = 10
"""Circles reported in one run."""


def check_needs(known: Known) -> None:
    """Note circles among needs, and lessons that need a later one of their module."""
    graph = _graph(known)
    for _ in range(_MOST):
        circle = _circle(graph)
        if not circle:
            break
        _report(known, circle)
        graph[circle[1]].discard(circle[0])
    _order(known)


def _graph(known: Known) -> dict[str, set[str]]:
    """Return what must come before what.

    ``start M`` is the first step into a module, ``M`` its last: so a lesson comes after what its
    module needs, and who needs a module comes after all its lessons.
    """
    graph: dict[str, set[str]] = {}
    for module, file in known.modules.items():
        start = f"start {module}"
        graph[start] = {need.id for need in file.needs if need.id != module}
        graph[module] = {start, *(f"{module}/{name}" for name in file.lessons)}
    for name, lesson in known.lessons.items():
        own = {need.id for need in lesson.head.needs if need.id != name}
        graph[name] = own | {f"start {name.partition('/')[0]}"}
    return graph


def _circle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def _report(known: Known, circle: list[str]) -> None:
    names = list(dict.fromkeys(name.removeprefix("start ") for name in circle))
    way = " → ".join([*reversed(names), names[-1]])
    needing = [name for name in names if set(names) & _needed(known, name)]
    name = min(needing)
    path = known.layout.lesson(name) if "/" in name else known.layout.module(name)
    hint = "Take out one of these needs."
    known.add(path, "needs:", f"these need each other in a circle: {way}", hint, code="cycle")


def _needed(known: Known, name: str) -> set[str]:
    """Return the ids that a module's or lesson's own file says it needs."""
    if name in known.lessons:
        return {need.id for need in known.lessons[name].head.needs}
    return {need.id for need in known.modules[name].needs} if name in known.modules else set()


def _order(known: Known) -> None:
    for module, file in known.modules.items():
        order = [f"{module}/{name}" for name in file.lessons]
        for at, name in enumerate(order):
            lesson = known.lessons.get(name)
            for need in lesson.head.needs if lesson else ():
                if need.id in order[at + 1 :]:
                    message = f"it needs `{need.id}`, which comes later in the module"
                    path = known.layout.lesson(name)
                    known.warn(path, need.id, message, "Change the order.", code="order")
