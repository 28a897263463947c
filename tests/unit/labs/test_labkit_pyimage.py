"""What the commands of RUN leave in an image of Python, and what Python finds in it."""

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.docker import pyimage, pystart
from nexus_tui.labs.harness.labkit.docker.context import Context
from nexus_tui.labs.harness.labkit.docker.dockerfile import Dockerfile
from nexus_tui.labs.harness.labkit.docker.imagefs import Machine
from nexus_tui.labs.harness.labkit.docker.layercache import Build
from nexus_tui.labs.harness.labkit.docker.pyrun import Commands
from nexus_tui.labs.harness.labkit.docker.shellwords import options, split

FILES = {"list.txt": b"# all\nDjango>=5\n-r more.txt\n", "more.txt": b"cee[c]==1 ; x\n"}
SLIM = "FROM python:3.13-slim\nWORKDIR /w\nCOPY *.txt .\n"
UPDATE = "apt-get update && apt-get install -y"


def image(text: str) -> Machine:
    file = Dockerfile(text, settings=pyimage.settings)
    commands = Commands({"cee[c]": "libcee-dev"})
    return Build(file, Context(FILES), commands, pyimage.contents).image


def system(text: str) -> set[str]:
    return pyimage.packages(image(text).files)


def found(text: str) -> set[str]:
    return pyimage.importable(image(text), pyimage.PYTHON)


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("a b && c; d | e", [["a", "b"], ["c"], ["d"], ["e"]]),
        ("a 'b && c' \"d\"", [["a", "b && c", "d"]]),
        ("set -e\n# no\na \\\n  b\n", [["set", "-e"], ["a", "b"]]),
        ("a > /dev/null", [["a"]]),
        ("a > /x", [["a"], ["?"]]),
        ("a 'b", [["?"]]),
    ],
)
def test_commands_are_cut(text: str, commands: list[list[str]]) -> None:
    assert split(text) == commands


@pytest.mark.parametrize(
    ("name", "pinned", "version"),
    [
        ("python:3.13", True, "3.13"),
        ("python:3.13.1-slim-bookworm", True, "3.13"),
        ("python:3.14.0rc1-slim", True, "3.14"),
        ("python:3.13slim", False, "3"),
        ("python:3-slim-bookworm", False, "3"),
        ("python:3-alpine3.20", False, "3"),
        ("python", False, "3"),
        ("python:latest", False, "3"),
        ("python@sha256:abc", True, "3"),
        ("registry.example:5000/python:3.12", True, "3.12"),
        ("ghcr.io/astral-sh/uv:python3.12-bookworm-slim", True, "3.12"),
        ("ghcr.io/astral-sh/uv:latest", False, ""),
        ("ghcr.io/astral-sh/uv:0.9", True, ""),
        ("debian:bookworm-slim", True, ""),
        ("debian:12", True, ""),
        ("nginx:1", False, ""),
        ("scratch", True, ""),
    ],
)
def test_names_of_images(name: str, pinned: bool, version: str) -> None:
    assert (pyimage.pinned(name), pyimage.python_version(name)) == (pinned, version)


def test_flags_take_their_values() -> None:
    flags, rest = options(
        ["-rlist", "--any-url", "u", "--x=1", "-f", "d", "name", "-q"], ("-r", "-f")
    )
    assert flags == {"-r": ["list"], "--any-url": ["u"], "--x": ["1"], "-f": ["d"], "-q": [""]}
    assert rest == ["name"]


def test_packages_of_the_system_come_and_go() -> None:
    text = f"{SLIM}RUN {UPDATE} build-essential libpq-dev\n"
    assert {"gcc", "make", "libpq-dev", "libpq5"} <= system(text)
    assert "gcc" in system(f"{text}RUN apt-get purge -y build-essential\n")
    rest = system(f"{text}RUN apt-get purge -y --auto-remove build-essential\n")
    assert rest == {"libpq-dev", "libpq5"}
    assert system("FROM python:3.13\n") >= {"gcc", "libpq-dev", "git"}
    alpine = "FROM python:3.13-alpine\nRUN apk add -t .b gcc libpq\nRUN apk del .b\n"
    assert system(alpine) == set()


def test_a_copy_of_usr_takes_the_compiler_along() -> None:
    stages = "FROM python:3.13 AS b\nFROM python:3.13-slim\n"
    assert "gcc" in system(f"{stages}COPY --from=b /usr /usr\n")
    assert system(f"{stages}COPY --from=b /usr/local /usr/local\n") == set()


def test_a_layer_keeps_what_a_later_one_removes() -> None:
    machine = image(f"{SLIM}RUN {UPDATE} gcc\nRUN apt-get purge -y gcc\n")
    assert [layer.step.line for layer in machine.layers if pyimage.packages(layer.added)] == [4]
    once = image(f"{SLIM}RUN {UPDATE} gcc && apt-get purge -y gcc\n")
    assert not [layer for layer in once.layers if pyimage.packages(layer.added)]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("RUN apt-get install -y gcc", "apt-get update"),
        ("RUN apt-get update && apt-get install gcc", "nobody answers"),
        (f"RUN {UPDATE} gcc && rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y g++", "lists"),
        (f"USER 7\nRUN {UPDATE} gcc", "needs root"),
        ("RUN pip install -r list.txt", "cee\\[c\\] is built from C"),
        ("RUN pip install -r lists.txt", "lists.txt is not there"),
        ("USER 7\nRUN pip install django", "user 7 may not write to /usr/local"),
        ("RUN /venv/bin/pip install django", "not found"),
        ("RUN uv pip install --system django", "uv: not found"),
        ("RUN pip install uv && uv pip install django", "no virtual environment"),
        ("RUN pip install uv && uv sync", "pyproject.toml"),
    ],
)
def test_commands_fail_where_the_real_ones_would(line: str, words: str) -> None:
    with pytest.raises(Fail, match=words) as caught:
        image(f"{SLIM}{line}\n")
    assert caught.value.line >= 4


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("RUN pip install Django gunicorn==23", {"django", "gunicorn"}),
        (f"RUN {UPDATE} gcc libcee-dev\nRUN pip install -rlist.txt", {"django", "cee[c]"}),
        ("RUN python3 -m pip install --no-cache-dir django", {"django"}),
        ("RUN pip install --prefix=/usr/local django", {"django"}),
        ("RUN pip install --prefix /opt django", set()),
        ("RUN pip install --target=/t django\nENV PYTHONPATH=/t", {"django"}),
        ("RUN pip install --user django", {"django"}),
        ("RUN pip install --user django\nUSER 7", set()),
        ("RUN pip install --user django\nUSER 7\nENV HOME=/root", {"django"}),
        ("RUN python -m venv /v && /v/bin/pip install django", set()),
        ("RUN python -m venv /v && . /v/bin/activate && pip install django", set()),
        ("RUN pip wheel -w /q django && pip install --no-index -f /q django", {"django"}),
        ("RUN pip wheel -w /q django && pip install /q/*", {"django"}),
        ("RUN pip wheel -w /q django", set()),
        ("RUN --mount=type=cache,target=/usr/local/lib pip install django", set()),
        ("RUN pip install django\nRUN rm -rf /usr/local/lib/python3.13", set()),
        ("RUN pip install uv && uv pip install --system django", {"django", "uv"}),
        ("ENV UV_SYSTEM_PYTHON=1\nRUN pip install uv\nRUN uv pip sync more2.txt", None),
    ],
)
def test_what_python_finds(lines: str, names: set[str] | None) -> None:
    if names is None:
        with pytest.raises(Fail, match="more2"):
            found(f"{SLIM}{lines}\n")
    else:
        assert found(f"{SLIM}{lines}\n") == names


def test_a_venv_has_its_own() -> None:
    machine = image(f"{SLIM}RUN python -m venv /v && /v/bin/pip install django\n")
    assert pyimage.importable(machine, "/v/bin/python") == {"django"}
    assert pystart.interpreter(machine, ("/v/bin/django",)) == ("/v/bin/python", ["django"])
    assert pystart.interpreter(machine, ("django",)) == ("", ["django"])


@pytest.mark.parametrize("base", ["python:3.12-slim", "python:3.13-alpine"])
def test_packages_are_made_for_one_python_and_one_library_of_c(base: str) -> None:
    text = f"{SLIM.replace('slim', 'slim AS b')}RUN pip install django\n"
    copy = "COPY --from=b /usr/local/lib /usr/local/lib\n"
    assert found(f"{text}FROM python:3.13-slim\n{copy}") == {"django"}
    assert found(f"{text}FROM {base}\n{copy}") == set()


@pytest.mark.parametrize(
    ("command", "words", "shell"),
    [
        ('CMD ["django", "x"]', ("django", "x"), ""),
        ("CMD django x", ("django", "x"), "sh"),
        ("CMD exec django x", ("django", "x"), ""),
        ("CMD cd /w && exec django x", ("django", "x"), ""),
        ('CMD ["bash", "-c", "django x"]', ("django", "x"), "bash"),
        ('CMD ["env", "A=1", "django"]', ("django",), ""),
        ("ENV P=8\nCMD exec django $P", ("django", "8"), ""),
        ('ENTRYPOINT ["tini", "--"]\nCMD ["django"]', ("django",), ""),
        ('ENTRYPOINT ["/go.sh"]\nCMD ["django"]', ("django",), ""),
        ('ENTRYPOINT ["/run.sh"]', ("django", "y"), "run.sh"),
    ],
)
def test_process_number_one(command: str, words: tuple[str, ...], shell: str) -> None:
    scripts = 'COPY <<END /go.sh\n#!/bin/sh\nexec "$@"\nEND\nCOPY <<END /run.sh\n#!/bin/sh\n'
    machine = image(f"{SLIM}RUN {UPDATE} tini\n{scripts}django y\nEND\n{command}\n")
    start = pystart.start(machine, machine.config.argv)
    assert (start.words, start.shell) == (words, shell)


def test_an_init_must_be_there() -> None:
    machine = image(f'{SLIM}ENTRYPOINT ["tini", "--"]\nCMD ["django"]\n')
    with pytest.raises(Fail, match="tini is not in the image"):
        pystart.start(machine, machine.config.argv)
