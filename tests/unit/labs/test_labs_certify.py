import subprocess
import sys
from pathlib import Path

import pytest
from labs_support import CHECKS, SOLUTION, Bench

from nexus_tui.errors import NexusError
from nexus_tui.labs import certificate
from nexus_tui.labs.certify import certify, proof
from nexus_tui.labs.engines import Variant
from nexus_tui.labs.manifest import read

YAML = """\
engine: python
files: [pages.py]
limits: {check_s: 2}
checks:
  - {id: loads, title: "loads", needs: ""}
  - {id: first, title: "the first page", needs: loads}
  - {id: last, title: "the last page", needs: loads}
mistakes:
  - {name: whole, fails: first, says: "page([1, 2, 3], 1, 2)"}
  - {name: zero, fails: first, says: "page("}
  - {name: short, fails: last, says: "2, 2)"}
equivalent: []
"""
STARTER = "def page(items, number, size):\n    return None\n"
FILES = {
    "checks.py": CHECKS,
    "lab.yaml": YAML,
    "starter/pages.py": STARTER,
    "solution/pages.py": SOLUTION,
    "mistakes/whole/pages.py": "def page(items, number, size):\n    return items\n",
    "mistakes/zero/pages.py": SOLUTION.replace("number - 1", "number"),
    "mistakes/short/pages.py": SOLUTION
    + "    \n".replace("    ", "")
    + "whole = page\n\n\ndef page(items, number, size):\n"
    "    found = whole(items, number, size)\n    return found if len(found) == size else []\n",
}


@pytest.fixture
def lab(bench: Bench) -> Path:
    for name, text in FILES.items():
        path = bench.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return bench.folder


def change(lab: Path, name: str, old: str, new: str) -> None:
    path = lab / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_good_lab_is_certified(lab: Path) -> None:
    heard: list[str] = []
    proof = certify(lab, tell=heard.append)
    assert proof.problems == ()
    assert proof.ok
    assert proof.mutants == proof.killed > 5
    assert proof.survivors == ()
    assert heard == ["starter", "solution", "3 mistakes", f"{proof.mutants} mutants"]


def test_starter_that_passes_or_crashes(lab: Path) -> None:
    (lab / "solution" / "pages.py").write_text(STARTER, "utf-8")
    (lab / "starter" / "pages.py").write_text(SOLUTION, "utf-8")
    problems = certify(lab).problems
    assert "starter: passes, so there is nothing to do" in problems
    assert any(text.startswith("solution: first fail (pages.py:1): page(") for text in problems)
    (lab / "starter" / "pages.py").write_text("1 / 0\n", "utf-8")
    assert any(text.startswith("starter: crashes: loads error") for text in certify(lab).problems)


def test_solution_that_cannot_be_read(lab: Path) -> None:
    (lab / "solution" / "pages.py").write_text("def page(:\n", "utf-8")
    assert any("could not read the file" in text for text in certify(lab).problems)


def test_solution_must_not_depend_on_the_seed(lab: Path) -> None:
    change(lab, "checks.py", 'lab.measure("items"', 'lab.ok(lab.seed < 9, "seed"); lab.measure("i"')
    assert "solution: last fail: seed" in certify(lab).problems


def test_the_solution_must_pass_on_every_engine_that_is_here(
    lab: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Variant("redis", "Redis 7 at here:1", "redis://here:1", (1,))
    missing = Variant("docker", "Docker", available=False, hint="start it")
    monkeypatch.setattr(proof, "variants", lambda also: (there, missing) if also else ())
    change(lab, "checks.py", "lab.measure(", "lab.equal(lab.url, '', lab.variant); lab.measure(")
    assert certify(lab).ok
    change(lab, "lab.yaml", "equivalent: []", "equivalent: []\nalso: [redis, docker]")
    heard: list[str] = []
    problems = certify(lab, tell=heard.append).problems
    assert problems == ("on Redis 7 at here:1: solution: last fail: redis",) * 2
    assert heard[2:4] == ["solution on Redis 7 at here:1", "not on Docker: start it"]


def test_mistakes(lab: Path) -> None:
    change(lab, "lab.yaml", "whole, fails: first", "whole, fails: last")
    change(lab, "lab.yaml", 'says: "page("', 'says: "no such words"')
    change(lab, "lab.yaml", "name: short", "name: gone")
    problems = "\n".join(certify(lab).problems)
    assert "mistake whole: fails first first, not last" in problems
    assert "mistake zero: the message does not say 'no such words'" in problems
    assert "mistake gone: mistakes/gone/ has none of the files" in problems


def test_every_check_is_aimed_at(lab: Path) -> None:
    change(lab, "lab.yaml", '  - {name: short, fails: last, says: "2, 2)"}\n', "")
    problems = certify(lab).problems
    assert "no mistake fails the check last" in problems
    assert "2 mistakes, 3 are wanted" in problems


def test_survivors_are_shown_unless_known_to_be_equivalent(lab: Path) -> None:
    spare = SOLUTION.replace("    start", "    size = abs(size) + 0\n    start")
    (lab / "solution" / "pages.py").write_text(spare, "utf-8")
    proof = certify(lab)
    assert [mutant.now for mutant in proof.survivors] == ["pass", "size = abs(size) - 0"]
    assert f"2 of {proof.mutants} mutants survive, 0 may" in proof.problems
    known = "".join(
        f"  - {{file: pages.py, line: 2, now: {mutant.now!r}, why: 'size is positive'}}\n"
        for mutant in proof.survivors
    )
    change(lab, "lab.yaml", "equivalent: []\n", "equivalent:\n" + known)
    assert certify(lab).ok
    change(lab, "lab.yaml", "line: 2, now: 'pass'", "line: 9, now: 'pass'")
    assert "equivalent: there is no such mutant: pages.py:9 pass" in certify(lab).problems


def test_command_line(lab: Path) -> None:
    command = [sys.executable, "-m", "nexus_tui.labs.certify", str(lab)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "✓ 3 mistakes" in done.stdout
    done = subprocess.run([*command, "--show", "starter"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "first fail (pages.py:1): page([1, 2, 3], 1, 2)" in done.stdout


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("files: [pages.py]\n", "", "missing or of the wrong kind: 'files'"),
        ("name: short", "name: off", "put it in quotes"),
        ("checks:", "checks: [", "lab.yaml"),
    ],
)
def test_manifest_says_what_is_wrong(lab: Path, old: str, new: str, words: str) -> None:
    change(lab, "lab.yaml", old, new)
    with pytest.raises(NexusError) as refused:
        read(lab)
    assert words in str(refused.value)
    with pytest.raises(NexusError, match=r"lab\.yaml: No such file"):
        read(lab.parent)


def test_a_quick_proof_tries_a_few_mutants_and_always_the_same(lab: Path) -> None:
    heard: list[list[str]] = [[], []]
    whole = certify(lab)
    few = [certify(lab, tell=told.append, most=2) for told in heard]
    assert whole.mutants > 2
    assert [proof.mutants for proof in few] == [2, 2]
    assert heard[0] == heard[1]
    assert certify(lab, most=10_000).mutants == whole.mutants


def test_the_command_line_writes_what_is_proven(lab: Path) -> None:
    command = [sys.executable, "-m", "nexus_tui.labs.certify", str(lab), "--write"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    found = certificate.read(lab)
    assert found is not None
    assert (found.mutants, found.wrong) == (certify(lab).killed, 3)
    assert found.digest == certificate.digest(lab)
    (lab / "brief.md").write_text("More.\n", "utf-8")
    assert found.digest != certificate.digest(lab)
    (lab / certificate.NAME).unlink()
    change(lab, "solution/pages.py", "number - 1", "number")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1
    assert certificate.read(lab) is None
