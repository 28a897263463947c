"""The lab on Dockerfiles accepts every right way, and says what is wrong with the others."""

from pathlib import Path

import pytest

from nexus_tui.labs.manifest import read
from nexus_tui.labs.protocol import CheckResult, RunResult
from nexus_tui.labs.runner import run

LAB = Path(__file__).parents[3] / "labs" / "docker" / "dockerfile-and-its-cache"
IGNORE = ".env\n.git\n.venv\ndb.sqlite3\n**/__pycache__\n"
LIBRARY = "RUN apt-get update && apt-get install -y libpq5 && rm -rf /var/lib/apt/lists/*\n"
END = 'WORKDIR /srv\nCOPY . .\nUSER 10001:10001\nCMD ["gunicorn", "stays.wsgi"]\n'

RIGHT = {
    "venv copied from a full image": f"""\
# syntax=docker/dockerfile:1
ARG PYTHON=3.12
FROM python:${{PYTHON}}-bookworm AS build
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY requirements.txt /tmp/
RUN --mount=type=cache,target=/root/.cache/pip pip install -r /tmp/requirements.txt
FROM python:${{PYTHON}}-slim-bookworm AS final
{LIBRARY}ENV PATH="/opt/venv/bin:$PATH" PYTHONUNBUFFERED=1
COPY --from=build /opt/venv /opt/venv
{END}""",
    "one stage, compiler removed in the same RUN": f"""\
FROM python:3.13-slim
COPY requirements.txt .
RUN apt-get update \\
 && apt-get install -y --no-install-recommends build-essential libpq-dev libpq5 \\
 && pip install --no-cache-dir -r requirements.txt \\
 # the compiler goes in the same layer
 && apt-get purge -y --auto-remove build-essential libpq-dev \\
 && rm -rf /var/lib/apt/lists/*
{END}""",
    "bind mount and heredoc": f"""\
FROM python:3.13-slim AS build
RUN <<EOF
set -eux
apt-get update
apt-get install -y gcc libpq-dev
EOF
RUN --mount=type=bind,source=requirements.txt,target=/tmp/requirements.txt \\
    --mount=type=cache,target=/root/.cache/pip \\
    pip install --prefix /deps --requirement /tmp/requirements.txt
FROM python:3.13-slim
{LIBRARY}COPY --link --from=build /deps /usr/local
{END}""",
    "uv into the system": f"""\
FROM python:3.13 AS build
COPY --from=ghcr.io/astral-sh/uv:0.9.2 /uv /bin/
WORKDIR /src
COPY requirements.txt ./
RUN --mount=type=cache,target=/root/.cache/uv uv pip install --system -r requirements.txt
FROM python:3.13-slim
{LIBRARY}COPY --from=build /usr/local/lib/python3.13 /usr/local/lib/python3.13
COPY --from=build /usr/local/bin /usr/local/bin
{END}""",
    "uv into a venv, and an entry point": f"""\
FROM python:3.13 AS build
RUN pip install uv
ENV VIRTUAL_ENV=/venv
RUN uv venv $VIRTUAL_ENV
COPY requirements.txt .
RUN uv pip install -r requirements.txt
FROM python:3.13-slim
{LIBRARY}COPY --from=0 /venv /venv
WORKDIR /app/api
COPY gunicorn.conf.py manage.py ./
COPY stays stays
USER 1000
ENTRYPOINT ["/venv/bin/python", "-m", "gunicorn"]
CMD ["stays.wsgi:application"]
""",
    "wheels": f"""\
FROM python:3.13 AS wheels
COPY requirements.txt .
RUN pip wheel -r requirements.txt -w /wheels
FROM python:3.13-slim
{LIBRARY}COPY requirements.txt .
RUN --mount=from=wheels,source=/wheels,target=/wheels \\
    pip install --no-index --find-links=/wheels -r requirements.txt
{END}""",
    "alpine": """\
FROM python:3.13-alpine
WORKDIR /srv
COPY requirements.txt .
RUN apk add --no-cache libpq \\
 && apk add --no-cache --virtual .build gcc musl-dev postgresql-dev \\
 && pip install -r requirements.txt \\
 && apk del .build
COPY . .
USER 10001
CMD exec gunicorn stays.wsgi
""",
    "a target folder on the path": f"""\
FROM python:3.13 AS build
COPY requirements.txt .
RUN pip install --target=/packages -r requirements.txt
FROM python:3.13-slim
{LIBRARY}ENV PYTHONPATH=/packages
COPY --from=build /packages /packages
WORKDIR /srv
COPY stays/ stays/
COPY *.py ./
USER 10001
CMD ["python", "-m", "gunicorn", "stays.wsgi", "--bind", "0.0.0.0:8000"]
""",
    "a user install with a home": f"""\
FROM python:3.13 AS build
COPY requirements.txt .
RUN pip install --user -r requirements.txt
FROM python:3.13-slim
{LIBRARY}RUN useradd --uid 10001 --create-home stays
COPY --from=build --chown=10001 /root/.local /home/stays/.local
ENV PATH=/home/stays/.local/bin:$PATH
WORKDIR /srv
COPY . .
USER 10001
CMD ["python", "-m", "gunicorn", "stays.wsgi"]
""",
    "a script, an init and a stage of tests": """\
FROM python:3.13 AS build
COPY requirements.txt .
RUN pip install --prefix=/deps -r requirements.txt
FROM build AS test
COPY . .
RUN python manage.py test
FROM python:3.13-slim
RUN apt-get update && apt-get install -y libpq5 tini
COPY --from=build /deps /usr/local
COPY --chmod=755 <<EOF /start.sh
#!/bin/sh
set -e
echo starting
exec "$@"
EOF
WORKDIR /srv
COPY --exclude=*.md . .
EXPOSE 8000
USER 10001
ENTRYPOINT ["tini", "--", "/start.sh"]
CMD ["gunicorn", "stays.wsgi"]
""",
    "scripts for a shell, and a port from the settings": f"""\
FROM python:3.13 AS build
COPY requirements.txt .
RUN bash -e <<EOF
pip3 install --upgrade pip
# into a folder of its own
python3 -m pip install --prefix=/deps \\
    -r requirements.txt
EOF
FROM python:3.13-slim
{LIBRARY}COPY --from=build /deps /usr/local
ENV PORT=8000 DJANGO_SECRET_KEY_FILE=/run/secrets/key
WORKDIR /srv
COPY . .
USER 10001
CMD exec gunicorn --bind 0.0.0.0:$PORT stays.wsgi
""",
    "a common base, pinned by digest": f"""\
FROM python:3.13-slim@sha256:0123456789abcdef AS base
{LIBRARY}
FROM base AS build
RUN apt-get update && apt-get install -yq gcc libpq-dev
COPY requirements.txt .
RUN ["pip", "install", "--prefix=/deps", "-r", "requirements.txt"]
FROM base
COPY --from=build /deps/ /usr/local/
{END}""",
}
IGNORES = {
    "everything, but": "*\n!stays\n!*.py\n!requirements.txt\n**/__pycache__\n",
    "slashes and stars": "/.env\n.git/\n.venv/\n*.sqlite3\n**/*.pyc\n# done\n",
}
BUILD = "FROM python:3.13 AS build\nCOPY requirements.txt .\n"
DEPS = "RUN pip install --prefix=/deps -r requirements.txt\n"
LAST = f"FROM python:3.13-slim\n{LIBRARY}COPY --from=build /deps /usr/local\n"
WRONG = {
    "empty": ("", "builds", "no FROM"),
    "not a Dockerfile": ("print('hello')\n", "builds", "unknown instruction"),
    "a word wrong": (BUILD + "RUNN pip\n", "builds", "unknown instruction: RUNN"),
    "no such flag": (BUILD + "COPY --form=build /a /b\n", "builds", "has no flag --form"),
    "no lists of packages": (
        "FROM python:3.13-slim\nRUN apt-get install -y libpq5\n",
        "builds",
        "apt-get update",
    ),
    "another folder": (BUILD + "WORKDIR /a\n" + DEPS + LAST + END, "builds", "is not there"),
    "as a user too early": (
        "FROM python:3.13\nCOPY requirements.txt .\nUSER 1\nRUN pip install -r requirements.txt\n",
        "builds",
        "user 1 may not write",
    ),
    "copied, not there": ("FROM python:3.13\nCOPY src .\n", "builds", "there is no src"),
    "uv out of the blue": (BUILD + "RUN uv pip install --system x\n", "builds", "uv: not found"),
    "nothing but a name": ("FROM python:3.13\n", "starts", "does not start Gunicorn"),
    "another Python": (
        BUILD + DEPS + LAST.replace("3.13", "3.14") + END,
        "starts",
        "cannot import django",
    ),
    "another C library": (
        BUILD
        + DEPS
        + "FROM python:3.13-alpine\nRUN apk add libpq\nCOPY --from=build /deps /usr/local\n"
        + END,
        "starts",
        "cannot import",
    ),
    "a venv that moved": (
        BUILD
        + "RUN python -m venv /a && /a/bin/pip install -r requirements.txt\n"
        + LAST.replace("/deps /usr/local", "/a /b")
        + "ENV PATH=/b/bin:$PATH\n"
        + END,
        "starts",
        "the Python it was installed for",
    ),
    "names by hand": (
        BUILD
        + "RUN pip install --prefix=/deps django djangorestframework gunicorn 'psycopg[c]'\n"
        + LAST
        + END,
        "cache",
        "was added to requirements.txt",
    ),
    "an argument for the key": (
        BUILD + DEPS + LAST + "ARG DJANGO_SECRET_KEY\n" + END,
        "private",
        "docker history",
    ),
    "single quotes": (
        BUILD + DEPS + LAST + END.replace('"', "'"),
        "starts",
        "double quotes",
    ),
    "another signal": (
        BUILD + DEPS + LAST + "STOPSIGNAL SIGKILL\n" + END,
        "process",
        "SIGKILL instead of SIGTERM",
    ),
    "a shell in the array": (
        BUILD + DEPS + LAST + END.replace('["', '["sh", "-c", "').replace('n", "s', "n s"),
        "process",
        "process 1 is sh",
    ),
}


def ran(dockerfile: str, ignore: str = IGNORE) -> RunResult:
    lab = read(LAB)
    return run(lab.request({"Dockerfile": dockerfile, ".dockerignore": ignore}))


def wrong(result: RunResult) -> list[CheckResult]:
    return [check for check in result.checks if check.status != "pass"]


@pytest.mark.parametrize("name", RIGHT)
def test_right_ways_pass(name: str) -> None:
    result = ran(RIGHT[name])
    assert wrong(result) == []
    assert result.passed


@pytest.mark.parametrize("name", IGNORES)
def test_right_ignores_pass(name: str) -> None:
    assert wrong(ran(RIGHT["wheels"], IGNORES[name])) == []


@pytest.mark.parametrize("name", WRONG)
def test_wrong_ways_fail_in_words(name: str) -> None:
    dockerfile, check, words = WRONG[name]
    first = wrong(ran(dockerfile))[0]
    assert (first.id, first.status) == (check, "fail")
    assert words in first.message
    assert first.line > 0 or not dockerfile
