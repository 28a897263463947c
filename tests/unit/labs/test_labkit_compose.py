"""Compose files: schema, order of starting, health checks, volumes, and the line of each."""

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.docker.compose import Compose

TEXT = """\
services:
  web:
    image: stays:1
    depends_on:
      db: {condition: service_healthy}
      cache: {condition: service_started}
    volumes: ["photos:/uploads", "./conf:/conf:ro", "/scratch"]
  worker:
    image: stays:1
    depends_on: [db]
  db:
    image: postgres:17
    healthcheck:
      test: ["CMD", "pg_isready"]
    volumes:
      - {type: volume, source: data, target: /var/lib/postgresql/data}
  cache:
    image: valkey:8
    healthcheck: {test: valkey-cli ping}
volumes:
  data:
"""


def judge(text: str) -> None:
    compose = Compose(text)
    compose.validate()
    compose.start_order()


def failing(text: str) -> Fail:
    with pytest.raises(Fail) as caught:
        judge(text)
    return caught.value


def test_a_good_file() -> None:
    compose = Compose(TEXT)
    compose.validate()
    assert compose.start_order() == [["cache", "db"], ["web", "worker"]]
    assert compose.waits("web") == {"db": "service_healthy", "cache": "service_started"}
    assert compose.waits("worker") == {"db": "service_started"}
    assert compose.health("db") == ["CMD", "pg_isready"]
    assert compose.health("cache") == ["CMD-SHELL", "valkey-cli ping"]
    assert compose.health("web") == []


def test_mounts() -> None:
    compose = Compose(TEXT)
    assert compose.mounts("web") == [
        ("photos", "/uploads", "volume"),
        ("./conf", "/conf", "bind"),
        ("", "/scratch", "volume"),
    ]
    assert compose.mounts("db") == [("data", "/var/lib/postgresql/data", "volume")]
    assert compose.undeclared() == [("web", "photos")]


def test_lines() -> None:
    compose = Compose(TEXT)
    assert compose.line("services", "db", "healthcheck", "test") == 14
    assert compose.line("services", "db", "volumes", 0) == 16
    assert compose.line("services", "db", "nothing", "more") == 11
    assert compose.line() == 1


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        (
            "image: postgres:17",
            "imgae: postgres:17",
            12,
            "imgae is not a key that Compose knows here: is image meant?",
        ),
        ("image: stays:1", "image: stays:1\n    ports: 8000", 4, "services.web.ports"),
        ("condition: service_healthy", "condition: service_heathy", 5, "service_heathy"),
        ("volumes:\n  data:", "volume:\n  data:", 20, "is volumes meant?"),
        ("image: postgres:17", "image: [postgres]", 12, "services.db.image"),
        ("depends_on: [db]", "depends_on: [bd]", 10, "bd, which is not a service"),
        ('test: ["CMD", "pg_isready"]', 'test: ["NONE"]', 11, "db has no healthcheck"),
        ("image: valkey:8", "depends_on: [web]", 4, "each waits for the next"),
        ("image: valkey:8", "image: a\n    image: b", 19, "image stands here twice"),
        ("  worker:", " worker:", 8, "this is not YAML"),
        ("image: stays:1\n    depends_on: [db]", "image: {", 11, "this is not YAML"),
    ],
)
def test_what_is_wrong(old: str, new: str, line: int, words: str) -> None:
    found = failing(TEXT.replace(old, new, 1))
    assert words in str(found)
    assert (found.file, found.line) == ("compose.yaml", line)


@pytest.mark.parametrize("text", ["", "- a\n", "name: stays\n", "services: {}\n"])
def test_no_services(text: str) -> None:
    assert failing(text).line == 1
