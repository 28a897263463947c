"""Dockerfiles read as BuildKit does: stages, scopes, settings, and messages with their line."""

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.docker import history as imagehistory
from nexus_tui.labs.harness.labkit.docker.dockerfile import Config, Dockerfile


def config(*lines: str) -> Config:
    return Dockerfile("\n".join(("FROM a", *lines))).stages[-1].config


def test_stages_by_name_and_number() -> None:
    file = Dockerfile("FROM a:1 AS Build\nFROM build\nFROM b AS last\n")
    assert [stage.name for stage in file.stages] == ["build", "", "last"]
    assert file.stages[1].base is file.stages[0]
    assert file.stage("0") is file.stages[0]
    assert file.stage("BUILD") is file.stages[0]
    assert file.stage("3") is None


def test_arguments_above_from_are_in_scope_of_from_alone() -> None:
    text = "ARG TAG=3.13\nFROM python:${TAG}-slim\nENV A=$TAG\nARG TAG\nENV B=$TAG\n"
    stage = Dockerfile(text).stages[0]
    assert stage.base == "python:3.13-slim"
    assert stage.config.env["A"] == ""
    assert stage.config.env["B"] == "3.13"
    assert Dockerfile(text, {"TAG": "3.14"}).stages[0].config.env["B"] == "3.14"


def test_variables_of_one_env_do_not_see_one_another() -> None:
    env = config("ENV A=1", "ENV A=2 B=$A", 'ENV PATH="/venv/bin:$PATH"').env
    assert (env["A"], env["B"]) == ("2", "1")
    assert env["PATH"].startswith("/venv/bin:/usr/local/sbin:")


@pytest.mark.parametrize(
    ("lines", "argv"),
    [
        (('CMD ["a", "b"]',), ("a", "b")),
        (("CMD a b",), ("/bin/sh", "-c", "a b")),
        (("CMD ['a']",), ("/bin/sh", "-c", "['a']")),
        (('ENTRYPOINT ["a"]', 'CMD ["b"]'), ("a", "b")),
        (('CMD ["b"]', 'ENTRYPOINT ["a"]'), ("a", "b")),
        (("ENTRYPOINT a", 'CMD ["b"]'), ("/bin/sh", "-c", "a")),
        (('ENTRYPOINT ["a"]', "CMD b"), ("a", "/bin/sh", "-c", "b")),
        (('SHELL ["/bin/bash", "-c"]', "CMD a"), ("/bin/bash", "-c", "a")),
    ],
)
def test_what_the_container_starts(lines: tuple[str, ...], argv: tuple[str, ...]) -> None:
    assert config(*lines).argv == argv


def test_an_entry_point_drops_the_command_of_the_base() -> None:
    text = 'FROM a AS x\nCMD ["old"]\nFROM x\nENTRYPOINT ["new"]\n'
    assert Dockerfile(text).stages[-1].config.argv == ("new",)


def test_settings() -> None:
    found = config("WORKDIR /srv", "WORKDIR app", "USER 7:8", "EXPOSE 80 443/tcp")
    assert (found.workdir, found.user, found.exposed) == ("/srv/app", "7:8", ("80", "443/tcp"))


def test_steps_have_flags_heredocs_and_lines() -> None:
    text = "FROM a\n# why\nCOPY --chown=7 --exclude=*.md --exclude=x \\\n  a b /c/\n"
    text += "RUN <<END\nls\nEND\n"
    copy, run = Dockerfile(text).stages[0].steps[1:]
    assert copy.flags == {"chown": ["7"], "exclude": ["*.md", "x"]}
    assert (copy.args, copy.line, copy.flag("from")) == (["a", "b", "/c/"], 3, "")
    assert (run.heredocs, run.line) == ({"END": "ls\n"}, 5)


def test_secrets_that_history_shows() -> None:
    text = """\
FROM a AS base
ENV DB_PASSWORD=x PUBLIC_KEY=y MONKEY=z
FROM a AS build
ARG GITHUB_TOKEN=w
FROM base
ARG api_key
ENV SECRET_KEY_FILE=/run/secrets/key AUTH=""
"""
    last = Dockerfile(text).stages[-1]
    found = [(step.line, step.name, name) for step, name in imagehistory.secrets(last)]
    assert found == [(2, "ENV", "DB_PASSWORD"), (6, "ARG", "api_key")]
    assert [step.line for step in imagehistory.steps(last)] == [1, 2, 5, 6, 7]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 0, "no FROM"),
        ("RUN ls\nFROM a\n", 1, "before the first FROM"),
        ("FROM a\n\nRUNN ls\n", 3, "unknown instruction: RUNN"),
        ("FROM a\nCOPY --form=b c d\n", 2, "no flag --form"),
        ("FROM a\nCOPY b\n", 2, "needs what to copy"),
        ("FROM a AS\n", 1, "FROM takes"),
        ("FROM a A\\S b\n", 1, "FROM takes"),
        ("FROM $X\n", 1, "is empty"),
        ("FROM a\nRUN\n", 2, "without a command"),
        ("FROM a\nUSER\n", 2, "takes one value"),
        ("FROM a\nENV A=${B\n", 2, "missing"),
        ("FROM a\nRUN <<END\nls\n", 2, "unterminated heredoc"),
    ],
)
def test_what_cannot_be_read(text: str, line: int, words: str) -> None:
    with pytest.raises(Fail, match=words) as caught:
        Dockerfile(text)
    assert (caught.value.file, caught.value.line) == ("Dockerfile", line)
