"""The cache of a build, computed by the rules of Docker's documentation."""

from collections.abc import Mapping

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.docker.context import Context, pick
from nexus_tui.labs.harness.labkit.docker.dockerfile import Dockerfile
from nexus_tui.labs.harness.labkit.docker.layercache import Build, again

FILES = {"list.txt": b"django", "app/a.py": b"1", "app/b/c.py": b"2", "notes.md": b"n"}


def build(text: str, files: Mapping[str, bytes] = FILES, **args: str) -> Build:
    return Build(Dockerfile(text, args), Context(files))


def lines(before: Build, after: Build) -> list[int]:
    return [layer.step.line for layer in again(before, after)]


def edited(text: str, **files: bytes) -> list[int]:
    """Lines run again after files changed; a name's `__` stands for a slash, its `_` for a dot."""
    named = {name.replace("__", "/").replace("_", "."): data for name, data in files.items()}
    return lines(build(text), build(text, {**FILES, **named}))


def test_nothing_changed_nothing_runs() -> None:
    text = "FROM a\nCOPY . /x/\nRUN make\n"
    assert lines(build(text), build(text)) == []


def test_all_below_a_changed_copy_runs() -> None:
    text = "FROM a\nCOPY list.txt /\nRUN install\nCOPY . /x/\nRUN make\n"
    assert edited(text, app__a_py=b"9") == [4, 5]
    assert edited(text, list_txt=b"9") == [2, 3, 4, 5]


def test_the_text_of_run_counts_and_so_do_variables_user_folder_and_shell() -> None:
    text = "FROM a\nARG V=1\nENV E=1\nUSER 1\nWORKDIR /w\nRUN x\n"
    first = build(text)
    assert lines(first, build(text.replace("RUN x", "RUN y"))) == [6]
    assert lines(first, build(text, V="2")) == [6]
    assert lines(first, build(text.replace("E=1", "E=2"))) == [6]
    assert lines(first, build(text.replace("USER 1", "USER 2"))) == [6]
    assert lines(first, build(text.replace("/w", "/v"))) == [5, 6]


def test_settings_are_no_steps() -> None:
    text = "FROM a\nLABEL v=1\nEXPOSE 80\nRUN x\nCMD y\n"
    assert lines(build(text), build(text.replace("v=1", "v=2").replace("80", "81"))) == []
    assert [layer.step.name for layer in build(text).layers] == ["FROM", "RUN"]


def test_an_argument_does_not_matter_above_its_line() -> None:
    text = "FROM a\nRUN x\nARG V=1\nRUN y\n"
    assert lines(build(text), build(text, V="2")) == [4]


def test_ignored_files_do_not_matter() -> None:
    text = "FROM a\nCOPY . /x/\n"
    files = {**FILES, ".dockerignore": b"*.md\n"}
    assert lines(build(text, files), build(text, {**files, "notes.md": b"new"})) == []
    assert lines(build(text, files), build(text, {**files, "app/n.md": b"new"})) == [2]


def test_names_modes_and_owners_count() -> None:
    text = "FROM a\nCOPY app /x/\n"
    renamed = {name.replace("a.py", "z.py"): data for name, data in FILES.items()}
    assert lines(build(text), build(text, renamed)) == [2]
    assert lines(build(text), build(text.replace("COPY", "COPY --chmod=700"))) == [2]


def test_bind_mounts_count_caches_and_the_content_of_secrets_do_not() -> None:
    text = "FROM a\nRUN --mount=type=bind,source=list.txt,target=/l install\n"
    assert edited(text, list_txt=b"9") == [2]
    assert edited(text, app__a_py=b"9") == []
    secret = "FROM a\nRUN --mount=type=secret,id=one install\n"
    assert lines(build(secret), build(secret.replace("one", "two"))) == [2]
    assert edited("FROM a\nRUN --mount=type=cache,target=/c install\n", list_txt=b"9") == []


def test_link_does_not_look_at_what_is_above() -> None:
    text = "FROM a\nCOPY app /x/\nCOPY --link list.txt /y/\nRUN make\n"
    assert edited(text, app__a_py=b"9") == [2, 4]


def test_copies_of_a_stage_compare_the_files_they_take() -> None:
    text = "FROM a AS b\nCOPY . /x/\nFROM a\nCOPY --from=b /x/list.txt /\nRUN z\n"
    assert edited(text, app__a_py=b"9") == [2]
    assert edited(text, list_txt=b"9") == [2, 4, 5]


def test_what_an_unknown_command_wrote_depends_on_it() -> None:
    text = "FROM a AS b\nCOPY . /x/\nRUN make\nFROM a\nCOPY --from=b /out /\n"
    assert edited(text, notes_md=b"9") == [2, 3, 5]


def test_only_needed_stages_are_built() -> None:
    text = "FROM a AS b\nCOPY . /x/\nFROM a AS tests\nRUN fail\nFROM b\nRUN ls\n"
    assert [layer.step.line for layer in build(text).layers] == [1, 2, 6]


def test_heredocs_count() -> None:
    text = "FROM a\nCOPY <<END /x\none\nEND\n"
    assert lines(build(text), build(text.replace("one", "two"))) == [2]
    assert build(text).image.files["/x"].data == b"one\n"


@pytest.mark.parametrize(
    ("copy", "paths"),
    [
        ("app /x/", {"/x/a.py", "/x/b/c.py"}),
        ("app/ /x", {"/x/a.py", "/x/b/c.py"}),
        ("app/a.py /x", {"/x"}),
        ("app/a.py /x/", {"/x/a.py"}),
        ("app/a.py list.txt ./", {"/w/a.py", "/w/list.txt"}),
        ("*.txt .", {"/w/list.txt"}),
        ("app/* /x/", {"/x/a.py", "/x/c.py"}),
        ("--exclude=b app /x/", {"/x/a.py"}),
        ("--parents app /x/", {"/x/app/a.py", "/x/app/b/c.py"}),
        ('["list.txt", "/x y/"]', {"/x y/list.txt"}),
    ],
)
def test_where_copies_come_to_lie(copy: str, paths: set[str]) -> None:
    assert set(build(f"FROM a\nWORKDIR /w\nCOPY {copy}\n").image.files) == paths


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FROM a\nCOPY src .\n", "there is no src"),
        ("FROM a\nCOPY app list.txt /x\n", "ends with a /"),
        ("FROM a\nRUN --mount=source=src,target=/s ls\n", "there is no src"),
    ],
)
def test_what_cannot_be_copied(text: str, words: str) -> None:
    with pytest.raises(Fail, match=words) as caught:
        build(text)
    assert caught.value.line == 2


@pytest.mark.parametrize(
    "text",
    [
        "FROM a AS b\nCOPY --from=b /x /y\n",
        "FROM a AS b\nCOPY --from=c /x /y\nFROM b AS c\n",
        "FROM a AS b\nRUN --mount=from=1,target=/x ls\nFROM b AS c\n",
    ],
)
def test_stages_that_need_themselves(text: str) -> None:
    with pytest.raises(Fail, match="needs itself") as caught:
        build(text)
    assert caught.value.line in (1, 3)


def test_a_stage_further_down_can_be_copied_from() -> None:
    text = "FROM a AS last\nRUN x\nFROM a AS c\nCOPY list.txt /l\nFROM last\n"
    assert "/l" not in build(text).image.files
    text = text.replace("RUN x", "COPY --from=c /l /m")
    assert build(text).image.files["/m"].data == b"django"


def test_why_a_file_is_missing() -> None:
    with pytest.raises(Fail, match="dockerignore keeps it out"):
        build("FROM a\nCOPY list.txt .\n", {**FILES, ".dockerignore": b"*\n!app\n"})


def test_patterns_that_cannot_be_read() -> None:
    with pytest.raises(Fail, match="syntax error") as caught:
        Context({".dockerignore": b"# all\n[a\n"})
    assert (caught.value.file, caught.value.line) == (".dockerignore", 2)


def test_pick_takes_the_content_of_folders() -> None:
    assert pick(FILES, "./app/") == ({"a.py": b"1", "b/c.py": b"2"}, True)
    assert pick(FILES, "nothing") == ({}, False)
    assert pick(FILES, ".") == (FILES, True)
