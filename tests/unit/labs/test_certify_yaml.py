import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from nexus_tui.labs.certify.mutants import mutants
from nexus_tui.labs.certify.yamlfile import edits, valid


def lines(text: str) -> set[str]:
    return {mutant.now for mutant in mutants("a.yml", text)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("name: CI\non: push\n", {"(gone)", "on: push~"}),
        ("a: true", {"{}", "a: false"}),
        ("a: 5", {"{}", "a: 0"}),
        ("a: 0", {"{}", "a: 1"}),
        ("a: '5'", {"{}", "a: '5~'"}),
        (
            "needs: [lint, test]",
            {
                "{}",
                "needs: [test]",
                "needs: [lint]",
                "needs: [lint~, test]",
                "needs: [lint, test~]",
            },
        ),
        ("run: ruff check", {"{}", "run: check", "run: ruff", "run: ruff check || true"}),
        ("run: make", {"{}", "run: make || true"}),
        ('test: ["CMD"]', {"{}", "test: []", 'test: ["CMD~"]'}),
        (
            "if: a == 'b' && c",
            {"{}", "if: a != 'b' && c", "if: a == 'b~' && c", "if: a == 'b' || c"},
        ),
        ("x: ${{ a || b }}", {"{}", "x: ${{ a && b }}"}),
        ("group: deploy\nb: 1", {"(gone)", "b: 0"}),
        ("concurrency: deploy\nb: 1", {"(gone)", "b: 0"}),
        ("a: {b: 1, c: 2}", {"{}", "a: {c: 2}", "a: {b: 1}", "a: {b: 0, c: 2}", "a: {b: 1, c: 0}"}),
    ],
)
def test_changes(text: str, expected: set[str]) -> None:
    assert lines(text) == expected


BLOCK = """\
jobs:
  test:
    steps:
      - uses: checkout
        with: {depth: 1}
      # what it is for
      - run: |
          make all
          make check

  deploy:
    needs: test
"""


def texts(text: str) -> list[object]:
    return [yaml.safe_load(mutant.text) for mutant in mutants("ci.yaml", text)]


def test_a_key_goes_with_all_it_holds_and_no_more() -> None:
    whole = yaml.safe_load(BLOCK)
    without_test = {"jobs": {"deploy": whole["jobs"]["deploy"]}}
    without_deploy = {"jobs": {"test": whole["jobs"]["test"]}}
    assert without_test in texts(BLOCK)
    assert without_deploy in texts(BLOCK)


def test_an_item_of_a_block_and_the_first_key_of_one_are_left_out() -> None:
    found = texts(BLOCK)
    steps = [
        made["jobs"]["test"]["steps"]
        for made in found
        if isinstance(made, dict) and made.get("jobs", {}).get("test", {}).get("steps")
    ]
    checkout, script = yaml.safe_load(BLOCK)["jobs"]["test"]["steps"]
    assert [script] in steps
    assert [checkout] in steps
    assert [{"with": {"depth": 1}}, script] in steps


def test_each_line_of_a_script_is_left_out_and_forgiven() -> None:
    scripts = {
        step["run"]
        for made in texts(BLOCK)
        if isinstance(made, dict)
        for step in made.get("jobs", {}).get("test", {}).get("steps", [])
        if "run" in step
    }
    assert {"make all\n", "make check\n", "make all || true\nmake check\n"} <= scripts


def test_the_line_of_a_mutant_is_that_of_the_change() -> None:
    found = {(mutant.line, mutant.was) for mutant in mutants("ci.yml", BLOCK)}
    assert (12, "needs: test") in found
    assert (8, "make all") in found


def test_what_is_no_yaml_has_no_mutants() -> None:
    assert mutants("ci.yml", "a: [1") == []
    assert mutants("ci.yml", "- a\n- b\n") == []
    assert mutants("ci.yml", "") == []


names = st.sampled_from(["a", "run", "if", "name", "needs", "steps", "on"])
values = st.recursive(
    st.booleans() | st.integers(0, 9) | st.sampled_from(["x", "make all", "a == 'b'", "3.10", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(st.dictionaries(names, values, min_size=1, max_size=4), st.sampled_from([True, False, None]))
def test_every_mutant_can_be_read_and_differs(data: dict[str, object], flow: bool | None) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, sort_keys=False)
    assert all(0 <= edit.start <= edit.end <= len(text) for edit in edits(text))
    for mutant in mutants("a.yml", text):
        assert valid(mutant.text)
        assert mutant.text != text
