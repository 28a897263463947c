"""A run that fails as a known mistake does is told what is behind it."""

from pathlib import Path

import pytest

from nexus_tui.course.loader import Course
from nexus_tui.course.model import Inline, Lab, LabMistake
from nexus_tui.labs.protocol import CheckResult, RunResult
from nexus_tui.tutor.mistakes import looks_like

ROOT = Path(__file__).parents[2]


def lab(*mistakes: tuple[str, str, str]) -> Lab:
    """A lab of the course, with these mistakes: name, check, words."""
    found = Course(ROOT).lab("python/page-by-page")
    made = tuple(LabMistake(name, fails, says, Inline(name)) for name, fails, says in mistakes)
    return Lab(**{**{n: getattr(found, n) for n in Lab.__slots__}, "mistakes": made})  # type: ignore[attr-defined]


def failing(check: str, message: str, got: str = "") -> RunResult:
    """A run whose first failure is this one."""
    checks = (
        CheckResult("loads", "Loads", "pass"),
        CheckResult(check, "It works", "fail", message, got=got),
        CheckResult("after", "After it", "skip"),
    )
    return RunResult(checks, (), "", "", True, False, 1.0)


@pytest.mark.parametrize(
    ("check", "message", "got", "wanted"),
    [
        ("pages", "one row too late", "", ["late"]),
        ("pages", "a wrong row", "[2, 3]", ["shifted"]),
        ("other", "one row too late", "", []),
        ("pages", "something else", "", []),
        ("pages", "one row too late, twice", "", ["twice"]),
    ],
    ids=["its words", "in what came", "another check", "other words", "the longer words"],
)
def test_a_mistake_is_known_by_check_and_words(
    check: str, message: str, got: str, wanted: list[str]
) -> None:
    known = lab(
        ("late", "pages", "too late"),
        ("shifted", "pages", "[2, 3]"),
        ("twice", "pages", "too late, twice"),
    )
    assert [one.name for one in looks_like(known, failing(check, message, got))] == wanted


def test_those_that_look_the_same_are_all_possible_and_too_many_are_none() -> None:
    few = [(name, "pages", "late") for name in ("a", "b", "c")]
    assert [one.name for one in looks_like(lab(*few), failing("pages", "late"))] == ["a", "b", "c"]
    assert looks_like(lab(*few, ("d", "pages", "late")), failing("pages", "late")) == ()


def test_a_run_that_passes_looks_like_none() -> None:
    passing = RunResult((CheckResult("pages", "It works", "pass"),), (), "", "", True, True, 1.0)
    assert looks_like(lab(("a", "pages", "")), passing) == ()
