"""What labs on tools are judged with: linters, types, tests of learners, pages that are typed."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.console import Session, Step, differs, follow, steps
from nexus_tui.labs.harness.labkit.markdown import Link, Markdown, slug, trouble
from nexus_tui.labs.harness.labkit.newcomer import fresh, watch
from nexus_tui.labs.harness.labkit.silencers import silencers
from nexus_tui.labs.harness.labkit.testsuite import examples, run_against
from nexus_tui.labs.harness.labkit.tools import Change, fail_at_first, mypy, reformatted, ruff

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="bash and scripts of a shell")


def written(folder: Path, text: str, name: str = "stay.py") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_ruff_reports_in_the_order_of_lines_and_only_by_the_rules_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "import os\n\n\ndef f(a=[]):\n    return a == None\n")
    found = ruff(path, ["B", "E711"])
    assert [(remark.rule, remark.line) for remark in found] == [("B006", 4), ("E711", 5)]
    assert ruff(path, ["BLE"]) == []


def test_ruff_takes_no_settings_from_the_folder_and_reports_syntax(tmp_path: Path) -> None:
    written(tmp_path, '[lint]\nignore = ["F401"]\n', "ruff.toml")
    assert [found.rule for found in ruff(written(tmp_path, "import os\n"), ["F"])] == ["F401"]
    assert ruff(written(tmp_path, "def f(:\n"), ["F"])[0].rule == "invalid-syntax"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("a = 1\n", None),
        ("a = 1\nb=2\nc=3\nd = 4\n", Change(2, "b=2\nc=3", "b = 2\nc = 3")),
        ('"""Doc."""\nimport os\n', Change(2, "nothing", "(an empty line)")),
        ("x = 1\n" * 9 + "y=1\n", Change(10, "y=1", "y = 1")),
    ],
)
def test_the_first_lines_a_formatter_would_change(
    tmp_path: Path, text: str, change: Change | None
) -> None:
    assert reformatted(written(tmp_path, text)) == change


def test_a_formatter_that_cannot_read_the_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(Fail, match="could not read"):
        reformatted(written(tmp_path, "def f(:\n"))


def test_mypy_is_strict_whatever_lies_in_the_folder(tmp_path: Path) -> None:
    written(tmp_path, "[mypy]\nignore_errors = True\n", "mypy.ini")
    text = "def f(a):\n    return a\n\ndef g(day: str = None) -> int:\n    return day\n"
    found = mypy(written(tmp_path, text))
    assert [remark.line for remark in found] == [1, 4, 5]
    assert found[0].rule == "no-untyped-def"


def test_mypy_says_where_the_syntax_is_wrong(tmp_path: Path) -> None:
    (found,) = mypy(written(tmp_path, "a = 1\ndef f(:\n"))
    assert (found.rule, found.line) == ("syntax", 2)


def test_the_first_finding_is_told_with_its_meaning_and_how_many_follow(tmp_path: Path) -> None:
    found = ruff(written(tmp_path, "def f(a=[], b={}):\n    return a, b\n"), ["B"])
    with pytest.raises(Fail, match=r"^ruff: B006: .*shares this one value\. And 1 more\.$") as told:
        fail_at_first("ruff", "stay.py", found)
    assert (told.value.file, told.value.line) == ("stay.py", 1)
    fail_at_first("ruff", "stay.py", [])


@pytest.mark.parametrize(
    "line",
    [
        "a = b  # noqa",
        "a = b  #NoQA: F821",
        "a = b  # type:ignore[x]",
        "# mypy: ignore-errors",
        "# ruff : noqa",
        "# fmt: off",
        "from typing import Any as Whatever",
        "def f(a: typing.Any) -> None: ...",
        "def f(a: 'list[Any]') -> None: ...",
        "a = cast(int, b)",
        "a = getattr(b, 'c')",
        "if TYPE_CHECKING: a = 1",
    ],
)
def test_silencers_are_found_at_their_line(line: str) -> None:
    assert [remark.line for remark in silencers(f"x = 1\n{line}\n")][:1] == [2]


@pytest.mark.parametrize(
    "text",
    ['a = "# noqa"\n', '"""Any room, cast in stone."""\n', "# any type ignores this\n", "def f(:"],
)
def test_words_that_silence_nothing_are_left_alone(text: str) -> None:
    assert silencers(text) == []


TESTS = """\
import unittest
from fee import fee
class FeeTest(unittest.TestCase):
    def test_fee(self):
        self.assertEqual(fee(200), 20)
"""


def test_tests_of_a_learner_are_run_against_each_implementation(tmp_path: Path) -> None:
    tests = written(tmp_path, TESTS, "test_fee.py")
    outcomes = run_against(
        tests,
        "fee.py",
        {
            "right": "print('{}')\ndef fee(cents): return cents // 10\n",
            "wrong": "def fee(cents): return cents // 5\n",
            "loops": "while True: pass\n",
            "ends": "import os\nos._exit(0)\n",
        },
        seconds=2,
    )
    assert outcomes["right"].green
    assert outcomes["right"].ran == 1
    assert outcomes["wrong"].bad[0][1] == "AssertionError: 40 != 20"
    assert "2 s" in outcomes["loops"].ended
    assert outcomes["ends"].ended
    assert [name for name, outcome in outcomes.items() if outcome.green] == ["right"]


def test_examples_that_are_not_true_have_a_line(tmp_path: Path) -> None:
    module = ModuleType("fee")
    text = '"""A fee.\n\n>>> 1 + 1\n2\n>>> 2 + 2\n5\n>>> nothing\n1\n"""\n'
    module.__file__ = str(written(tmp_path, text, "fee.py"))
    exec(compile(text, module.__file__, "exec"), module.__dict__)
    count, bad = examples(module)
    assert count == 3
    assert [(each.line, each.want, each.got) for each in bad] == [
        (5, "5", "4"),
        (7, "1", "NameError: name 'nothing' is not defined"),
    ]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Quick start", "quick-start"),
        ("When a guest cancels!", "when-a-guest-cancels"),
        ("`PAYOUTS_DB`: where it is", "payouts_db-where-it-is"),
        ("See [the guide](a.md) & more", "see-the-guide--more"),
        ("Über Zürich", "über-zürich"),
        ("1.2 Fees", "12-fees"),
    ],
)
def test_anchors_are_made_as_github_makes_them(heading: str, anchor: str) -> None:
    assert slug(heading) == anchor


PAGE = """\
Title
=====

## Use ##

[a](docs/a.md) `[not](one)` [b](<#use> "Title") [c][] ![d](https://example.org/d.png)

```sh
# no heading
[no](link)
```

### Use

1. Nested:

   ~~~console
   $ ls
   ~~~

[c]: <docs/c.md>
[e][f]
"""


def test_markdown_knows_headings_links_and_fences() -> None:
    page = Markdown(PAGE)
    assert page.anchors == ["title", "use", "use-1"]
    assert [link.to for link in page.links()] == [
        *("docs/a.md", "#use", "https://example.org/d.png", "docs/c.md", "[f]"),
    ]
    assert [(fence.language, fence.line, fence.section) for fence in page.fences] == [
        ("sh", 9, 2),
        ("console", 18, 3),
    ]
    assert page.fences[1].lines == ("$ ls",)
    assert list(page.spans()) == [(6, "[not](one)")]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("docs/a.md", ""),
        ("docs/", ""),
        ("/docs/a.md#a-b", ""),
        ("#title", ""),
        ("docs/A.md", "there is no docs/A.md"),
        ("docs/a.md#b", "a.md has no heading for #b: it has #a-b"),
        ("../outside.md", "there is no ../outside.md"),
        ("", "no target"),
        ("[f]", "no target"),
    ],
)
def test_links_lead_somewhere_or_it_is_said_what_is_missing(
    tmp_path: Path, to: str, words: str
) -> None:
    written(tmp_path, "x", "outside.md")
    page = written(tmp_path, PAGE, "project/README.md")
    written(tmp_path, "# A b\n", "project/docs/a.md")
    found = trouble(Link(to, 1), page, page.parent)
    assert words in found
    assert bool(words) == bool(found)


def typed(folder: Path, text: str, seconds: float = 5) -> Session:
    """What comes of typing a page in an empty project, in which one file is watched."""
    project, state = folder / "copy" / "project", folder / "state"
    written(folder, "import sys\n", "project/app.py")
    written(folder, "x", "project/.git/config")
    fresh(folder / "project", project)
    watch(project, "app.py", state)
    state.mkdir()
    return follow(steps(Markdown(text).fences), project, state, seconds)


@POSIX
def test_a_page_is_typed_into_one_shell_from_top_to_bottom(tmp_path: Path) -> None:
    text = """\
```sh
export A=1
mkdir sub && cd sub
```

```console
$ echo $A \\
> two
1 two
$ ls ..
app.py
sub
```

```bash
python ../app.py x
```
"""
    session = typed(tmp_path, text)
    assert (session.failed_line, session.code) == (0, 0)
    assert [differs(step) for step in session.steps if step.want] == [0, 0]
    assert session.seen == [("app.py", ["../app.py", "x"])]


@POSIX
@pytest.mark.parametrize(
    ("lines", "line", "code"),
    [
        ("true\nfalse\ntrue", 5, 1),
        ("for i in 1 2; do\n  ls nowhere\ndone", 5, 2),
        ("true\nexit 0", 4, 0),
        ("sleep 9", 4, 124),
        ("pip install nothing-at-all", 4, 1),
        ("python3 -m pip install -r none.txt", 4, 1),
        ("true && (exit 7)", 4, 7),
    ],
)
def test_a_command_that_fails_is_found_at_its_line(
    tmp_path: Path, lines: str, line: int, code: int
) -> None:
    session = typed(tmp_path, f"# Page\n\n```sh\n{lines}\n```\n", 1 if "sleep" in lines else 5)
    assert session.failed_line == line
    assert session.code == code or (line == 5 and session.code > 0)
    assert session.late == (code == 124)
    assert not session.steps[0].done


@POSIX
def test_a_block_that_cannot_be_read_fails_and_says_why(tmp_path: Path) -> None:
    session = typed(tmp_path, "```sh\necho 'open\n```\n")
    assert session.failed_line == 2
    assert "unexpected EOF" in session.steps[0].got[0]
    assert str(tmp_path) not in session.steps[0].got[0]


def test_an_output_belongs_to_the_block_before_it_in_its_section() -> None:
    text = (
        "```sh\na\n```\n\nprints\n\n```text\nb\n```\n\n```sh\nc\n```\n\n## New\n\n```text\nd\n```\n"
    )
    assert [(step.lines, step.want, step.want_line) for step in steps(Markdown(text).fences)] == [
        (["a"], ["b"], 8),
        (["c"], None, 0),
    ]


@pytest.mark.parametrize(
    ("want", "got", "line"),
    [
        ("a\nb", "a \nb\n\n", 0),
        ("a\nb", "a", 11),
        ("a", "a\nb", 10),
        ("a\nc", "a\nb", 11),
        ("a\n...", "a\nb\nc", 0),
        ("...\nc", "a\nb\nc", 0),
        ("...\nc", "a\nb", 11),
        ("…", "", 0),
        ("", "a", 10),
    ],
)
def test_output_is_compared_line_by_line(want: str, got: str, line: int) -> None:
    step = Step(["x"], 9, want.splitlines(), 10, got.splitlines())
    assert differs(step) == line
