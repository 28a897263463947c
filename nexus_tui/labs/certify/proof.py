"""Proves a lab: that starter, solution, known mistakes and mutants fare as they should."""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from nexus_tui.labs.certify.mutants import Mutant, mutants
from nexus_tui.labs.engines import Variant, variants
from nexus_tui.labs.manifest import Equivalent, Manifest, Mistake, read
from nexus_tui.labs.protocol import CheckResult, Event, RunResult
from nexus_tui.labs.runner import run

T = TypeVar("T")
R = TypeVar("R")
SEEDS = (1, 20_260_517)
FEWEST_MISTAKES = 3
SURVIVING = 0.02
"""Share of the mutants that may survive."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the proof found. A lab without ``problems`` is certified."""

    problems: tuple[str, ...]
    mutants: int
    killed: int
    survivors: tuple[Mutant, ...]
    mistakes: int
    seconds: float
    solution_ms: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether the lab is certified."""
        return not self.problems


def certify(
    folder: Path, *, tell: Callable[[str], None] | None = None, most: int | None = None
) -> Certificate:
    """Prove the lab in ``folder``. ``tell`` hears what is being tried.

    ``most`` tries no more than so many mutants, always the same ones for the same solution, and
    the embedded engine only: a proof that is quick and worth less.
    """
    began = time.perf_counter()
    say = tell or (lambda text: None)
    lab = read(folder)
    problems = [*_files(lab), *_mistakes_cover(lab)]
    say("starter")
    problems += _starter(run(lab.request(lab.texts(folder / "starter"))))
    say("solution")
    solutions = [run(lab.request(solution(lab), seed)) for seed in SEEDS]
    problems += [text for result in solutions for text in _solution(result)]
    engines = variants(lab.also) if most is None else ()
    problems += [text for engine in engines for text in _on(lab, engine, say)]
    say(f"{len(lab.mistakes)} mistakes")
    problems += [
        text for found in _each(lambda m: [*_mistake(lab, m)], lab.mistakes) for text in found
    ]
    problems += _stale(lab)
    tried, survivors = _mutants(lab, say, most) if all(r.passed for r in solutions) else (0, ())
    problems += _survivors(tried, survivors)
    return Certificate(
        problems=tuple(problems),
        mutants=tried,
        killed=tried - len(survivors),
        survivors=survivors,
        mistakes=len(lab.mistakes),
        seconds=time.perf_counter() - began,
        solution_ms=solutions[0].ms,
    )


def solution(lab: Manifest) -> dict[str, str]:
    """The files of the reference solution; those it leaves alone are the starter's."""
    return lab.texts(lab.folder / "starter", lab.folder / "solution")


def _files(lab: Manifest) -> Iterator[str]:
    for name in lab.files:
        if not (lab.folder / "starter" / name).is_file():
            yield f"starter/{name} is missing"
    if not any((lab.folder / "solution" / name).is_file() for name in lab.files):
        yield "solution/ has none of the files the learner edits"


def _mistakes_cover(lab: Manifest) -> Iterator[str]:
    """Every check is failed by some mistake, but for the first when the others need it."""
    if len(lab.mistakes) < FEWEST_MISTAKES:
        yield f"{len(lab.mistakes)} mistakes, {FEWEST_MISTAKES} are wanted"
    aimed = {mistake.fails for mistake in lab.mistakes}
    needed = {check.needs for check in lab.checks}
    for at, check in enumerate(lab.checks):
        loads = at == 0 and check.id in needed
        if check.id not in aimed and not loads:
            yield f"no mistake fails the check {check.id}"
    for name in sorted(aimed - {check.id for check in lab.checks}):
        yield f"a mistake names the check {name}, which does not exist"


def _starter(result: RunResult) -> Iterator[str]:
    if not result.complete:
        yield f"starter: {result.stopped or 'the run is not complete'}"
    elif result.passed:
        yield "starter: passes, so there is nothing to do"
    for check in result.checks:
        if check.status in ("error", "timeout"):
            yield f"starter: crashes: {words(check)}"


def _solution(result: RunResult) -> Iterator[str]:
    if result.stopped:
        yield f"solution: {result.stopped}"
    for check in result.checks:
        if check.status != "pass":
            yield f"solution: {words(check)}"


def _on(lab: Manifest, engine: Variant, say: Callable[[str], None]) -> Iterator[str]:
    """The solution passes on every engine that is here, on each seed."""
    if not engine.available:
        say(f"not on {engine.title}: {engine.hint}")
        return
    say(f"solution on {engine.title}")
    for seed in SEEDS:
        asked = lab.request(solution(lab), seed)
        asked = replace(asked, variant=engine.name, url=engine.url, ports=engine.ports)
        for text in _solution(run(asked)):
            yield f"on {engine.title}: {text}"


def _mistake(lab: Manifest, mistake: Mistake) -> Iterator[str]:
    name = f"mistake {mistake.name}"
    changed = lab.texts(lab.folder / "mistakes" / mistake.name)
    if not changed:
        yield f"{name}: mistakes/{mistake.name}/ has none of the files the learner edits"
        return
    first = run(lab.request({**solution(lab), **changed})).first_failure
    if first is None:
        yield f"{name}: passes every check"
    elif first.id != mistake.fails:
        yield f"{name}: fails {first.id} first, not {mistake.fails}: {words(first)}"
    elif not mistake.says or mistake.says not in first.message:
        yield f"{name}: the message does not say {mistake.says!r}: {first.message}"


def words(check: CheckResult) -> str:
    """A result in one line."""
    where = f" ({check.file}:{check.line})" if check.line else ""
    return f"{check.id} {check.status}{where}: {check.message}"


def _mutants(
    lab: Manifest, say: Callable[[str], None], most: int | None
) -> tuple[int, tuple[Mutant, ...]]:
    """Try mutants that are not known to change nothing; how many, and which survived."""
    texts, known = solution(lab), set(lab.equivalent)
    tried = [mutant for mutant in _all(texts) if _key(mutant) not in known]
    if most is not None and most < len(tried):
        tried = random.Random(str(sorted(texts.items()))).sample(tried, most)
    say(f"{len(tried)} mutants")
    alive = _each(lambda mutant: survives(lab, texts, mutant), tried)
    return len(tried), tuple(m for m, living in zip(tried, alive, strict=True) if living)


def _all(texts: Mapping[str, str]) -> list[Mutant]:
    return [mutant for name, text in texts.items() for mutant in mutants(name, text)]


def _key(mutant: Mutant) -> Equivalent:
    return Equivalent(mutant.file, mutant.line, mutant.now)


def _stale(lab: Manifest) -> Iterator[str]:
    """What is listed as equivalent must be a mutant of today's solution."""
    for listed in sorted(set(lab.equivalent) - {_key(mutant) for mutant in _all(solution(lab))}):
        yield f"equivalent: there is no such mutant: {listed.file}:{listed.line} {listed.now}"


def _each(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """The function's values, worked out on all cores."""
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        return list(pool.map(function, items))


def survives(lab: Manifest, texts: dict[str, str], mutant: Mutant) -> bool:
    """Whether a mutant passes every check. Its run is cancelled at the first that fails."""
    enough = threading.Event()

    def on_event(event: Event) -> None:
        if isinstance(event, CheckResult) and event.status != "pass":
            enough.set()

    request = lab.request({**texts, mutant.file: mutant.text}, SEEDS[0])
    return run(request, on_event, enough).passed


def _survivors(tried: int, survivors: tuple[Mutant, ...]) -> Iterator[str]:
    if len(survivors) > SURVIVING * tried:
        yield f"{len(survivors)} of {tried} mutants survive, {int(SURVIVING * tried)} may"
