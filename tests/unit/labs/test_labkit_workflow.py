import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.labs.harness.labkit import Fail
from nexus_tui.labs.harness.labkit.workflow import (
    Event,
    Pipeline,
    Run,
    Workflow,
    actionlint,
    bash,
    pull_request,
    push,
    read,
    zizmor,
)
from nexus_tui.labs.harness.labkit.workflow.expression import condition, evaluate, expand
from nexus_tui.labs.harness.labkit.workflow.filter import matches, starts
from nexus_tui.labs.harness.labkit.workflow.matrix import cells, name_of
from nexus_tui.labs.harness.labkit.workflow.shell import pairs
from nexus_tui.labs.harness.labkit.workflow.value import Closed, Unsupported

needs_bash = pytest.mark.skipif(
    not bash() or sys.platform == "win32", reason="the scripts need bash and the paths of POSIX"
)
BESIDE = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
needs_tools = pytest.mark.skipif(
    not all(shutil.which(name, path=BESIDE) for name in ("actionlint", "zizmor")),
    reason="needs the extra tools",
)
SHA = "de0fac2e4500dabe0009e67214ff5f5447ce83dd"


def flow(text: str) -> Workflow:
    return Workflow("ci.yml", text)


# Reading


def test_values_are_read_as_github_does() -> None:
    workflow = flow(
        "on: push\nx: [yes, true, 3.10, '3.10', 0x10, ~, 1e3, off]\njobs: {a: {if: no}}"
    )
    assert workflow.get("on") == "push"
    assert workflow.get("x") == ["yes", True, 3.1, "3.10", 16, None, 1000.0, "off"]
    assert workflow.get("jobs", "a", "if") == "no"
    assert workflow.get("jobs", "b", "steps", 3, default="none") == "none"


def test_lines_of_keys_items_and_of_what_is_missing() -> None:
    workflow = flow(
        "on: push\njobs:\n  test:\n    steps:\n      - run: a\n      - run: |\n          b\n"
    )
    assert workflow.line("jobs", "test", "steps", 1, "run") == 6
    assert workflow.line("jobs", "test", "steps", 0) == 5
    assert workflow.line("jobs", "test", "timeout-minutes") == 3
    assert workflow.find("run") == ("jobs", "test", "steps", 0, "run")


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("a: [1\nb: 2", "not YAML", 2),
        ("jobs:\n\tx: 1", "not YAML", 2),
        ("just text", "there are no jobs", 1),
        ("", "there are no jobs", 1),
        ("jobs:\n  a: 1\n  a: 2", "`a` is here twice", 3),
        ("x: &x [*x]\njobs: {}", "holds itself", 1),
    ],
)
def test_what_cannot_be_read_is_said_with_its_line(text: str, says: str, line: int) -> None:
    with pytest.raises(Fail, match=says) as failed:
        flow(text)
    assert failed.value.line == line


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(Fail, match=r"there is no file ci\.yml"):
        read(tmp_path / "ci.yml", "ci.yml")


# Expressions

CONTEXTS: dict[str, Any] = {
    "github": Closed("github", {"ref": "refs/heads/main", "event": {"labels": [{"name": "Bug"}]}}),
    "needs": {"test": {"result": "failure"}, "lint": {"result": "success"}},
    "env": {},
}
STATUS = {"success": lambda: False, "failure": lambda: True, "always": lambda: True}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("github.ref == 'REFS/heads/MAIN'", True),
        ("github['ref'] != 'refs/heads/main'", False),
        ("env.missing", None),
        ("env.missing.deeper == ''", True),
        ("'a' && 'b' || 'c'", "b"),
        ("'' && 'b' || 'c'", "c"),
        ("!true || !(1 > 2)", True),
        ("1 < 2 == true", True),
        ("'1' == 1", True),
        ("'x' == 1", False),
        ("'x' < 1", False),
        ("null == 0", True),
        ("0xff", 255.0),
        ("'it''s'", "it's"),
        ("contains(github.event.labels.*.name, 'bug')", True),
        ("contains(needs.*.result, 'cancelled')", False),
        ("contains('Hello', 'ELL')", True),
        ("startsWith(github.ref, 'refs/tags/')", False),
        ("endsWith(github.ref, '/main')", True),
        ("format('{0}-{{}}-{1}', 'a', 2)", "a-{}-2"),
        ("join(fromJSON('[1, 2]'), '+')", "1+2"),
        ("fromJSON('{\"a\": [1, 2]}').a[1]", 2),
        ("toJSON('x')", '"x"'),
    ],
)
def test_expressions(text: str, value: object) -> None:
    assert evaluate(text, CONTEXTS, STATUS) == value


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("github.actor_id == 1", r"`github\.actor_id` is not modeled"),
        ("hashFiles('a')", r"`hashfiles\(\)` is not modeled"),
        ('github.ref == "main"', "cannot be read at"),
        ("github.ref ==", "not a complete expression"),
        ("matrx.x", "`matrx` is not known"),
        ("(1", r"`\)` is missing"),
        ("1 2", "cannot be read from"),
        ("fromJSON('{')", "fromJSON"),
    ],
)
def test_what_is_not_modeled_is_said(text: str, says: str) -> None:
    with pytest.raises(Unsupported, match=says):
        evaluate(text, CONTEXTS, STATUS)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        (None, False),
        ("github.ref == 'refs/heads/main'", False),
        ("always() && github.ref == 'refs/heads/main'", True),
        ("${{ failure() }}", True),
        ("'always()' != ''", False),
        ("${{ always() && github.ref }} == 'refs/heads/other'", True),
        ("always() && false", False),
        (False, False),
    ],
)
def test_a_condition_includes_success_unless_it_asks_for_a_status(text: Any, holds: bool) -> None:
    assert condition(text, CONTEXTS, STATUS) is holds


def test_an_expression_alone_keeps_its_type() -> None:
    assert expand({"a": ["${{ 1 == 1 }}", "x${{ true }}"], "b": 3}, CONTEXTS, STATUS) == {
        "a": [True, "xtrue"],
        "b": 3,
    }


# Events


@pytest.mark.parametrize(
    ("on", "event", "started"),
    [
        ("push", push("any"), True),
        ("push", pull_request(), False),
        ("[push, pull_request]", pull_request(), True),
        ("{push: {branches: [main]}}", push(), True),
        ("{push: {branches: [main]}}", push("maintenance"), False),
        ("{push: {branches: [main]}}", push(tag="v1"), False),
        ("{push: {tags: ['v*']}}", push(tag="v1"), True),
        ("{push: {tags: ['v*']}}", push(), False),
        ("{push: {branches: [main], tags: ['v*']}}", push(tag="v1"), True),
        ("{push: {branches-ignore: [main]}}", push(), False),
        ("{push: {branches: ['**', '!wip/**']}}", push("wip/a/b"), False),
        ("{push: {paths: ['stays/**']}}", push(paths=["tests/a.py"]), False),
        ("{push: {paths: ['stays/**']}}", push(paths=["tests/a.py", "stays/b.py"]), True),
        ("{push: {paths-ignore: ['**.md']}}", push(paths=["docs/a.md"]), False),
        ("{push: {paths-ignore: ['**.md']}}", push(paths=["docs/a.md", "a.py"]), True),
        ("{push: {paths: [x]}}", push(tag="v1"), True),
        ("{pull_request: {branches: [main]}}", pull_request("main", base="dev"), False),
        ("{pull_request: {branches: [main]}}", pull_request("dev"), True),
        ("{pull_request: {types: [labeled]}}", pull_request(), False),
        ("{pull_request: {types: [opened]}}", pull_request(action="synchronize"), False),
        ("{pull_request: }", pull_request(action="synchronize"), True),
        ("{pull_request: }", pull_request(), True),
        ("{pull_request: }", pull_request(target=True), False),
        ("pull_request_target", pull_request(target=True), True),
    ],
)
def test_which_events_start_a_workflow(on: str, event: Event, started: bool) -> None:
    assert starts(flow(f"on: {on}\njobs: {{}}"), event) is started


@pytest.mark.parametrize(
    ("pattern", "name", "passes"),
    [
        ("*", "a/b", False),
        ("**", "a/b", True),
        ("release/*", "release/2.0", True),
        ("**/a.py", "a.py", True),
        ("v[12].[0-9]+", "v2.10", True),
        ("v1.?", "v1", True),
        ("*.jsx?", "page.js", True),
    ],
)
def test_patterns(pattern: str, name: str, passes: bool) -> None:
    assert matches([pattern], name) is passes


def test_refs_of_events() -> None:
    github = pull_request("feature", run=7, fork=True).github
    assert (github["ref"], github["ref_name"]) == ("refs/pull/7/merge", "7/merge")
    assert (github["head_ref"], github["base_ref"]) == ("feature", "main")
    assert pull_request(target=True).github["ref"] == "refs/heads/main"
    assert push(tag="v1").github["ref_type"] == "tag"


def test_what_a_pull_request_brings() -> None:
    contexts = {"github": Closed("github", pull_request(fork=True, title="Hi").github)}
    request = "github.event.pull_request"
    assert evaluate(f"{request}.title", contexts, {}) == "Hi"
    same = f"{request}.head.repo.full_name == github.repository"
    assert evaluate(same, contexts, {}) is False
    assert evaluate(f"{request}.head.repo.fork", contexts, {}) is True
    with pytest.raises(Unsupported, match="commits_url"):
        evaluate(f"{request}.commits_url", contexts, {})
    pushed = {"github": Closed("github", push(message="M").github)}
    assert evaluate("github.event.head_commit.message", pushed, {}) == "M"
    assert evaluate(f"{request}.head.ref", pushed, {}) is None


def test_secrets_are_kept_from_the_pull_requests_of_forks() -> None:
    assert not pull_request(fork=True).secrets
    assert pull_request().secrets
    assert pull_request(fork=True, target=True).secrets


# Matrix


def test_a_matrix_is_multiplied_out() -> None:
    matrix = {
        "os": ["a", "b"],
        "py": [1, 2],
        "exclude": [{"os": "b", "py": 1}],
        "include": [{"os": "a", "extra": "x"}, {"os": "c"}],
    }
    assert cells(matrix) == [
        {"os": "a", "py": 1, "extra": "x"},
        {"os": "a", "py": 2, "extra": "x"},
        {"os": "b", "py": 2},
        {"os": "c"},
    ]
    assert cells(None) == [{}]
    assert cells({"include": [{"a": 1}, {"a": 2}]}) == [{"a": 1}, {"a": 2}]
    assert name_of("test", {"os": "a", "py": 1}) == "test (a, 1)"
    with pytest.raises(Unsupported, match="list of values"):
        cells({"os": "a"})


# Running


class Desk:
    """A small project, and a way to run workflows on it."""

    def __init__(self, folder: Path) -> None:
        self.head, self.base, self.folder = folder / "head", folder / "base", folder
        self.runs = 0
        for tree in (self.head, self.base):
            tree.mkdir()
            (tree / "who").write_text(f"{tree.name}\n")

    def run(self, text: str, event: Event | None = None, **more: Any) -> Run:
        secrets, self.runs = {"KEY": "s3cret"}, self.runs + 1
        work = self.folder / f"work{self.runs}"
        pipeline = Pipeline(flow(text), work, secrets=secrets, **more)
        return pipeline.run(event or push(), self.head, self.base, GIVEN="given")

    def steps(self, steps: str, event: Event | None = None, more: str = "", **how: Any) -> Run:
        """Run one job ``a`` with these steps, written from the margin."""
        inner = "\n".join(f"      {line}" for line in steps.strip().splitlines())
        text = f"on: [push, pull_request, pull_request_target]\n{more}\njobs:\n  a:\n    steps:\n"
        return self.run(text + inner, event, **how)

    def said(self, run: Run) -> list[str]:
        return [step.output.strip() for step in run.jobs["a"].cells[0].steps]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


CHECKOUT = f"- uses: actions/checkout@{SHA}\n"


@needs_bash
@pytest.mark.parametrize(
    ("script", "shell", "red"),
    [
        ("false", "", True),
        ("false; true", "", True),
        ("false | true", "", False),
        ("false | true", "bash", True),
        ("false | true", "bash -e -o pipefail {0}", True),
        ("false || true", "bash", False),
        ("false; true", "sh", True),
        ("import sys; sys.exit(3)", "python", True),
        ("(sleep 60 &)", "", False),
    ],
)
def test_the_shell_has_the_flags_of_github(desk: Desk, script: str, shell: str, red: bool) -> None:
    named = f"\n  shell: {shell}" if shell else ""
    assert desk.steps(f"- run: {script}{named}").red is red


@needs_bash
def test_a_script_that_does_not_end_is_ended(desk: Desk) -> None:
    run = desk.steps("- run: sleep 60", seconds=0.3)
    assert run.red
    assert "still running after 0.3 s" in desk.said(run)[0]


@needs_bash
def test_folders_are_empty_until_the_checkout_and_jobs_share_none(desk: Desk) -> None:
    script = "- run: test ! -e who\n" + CHECKOUT + "- run: cat who; touch new"
    run = desk.steps(script)
    assert desk.said(run)[2] == "head"
    text = "on: push\njobs:\n  a: {steps: [{run: touch new}]}\n  b:\n    needs: a\n    steps:"
    assert desk.run(f"{text}\n      - run: test ! -e new").results() == {
        "a": "success",
        "b": "success",
    }


@needs_bash
def test_which_code_a_pull_request_gets(desk: Desk) -> None:
    plain = CHECKOUT + "- run: cat who"
    head = "- uses: actions/checkout@v6\n  with: {ref: '${{ github.event.pull_request.head.sha }}'}"
    assert desk.said(desk.steps(plain, pull_request()))[1] == "head"
    assert desk.said(desk.steps(plain, pull_request(target=True)))[1] == "base"
    assert desk.said(desk.steps(f"{head}\n- run: cat who", pull_request(target=True)))[1] == "head"


@needs_bash
def test_secrets_reach_the_step_that_names_them(desk: Desk) -> None:
    script = (
        '- run: echo "[$KEY] $GIVEN"\n  env: {KEY: \'${{ secrets.KEY }}\'}\n- run: echo "[$KEY]"'
    )
    assert desk.said(desk.steps(script)) == ["[s3cret] given", "[]"]
    assert desk.said(desk.steps(script, pull_request(fork=True)))[0] == "[] given"
    assert (
        desk.said(desk.steps(script, pull_request(fork=True, target=True)))[0] == "[s3cret] given"
    )


@needs_bash
def test_a_checkout_needs_the_right_to_read(desk: Desk) -> None:
    for rights, red in (("{}", True), ("{contents: read}", False), ("{issues: write}", True)):
        assert desk.steps(CHECKOUT, more=f"permissions: {rights}").red is red
    assert not desk.steps(CHECKOUT).red


@needs_bash
def test_environment_outputs_and_folders(desk: Desk) -> None:
    run = desk.steps(
        """
- run: mkdir sub; echo "B=two" >> "$GITHUB_ENV"; echo "$PWD/sub" >> "$GITHUB_PATH"
- id: x
  run: |
    echo "v=${{ env.B }}" >> "$GITHUB_OUTPUT"
    printf 'many<<E\\n1\\n2\\nE\\n' >> "$GITHUB_OUTPUT"
- run: basename "$PWD"; echo "$A $B ${{ steps.x.outputs.v }}"
  working-directory: sub
  env: {A: "${{ github.event_name }}"}
- run: case "$PATH" in */sub:*) echo yes;; esac; echo "${{ steps.x.outputs.many }}"
- run: pwd
  working-directory: missing
""",
        more="env: {A: one}",
    )
    assert desk.said(run)[2:] == ["sub\npush two two", "yes\n1\n2", "there is no folder `missing`"]
    assert run.red


@needs_bash
def test_steps_after_a_failure(desk: Desk) -> None:
    run = desk.steps(
        """
- run: exit 3
  id: bad
- run: echo never
- run: echo "${{ steps.bad.outcome }} ${{ job.status }}"
  if: failure()
- run: echo always
  if: ${{ always() && github.ref == 'refs/heads/main' }}
"""
    )
    steps = run.jobs["a"].cells[0].steps
    assert [step.outcome for step in steps] == ["failure", "skipped", "success", "success"]
    assert desk.said(run)[2] == "failure failure"
    assert run.broken is steps[0]
    assert (steps[0].code, steps[0].where) == (3, ("jobs", "a", "steps", 0))


@needs_bash
def test_continue_on_error_of_a_step(desk: Desk) -> None:
    run = desk.steps(
        "- run: exit 1\n  id: x\n  continue-on-error: true\n- run: echo ${{ steps.x.outcome }}"
    )
    assert not run.red
    assert desk.said(run)[1] == "failure"


GATE = """
on: push
jobs:
  deploy: {needs: [b], steps: [{run: 'true'}]}
  b: {needs: a, if: IF, steps: [{run: 'true'}]}
  a: {MORE steps: [{run: 'exit CODE'}]}
"""


@needs_bash
@pytest.mark.parametrize(
    ("code", "condition", "more", "results", "conclusion"),
    [
        (0, "true", "", ("success", "success", "success"), "success"),
        (1, "true", "", ("failure", "skipped", "skipped"), "failure"),
        (1, "always()", "", ("failure", "success", "skipped"), "failure"),
        (1, "failure()", "", ("failure", "success", "skipped"), "failure"),
        (0, "false", "", ("success", "skipped", "skipped"), "success"),
        (1, "true", "continue-on-error: true,", ("failure", "success", "success"), "success"),
        (0, "needs.a.result == 'success'", "", ("success", "success", "success"), "success"),
    ],
)
def test_jobs_wait_for_those_they_need(
    desk: Desk, code: int, condition: str, more: str, results: tuple[str, ...], conclusion: str
) -> None:
    text = GATE.replace("CODE", str(code)).replace("IF", condition).replace("MORE", more)
    run = desk.run(text)
    assert tuple(run.jobs[name].result for name in ("a", "b", "deploy")) == results
    assert run.conclusion == conclusion
    assert next(iter(run.jobs)) == "a"


MATRIX = """
on: push
jobs:
  test:
    continue-on-error: ALLOWED
    strategy: {matrix: {store: [memory, sqlite]}}
    outputs: {last: "${{ matrix.store }}"}
    steps:
      - run: test ${{ matrix.store }} != BAD
  after:
    needs: test
    steps: [{run: "echo ${{ needs.test.outputs.last }}"}]
"""


@needs_bash
@pytest.mark.parametrize(
    ("bad", "allowed", "results"),
    [
        ("none", "false", ["success", "success"]),
        ("sqlite", "false", ["failure", "skipped"]),
        ("memory", "false", ["failure", "skipped"]),
        ("sqlite", "${{ matrix.store == 'sqlite' }}", ["failure", "success"]),
        ("memory", "${{ matrix.store == 'sqlite' }}", ["failure", "skipped"]),
    ],
)
def test_one_cell_fails_the_job(desk: Desk, bad: str, allowed: str, results: list[str]) -> None:
    run = desk.run(MATRIX.replace("BAD", bad).replace("ALLOWED", allowed))
    assert list(run.results().values()) == results
    failed = [cell.name for cell in run.jobs["test"].cells if cell.result == "failure"]
    assert failed == ([f"test ({bad})"] if bad != "none" else [])


@needs_bash
def test_text_of_others_becomes_a_command_unless_it_goes_through_the_environment(
    desk: Desk,
) -> None:
    event = pull_request(title='x"; echo "hit')
    inline = '- run: echo "${{ github.event.pull_request.title }}"'
    through = '- run: echo "$T"\n  env: {T: "${{ github.event.pull_request.title }}"}'
    assert desk.said(desk.steps(inline, event)) == ["x\nhit"]
    assert desk.said(desk.steps(through, event)) == ['x"; echo "hit']


@needs_bash
def test_artifacts_go_from_job_to_job(desk: Desk) -> None:
    text = """
on: push
jobs:
  a:
    steps:
      - run: mkdir out; echo hi > out/file
      - uses: actions/upload-artifact@v4
        with: {name: built, path: out}
  b:
    needs: a
    steps:
      - uses: actions/download-artifact@v4
        with: {name: built, path: in}
      - run: test "$(cat in/file)" = hi
  c: {steps: [{uses: actions/download-artifact@v4, with: {name: other}}]}
"""
    run = desk.run(text)
    assert run.results() == {"a": "success", "b": "success", "c": "failure"}
    assert run.broken
    assert run.broken.output == "there is no artifact `other`"


def test_an_action_that_is_not_run_is_noted(desk: Desk) -> None:
    run = desk.steps("- uses: docker/build-push-action@v6")
    assert run.notes == ["`uses: docker/build-push-action@v6` is not run here"]


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("on: push\njobs:\n  a:\n    container: x\n    steps: []", "`container`", 3),
        ("on: push\njobs:\n  a: {runs-on: windows-latest, steps: []}", "Windows", 3),
        ("on: push\njobs:\n  a:\n    needs: b\n    steps: []", "there is no such job", 4),
        ("on: push\njobs:\n  a: {needs: b}\n  b: {needs: a}", "in a circle", 1),
        ("on: push\njobs:\n  a:\n    steps:\n      - run: x\n        shell: pwsh", "pwsh", 5),
        ("on: push\njobs:\n  a:\n    steps:\n      - run: ${{ github.nope }}", "github.nope", 5),
        ("on: push\njobs:\n  a:\n    steps:\n      - run: x\n        when: y", "`when`", 5),
        ("on: push\njobs:\n  a:", "`a` is empty", 3),
        ("on: push\njobs:\n  a: {strategy: x, steps: []}", "`strategy` is not", 3),
        ("on: push\njobs:\n  a: {env: x, steps: []}", "should be names with values", 3),
        ("on: push\njobs:\n  a:\n    steps:\n      -\n", "a step is empty", 5),
        ("on: push\njobs:\n  a: {}", "no steps", 3),
    ],
)
def test_what_is_not_modeled_fails_with_its_line(
    desk: Desk, text: str, says: str, line: int
) -> None:
    with pytest.raises(Fail, match=says) as failed:
        desk.run(text)
    assert failed.value.line == line


def test_a_path_cannot_lead_out_of_the_job(desk: Desk) -> None:
    with pytest.raises(Fail, match="leads out"):
        desk.steps("- uses: actions/checkout@v6\n  with: {path: ../../..}")


def test_an_event_that_does_not_match_runs_nothing(desk: Desk) -> None:
    run = desk.run("on: pull_request\njobs: {a: {steps: []}}")
    assert (run.started, run.conclusion, run.story()) == (False, "", "the workflow was not started")


def test_concurrency_groups_that_a_run_holds(desk: Desk) -> None:
    text = """
on: [push, pull_request]
concurrency: {group: "CI-${{ github.ref }}", cancel-in-progress: "${{ github.ref != 'x' }}"}
jobs:
  a: {concurrency: Deploy, if: github.event_name == 'push', steps: []}
"""
    holds = [(hold.job, hold.group, hold.cancels) for hold in desk.run(text).holds]
    assert holds == [("", "ci-refs/heads/main", True), ("a", "deploy", False)]
    assert [hold.job for hold in desk.run(text, pull_request()).holds] == [""]


def test_permissions_of_a_job_replace_those_of_the_workflow() -> None:
    jobs = "jobs: {a: {}, b: {permissions: read-all}, c: {permissions: }}"
    workflow = flow(f"permissions: {{contents: read}}\n{jobs}")
    assert workflow.permissions("a") == {"contents": "read"}
    assert workflow.permissions("b") == "read-all"
    assert workflow.permissions("c") == {}
    assert flow("jobs: {a: {}}").permissions("a") is None


def test_what_a_step_wrote_for_others(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a=1=2\n\nb<<END\nx\ny=z\nEND\nc=\n")
    assert pairs(tmp_path / "out") == {"a": "1=2", "b": "x\ny=z", "c": ""}


# Linters

BAD = """\
on: [push, pull_reqest]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: echo "${{ github.event.pull_request.title }}"
"""


@needs_tools
def test_actionlint_says_what_and_where(tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text(BAD)
    found = actionlint(tmp_path / "ci.yml")
    assert [(item.rule, item.line) for item in found if item.rule != "deprecated"] == [
        ("events", 1),
        ("injection", 7),
    ]
    assert found[0].message == 'unknown Webhook event "pull_reqest"'


@needs_tools
def test_zizmor_says_it_in_words_and_heeds_no_comment(tmp_path: Path) -> None:
    text = BAD.replace("pull_reqest", "pull_request").replace("@v4", "@v4 # zizmor: ignore")
    (tmp_path / "ci.yml").write_text(text)
    found = {item.rule: item for item in zizmor(tmp_path / "ci.yml")}
    assert found["template-injection"].line == 7
    assert found["unpinned-uses"].severity == "high"
    assert "Pin the action to the full SHA" in found["unpinned-uses"].message
    assert "excessive-permissions" in found


@needs_tools
def test_a_tool_that_cannot_judge_is_no_silence(tmp_path: Path) -> None:
    (tmp_path / "ci.yml").write_text("on: [")
    with pytest.raises(Fail, match="zizmor could not judge the file"):
        zizmor(tmp_path / "ci.yml")
