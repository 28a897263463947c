"""Programs that judge a Dockerfile: hadolint from its wheel, and a stand-in for `docker`.

The stand-in prints what Docker's documentation shows for ``docker build --check``, because a test
cannot count on an engine.
"""

import os
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.docker import engine as dockerengine
from nexus_tui.labs.harness.labkit.docker import hadolint
from nexus_tui.labs.harness.labkit.lintremark import Remark
from nexus_tui.labs.manifest import read
from nexus_tui.labs.runner import run

LAB = Path(__file__).parents[3] / "labs" / "docker" / "dockerfile-and-its-cache"

SAID = """\
[+] Building 1.5s (5/5) FINISHED
=> [internal] load build definition from Dockerfile

WARNING: JSONArgsRecommended - https://docs.docker.com/go/dockerfile/rule/json-args-recommended/
JSON arguments recommended for CMD to prevent unintended behavior related to OS signals
Dockerfile:3
--------------------
   1 |     FROM alpine:3.20
   3 | >>> CMD echo hello
--------------------
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "Dockerfile").write_text("FROM alpine\n\nCMD echo hello\n")
    return tmp_path


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, said: str, code: int) -> Path:
    """Put a `docker` on PATH that notes how it was called."""
    program = folder / "bin" / "docker"
    program.parent.mkdir()
    note = folder / "called"
    program.write_text(
        f"#!{sys.executable}\nimport os, sys\n"
        f"open({str(note)!r}, 'w').write(os.getcwd() + ' ' + ' '.join(sys.argv[1:]))\n"
        f"sys.stderr.write({said!r})\nsys.exit({code})\n"
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    return note


posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in is a script")


@posix
def test_the_engine_s_remarks(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    note = stand_in(monkeypatch, folder, SAID, 1)
    found = dockerengine.remarks(folder)
    words = SAID.splitlines()[4]
    assert found == [Remark("JSONArgsRecommended", words, 3)]
    assert note.read_text() == f"{folder} build --check ."


@posix
def test_nothing_to_remark(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    stand_in(monkeypatch, folder, "Check complete, no warnings found.\n", 0)
    assert dockerengine.remarks(folder) == []


@posix
@pytest.mark.parametrize(
    "said",
    ["Cannot connect to the Docker daemon at unix:///var/run/docker.sock.", "failed to fetch"],
)
def test_without_an_answer(monkeypatch: pytest.MonkeyPatch, folder: Path, said: str) -> None:
    stand_in(monkeypatch, folder, said, 1)
    assert dockerengine.remarks(folder) is None


@posix
def test_what_the_engine_cannot_read(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    said = "ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN\n"
    stand_in(monkeypatch, folder, said, 1)
    with pytest.raises(Fail, match="unknown instruction: RUNN") as caught:
        dockerengine.remarks(folder)
    assert caught.value.line == 2


@posix
@pytest.mark.parametrize(
    ("said", "code", "count"), [(SAID, 1, 1.0), ("Cannot connect to the Docker daemon", 1, None)]
)
def test_the_lab_with_an_engine(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, code: int, count: float | None
) -> None:
    stand_in(monkeypatch, tmp_path, said, code).unlink(missing_ok=True)
    quiet = (tmp_path / "bin" / "docker").read_text().splitlines()
    # A lab may write to its own folder only, so this one notes nothing.
    (tmp_path / "bin" / "docker").write_text("\n".join([*quiet[:2], *quiet[3:], ""]))
    lab = read(LAB)
    request = replace(lab.request(lab.texts(LAB / "starter", LAB / "solution")), variant="docker")
    result = run(request)
    assert result.passed
    found = {each.name: each.value for each in result.measures}
    assert found.get("remarks of docker build --check") == count


def test_no_docker(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))
    assert dockerengine.remarks(folder) is None


def test_hadolint(folder: Path) -> None:
    found = hadolint.remarks(folder / "Dockerfile")
    if found is None:
        pytest.skip("hadolint is not installed")
    assert [(each.rule, each.line) for each in found] == [("DL3006", 1), ("DL3025", 3)]
    fewer = hadolint.remarks(folder / "Dockerfile", ignore=["DL3006"])
    assert fewer is not None
    assert [each.rule for each in fewer] == ["DL3025"]


def test_hadolint_on_what_is_no_dockerfile(folder: Path) -> None:
    (folder / "Dockerfile").write_text("FROM a:1\nRUNN ls\n")
    found = hadolint.remarks(folder / "Dockerfile")
    if found is None:
        pytest.skip("hadolint is not installed")
    assert [(each.level, each.line) for each in found] == [("error", 2)]
