"""The same tasks judged on a folder of messages, RabbitMQ and Valkey: the same verdict."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui.labs.certify.proof import solution
from nexus_tui.labs.engines import Variant, variants
from nexus_tui.labs.manifest import read
from nexus_tui.labs.protocol import RunResult
from nexus_tui.labs.runner import run

pytest.importorskip("celery")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Celery has no pool of processes")

LABS = Path(__file__).resolve().parents[3] / "labs"
LAB = read(LABS / "background-jobs" / "reliable-mailer")
ENGINES = [Variant("", "a folder"), *(v for v in variants(LAB.also) if v.available)]
ON_THE_BROKER = ("acknowledged_early", "only_late", "no_key")
"""Mistakes that only what the broker does can show."""


def judge(mistake: str, engine: Variant) -> RunResult:
    """A run of a mistake ("" for the solution)."""
    texts = {**solution(LAB), **(LAB.texts(LAB.folder / "mistakes" / mistake) if mistake else {})}
    asked = LAB.request(texts)
    return run(replace(asked, variant=engine.name, url=engine.url, ports=engine.ports))


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name or "folder")
def test_every_broker_gives_the_same_verdict(engine: Variant) -> None:
    names = ["", *ON_THE_BROKER]
    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(names, pool.map(lambda name: judge(name, engine), names), strict=True))
    assert results[""].passed, results[""]
    known = {mistake.name: mistake for mistake in LAB.mistakes}
    for name in ON_THE_BROKER:
        result = results[name]
        first = result.first_failure
        assert result.complete, result
        assert first
        assert (first.id, known[name].says in first.message) == (known[name].fails, True), first
