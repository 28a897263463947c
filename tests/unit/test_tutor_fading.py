"""The forms of a lab: laid out, kept in the record, recommended; which pass counts."""

import json
from pathlib import Path
from typing import Any

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, RunResult
from nexus_tui.learner import progress
from nexus_tui.learner.labhistory import Moment, Standing
from nexus_tui.learner.rebuild import rebuild
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.bench import Opened
from nexus_tui.tutor.fading import Form, advise
from nexus_tui.tutor.knowledge import Recall
from tests.ui.course import FILES, LAB, answer, write

STEPS = """
steps:
  - {at: "def double(n):", why: "It takes *one* number.", gaps: ["(n)"]}
  - {at: "return n * 2", why: "Twice.", gaps: ["n * 2"]}
"""
STARTER = FILES["labs/python/double/starter/double.py"]
MODEL = FILES["labs/python/double/solution/double.py"]


@pytest.fixture
def course_root(tmp_path: Path) -> Path:
    name = "labs/python/double/lab.yaml"
    return write(tmp_path / "course", {name: FILES[name] + STEPS})


@pytest.fixture
def opened(tutor: Tutor) -> Opened:
    return tutor.bench.open(LAB)


def text(opened: Opened) -> str:
    return opened.workspace.read("double.py")


def passes(tutor: Tutor, opened: Opened, *, right: bool = True) -> dict[str, Any]:
    """Record a run as it stands; what the record keeps of it."""
    status: Any = "pass" if right else "fail"
    checks = tuple(CheckResult(check.id, check.title, status) for check in opened.lab.checks)
    result = RunResult(checks, (), "", "", complete=True, passed=right, ms=5)
    history = tutor.bench.history
    history.record(opened, result, pinned=history.pin(opened))
    sql = "SELECT payload FROM event WHERE kind = 'lab_run' ORDER BY id DESC LIMIT 1"
    made: dict[str, Any] = json.loads(tutor.record.rows(sql)[0][0])
    return made


def test_the_forms_of_a_lab(tutor: Tutor, opened: Opened) -> None:
    fading = tutor.bench.fading
    assert fading.forms(opened) == ("worked", "gaps", "order", "blank")
    assert fading.current(opened) == "blank"
    assert fading.choose(opened, "gaps") == "gaps"
    assert text(opened) == "def double____:\n    return ____\n"
    assert fading.choose(opened, "order") == "order"
    assert text(opened) == "    return n * 2\ndef double(n):\n"
    assert fading.choose(opened, "worked") == "worked"
    assert text(opened) == STARTER
    assert fading.choose(opened, "blank") == "blank"
    assert text(opened) == STARTER
    shown = fading.worked(opened)
    assert [(s.file, s.text, s.why.text if s.why else "") for s in shown] == [
        ("double.py", "def double(n):\n", "It takes one number."),
        ("double.py", "    return n * 2\n", "Twice."),
        ("other.py", "# nothing here\n", ""),
    ]


def test_reading_the_example_leaves_alone_what_was_begun(tutor: Tutor, opened: Opened) -> None:
    opened.workspace.read("double.py")
    tutor.bench.save(opened, "double.py", "mine\n")
    tutor.bench.fading.choose(opened, "worked")
    assert text(opened) == "mine\n"
    assert passes(tutor, opened)["form"] == "worked"
    before = tutor.record.rows("SELECT count(*) FROM event")
    tutor.bench.fading.choose(opened, "worked")
    assert tutor.record.rows("SELECT count(*) FROM event") == before


@pytest.mark.parametrize("form", ["worked", "gaps", "order"])
def test_only_a_pass_from_the_starter_counts(tutor: Tutor, opened: Opened, form: Form) -> None:
    fading = tutor.bench.fading
    fading.choose(opened, form)
    tutor.bench.save(opened, "double.py", MODEL)
    made = passes(tutor, opened)
    assert (made["form"], made["passed"], made["eased"]) == (form, True, [form])
    assert not tutor.bench.states()[LAB].passed
    assert progress.labs_passed(tutor.record) == set()
    fading.choose(opened, "blank")
    tutor.bench.save(opened, "double.py", MODEL)
    made = passes(tutor, opened)
    assert (made["form"], made["eased"]) == ("blank", [form])
    assert tutor.bench.states()[LAB].passed
    assert rebuild(tutor.record).differed == ()


def test_a_form_stays_until_another_is_chosen(tutor: Tutor, opened: Opened) -> None:
    fading, history = tutor.bench.fading, tutor.bench.history
    fading.choose(opened, "gaps")
    opened.workspace.path("double.py").write_text("from outside\n", "utf-8")
    history.adopt(opened, "double.py")
    tutor.bench.save(opened, "double.py", "typed\n")
    again = tutor.bench.open(LAB)
    assert fading.current(again) == "gaps"
    passes(tutor, again, right=False)
    tutor.bench.reset(again)
    assert fading.current(again) == "blank"
    run = next(moment for moment in history.moments(again) if moment.kind == "run")
    assert run.form == "gaps"
    history.restore(again, run)
    assert fading.current(again) == "gaps"
    assert text(again) == "typed\n"


def test_going_back_brings_the_form_even_where_the_text_is_the_same(
    tutor: Tutor, opened: Opened
) -> None:
    history = tutor.bench.history
    tutor.bench.fading.choose(opened, "gaps")
    passes(tutor, opened, right=False)
    tutor.bench.fading.choose(opened, "blank")
    tutor.bench.save(opened, "double.py", "def double____:\n    return ____\n")
    run = next(moment for moment in history.moments(opened) if moment.kind == "run")
    history.restore(opened, run)
    assert tutor.bench.fading.current(opened) == "gaps"


def test_what_was_there_is_kept(tutor: Tutor, opened: Opened) -> None:
    opened.workspace.read("double.py")
    tutor.bench.save(opened, "double.py", "mine\n")
    tutor.bench.fading.choose(opened, "gaps")
    before = [m for m in tutor.bench.history.moments(opened) if m.kind == "reset"]
    tutor.bench.history.restore(opened, before[-1])
    assert text(opened) == "mine\n"
    assert tutor.bench.fading.current(opened) == "blank"


def test_parts_are_moved_as_wholes(tutor: Tutor, opened: Opened) -> None:
    fading = tutor.bench.fading
    fading.choose(opened, "order")
    parts = fading.arrangement(opened, "double.py", text(opened))
    assert parts is not None
    assert [part.text for part in parts] == ["    return n * 2\n", "def double(n):\n"]
    assert fading.arranged(opened, "double.py", parts[::-1]) == MODEL
    assert fading.arrangement(opened, "double.py", "mine\n") is None


def test_a_lab_whose_steps_do_not_fit_has_only_its_starter(
    tutor: Tutor, opened: Opened, course_root: Path
) -> None:
    (course_root / "labs/python/double/solution/double.py").write_text("nothing\n", "utf-8")
    assert tutor.bench.fading.forms(opened) == ("blank",)
    assert tutor.bench.fading.advice(opened).form == "blank"
    with pytest.raises(NexusError, match="no form gaps"):
        tutor.bench.fading.choose(opened, "gaps")


def test_advice_follows_what_is_known(tutor: Tutor, opened: Opened) -> None:
    fading = tutor.bench.fading
    assert fading.advice(opened).form == "worked"
    answer(tutor, "python/names#one-list")
    answer(tutor, "python/names#copies")
    advice = fading.advice(opened)
    assert advice.form == "gaps"
    assert "67% recall" in advice.why
    fading.choose(opened, "gaps")
    tutor.bench.save(opened, "double.py", MODEL)
    passes(tutor, opened)
    assert fading.advice(opened).form == "order"
    fading.choose(opened, "order")
    passes(tutor, opened)
    assert fading.advice(opened).form == "blank"


def test_a_form_that_is_missing_gives_way_to_the_next(
    tutor: Tutor, opened: Opened, course_root: Path
) -> None:
    name = "labs/python/double/lab.yaml"
    whole = STEPS.replace(', gaps: ["(n)"]', "").replace(', gaps: ["n * 2"]', "")
    write(course_root, {name: FILES[name] + whole})
    again = tutor.bench.open(LAB)
    assert tutor.bench.fading.forms(again) == ("worked", "order", "blank")
    answer(tutor, "python/names#one-list")
    answer(tutor, "python/names#copies")
    assert tutor.bench.fading.advice(again).form == "order"


LOW, HIGH = Recall(0.2, 0.1, 3, 10), Recall(0.9, 0.5, 9, 10)


def standing(form: str = "", *eased: str, now: Any = None) -> Standing:
    run = Moment("id", now, {}, form=form, eased=eased)
    return Standing(run, run)


@pytest.mark.parametrize(
    ("passed", "runs", "stands", "recall", "form"),
    [
        (False, 0, Standing(), Recall(), "worked"),
        (False, 0, Standing(), LOW, "worked"),
        (False, 0, Standing(), HIGH, "gaps"),
        (False, 1, standing("blank"), LOW, "gaps"),
        (False, 1, standing("blank"), HIGH, "blank"),
        (False, 4, standing("blank"), HIGH, "gaps"),
        (False, 2, standing("gaps", "gaps"), HIGH, "order"),
        (False, 3, standing("order", "gaps", "order"), LOW, "blank"),
        (False, 3, standing("worked", "worked"), LOW, "blank"),
        (True, 9, standing("blank"), LOW, "blank"),
    ],
)
def test_help_fades(passed: bool, runs: int, stands: Standing, recall: Recall, form: Form) -> None:
    advice = advise(passed=passed, runs=runs, standing=stands, recall=recall)
    assert advice.form == form
    assert advice.why.endswith(".")
