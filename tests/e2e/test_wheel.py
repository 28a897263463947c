"""The wheel: built from the checkout, installed elsewhere, at work without the checkout."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LESSON = "python/names-and-objects"
MOST_BYTES = 2_000_000
SOURCES = ("nexus_tui", "lessons", "quizzes", "labs", "pyproject.toml", "README.md", "LICENSE")


def ran(done: subprocess.CompletedProcess[str]) -> str:
    """Output of a command that had to work."""
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without the network, from a copy so that nothing is left in the checkout."""
    pytest.importorskip("build")
    pytest.importorskip("hatchling")
    source = tmp_path_factory.mktemp("source")
    out = tmp_path_factory.mktemp("dist")
    for name in SOURCES:
        path = ROOT / name
        if path.is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(path, source / name, ignore=ignore)
        else:
            shutil.copy2(path, source / name)
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(out),
        ".",
    ]
    ran(subprocess.run(command, cwd=source, capture_output=True, text=True, check=False))
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command, in an environment that sees this one's packages, but not the checkout."""
    home = tmp_path_factory.mktemp("env")
    venv.EnvBuilder(with_pip=False, symlinks=os.name != "nt").create(home)
    python = home / ("Scripts" if os.name == "nt" else "bin") / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps"]
    command += ["--no-index", "--quiet", "--disable-pip-version-check", str(wheel)]
    ran(subprocess.run(command, capture_output=True, text=True, check=False))
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True)
    # Behind the environment's own packages, and without running the .pth files that lie there.
    borrowed = Path(site.stdout.strip()) / "borrowed.pth"
    borrowed.write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    return python.with_name("nexus-tui")


@pytest.fixture
def elsewhere(tmp_path: Path) -> dict[str, str]:
    """An environment in which the checkout cannot be found."""
    keep = ("PATH", "LANG", "SYSTEMROOT")
    env = {name: os.environ[name] for name in keep if name in os.environ}
    return env | {"HOME": str(tmp_path), "NEXUS_HOME": str(tmp_path / "nexus"), "PYTHONUTF8": "1"}


def test_it_holds_what_is_needed_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    for needed in (
        "nexus_tui/py.typed",
        "nexus_tui/ui/nexus.tcss",
        "nexus_tui/ui/screens/quiz.tcss",
        "nexus_tui/_course/lessons/course.yaml",
        f"nexus_tui/_course/lessons/{LESSON}.md",
        "nexus_tui/_course/lessons/on/stays.py",
        f"nexus_tui/_course/quizzes/{LESSON}.yaml",
        "nexus_tui/_course/labs/python/page-by-page/lab.yaml",
        "nexus_tui/_course/labs/python/page-by-page/checks.py",
        "nexus_tui/_course/labs/python/page-by-page/mistakes/sorts_first/pages.py",
        "nexus_tui/labs/harness/start.py",
    ):
        assert needed in names, needed
    for path in (ROOT / "nexus_tui").rglob("*"):
        if path.is_file() and path.suffix in (".tcss", ".json", ".py", ".typed"):
            assert path.relative_to(ROOT).as_posix() in names
    assert not [name for name in names if "tests/" in name or "__pycache__" in name]
    assert not [name for name in names if name.startswith(("lessons/", "quizzes/", "labs/"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert wheel.stat().st_size < MOST_BYTES


def test_it_needs_no_build_to_be_typed_and_named(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        meta = next(name for name in archive.namelist() if name.endswith("METADATA"))
        text = archive.read(meta).decode("utf-8")
        entry = next(name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "nexus-tui = nexus_tui.cli:main" in archive.read(entry).decode("utf-8")
    assert "Requires-Python: >=3.11" in text
    assert "Name: nexus-tui" in text


def test_the_installed_course_is_in_order_and_quizzes_count(
    installed: Path, elsewhere: dict[str, str], tmp_path: Path
) -> None:
    def nexus(*args: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed, *args],
            input=stdin,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=elsewhere,
            timeout=120,
            check=False,
        )

    where = [installed.with_name("python"), "-c", "import nexus_tui; print(nexus_tui.__file__)"]
    found = subprocess.run(
        where, capture_output=True, text=True, cwd=tmp_path, env=elsewhere, check=True
    )
    assert not Path(found.stdout.strip()).is_relative_to(ROOT / "nexus_tui")

    report = json.loads(nexus("check", "--json").stdout)
    assert not [p for p in report["problems"] if p["severity"] == "error"]
    told = ran(nexus("quiz", LESSON, "--seed", "1", stdin="\n" * 40))
    assert "0 of" in told
    asked = int(told.split(" questions.")[0].rsplit(" ", 1)[1])
    known = json.loads(ran(nexus("progress", "--json")))
    assert known["answers"] == asked > 3
    assert known["modules"]["python"]["met"] == asked
    assert "nexus-tui" in ran(nexus("--version"))
    assert nexus("doctor").returncode in (0, 1)
    assert nexus().returncode == 2
