"""The same SQL judged on SQLite and on PostgreSQL: the same verdict, or a known reason why not."""

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui.labs.certify.proof import solution
from nexus_tui.labs.engines import Variant, variants
from nexus_tui.labs.harness.labkit import pgserver
from nexus_tui.labs.manifest import read
from nexus_tui.labs.protocol import CheckResult
from nexus_tui.labs.runner import run

psycopg = pytest.importorskip("psycopg")

LAB = read(Path(__file__).resolve().parents[3] / "labs" / "slow-queries" / "one-index")
OWN = Variant("postgres", "of its own")
SERVERS = [OWN] if pgserver.binaries() else []
SERVERS += [each for each in variants(("postgres",)) if each.available and each.url]
SKIP_SCAN = 180_000
"""The release from which on an index can be searched without its first column."""
WORDS = {
    "unique_pages": "could not create unique index",
    "date_only": "buffers of",
    "without_date": "PostgreSQL still sorts",
    "without_status": "buffers before",
}
"""What PostgreSQL's messages say where SQLite's speak of its own words and of steps."""

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="needs a Unix socket"),
    pytest.mark.skipif(not SERVERS, reason="there is no PostgreSQL"),
]


def first_failure(mistake: str, server: Variant) -> CheckResult | None:
    """What fails first for a mistake ("" for the solution)."""
    texts = {**solution(LAB), **(LAB.texts(LAB.folder / "mistakes" / mistake) if mistake else {})}
    request = LAB.request(texts, seed=20_260_517)
    result = run(replace(request, variant="postgres", url=server.url, ports=server.ports))
    assert result.complete, result
    return result.first_failure


def release(server: Variant) -> int:
    """Such as 150004 for 15.4."""
    if server.url:
        with psycopg.connect(server.url) as db:
            return int(db.info.server_version)
    programs = pgserver.binaries()
    assert programs
    said = subprocess.run([programs / "postgres", "-V"], capture_output=True, text=True, check=True)
    return int(re.findall(r"\d+", said.stdout)[0]) * 10_000


def differs(server: Variant) -> dict[str, str]:
    """Mistakes on SQLite that are none on this PostgreSQL, each with the reason."""
    known = {
        "descending": "PostgreSQL appends no id to its indexes. It puts equal dates in order "
        "itself, after an index that runs forwards as well as after one that runs backwards"
    }
    if release(server) >= SKIP_SCAN:
        known["status_first"] = (
            "from release 18 on, PostgreSQL searches an index once for each value of a first "
            "column that the query does not name, and there are three values of status"
        )
    return known


@pytest.mark.parametrize("server", SERVERS, ids=lambda server: "running" if server.url else "own")
def test_the_same_check_fails_first(server: Variant) -> None:
    known = differs(server)
    wanted = {"": "", **{mistake.name: mistake.fails for mistake in LAB.mistakes}}
    wanted |= dict.fromkeys(known, "")
    if server != SERVERS[-1]:  # one server judges all, another what releases differ in
        wanted = {name: wanted[name] for name in ("", "status_first", "descending")}
    with ThreadPoolExecutor(2) as pool:
        failures = pool.map(lambda name: first_failure(name, server), wanted)
        found = dict(zip(wanted, failures, strict=True))
    assert {name: check.id if check else "" for name, check in found.items()} == wanted
    for name, words in WORDS.items():
        if check := found.get(name):
            assert words in check.message
            assert (check.file, check.line) == ("index.sql", 1)
