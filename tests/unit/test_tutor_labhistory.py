"""The time machine: what is on the disk is in the record before anything takes its place."""

from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.labs.protocol import CheckResult, Measure, RunResult
from nexus_tui.learner.progress import saved_file
from nexus_tui.tutor import Tutor
from nexus_tui.tutor.bench import Opened
from tests.ui.course import GOOD, LAB

STARTER = "def double(n):\n    return n\n"


@pytest.fixture
def opened(tutor: Tutor) -> Opened:
    return tutor.bench.open(LAB)


def result(*statuses: str, measures: tuple[Measure, ...] = ()) -> RunResult:
    checks = tuple(
        CheckResult(id, id, status)  # type: ignore[arg-type]
        for id, status in zip(("doubles", "prints"), statuses, strict=True)
    )
    passed = set(statuses) == {"pass"}
    return RunResult(checks, measures, "", "", complete=True, passed=passed, ms=12.4)


def test_a_text_is_kept_once_however_often_it_runs(tutor: Tutor, opened: Opened) -> None:
    history = tutor.bench.history
    first = history.pin(opened)
    assert first.texts == {"double.py": STARTER, "other.py": "# nothing here\n"}
    assert history.pin(opened) == first
    tutor.bench.save(opened, "double.py", GOOD)
    second = history.pin(opened)
    assert second.saves["other.py"] == first.saves["other.py"]
    assert second.saves["double.py"] != first.saves["double.py"]


def test_a_run_and_the_way_back_to_it(tutor: Tutor, opened: Opened) -> None:
    history = tutor.bench.history
    measures = (Measure("calls", 2, "calls"), Measure("odd", float("inf")))
    pinned = history.pin(opened)
    history.record(opened, result("fail", "skip", measures=measures), 1, pinned=pinned)
    tutor.bench.save(opened, "double.py", GOOD)
    pinned = history.pin(opened)
    history.record(opened, result("pass", "pass"), hinted={"doubles": 1}, pinned=pinned)
    first, second = history.moments(opened)
    assert (first.passing, first.hints, first.ms, second.passed) == (0, 1, 12, True)
    assert [figure.name for figure in first.figures] == ["calls"]
    assert history.texts(opened, first)["double.py"] == STARTER
    assert history.texts(opened, second)["double.py"] == GOOD
    changed = history.compare(opened, first)
    assert [row.kind for row in changed["double.py"]] == ["same", "out", "in", "in"]
    assert changed["other.py"] == []
    assert not any(history.compare(opened, second).values())
    history.restore(opened, first)
    assert opened.workspace.read("double.py") == STARTER
    assert saved_file(tutor.record, LAB, "double.py") == STARTER
    standing = history.standing(opened)
    assert standing.first
    assert standing.last
    assert (standing.first.id, standing.last.id) == (first.id, second.id)


def test_going_back_keeps_what_was_there(tutor: Tutor, opened: Opened) -> None:
    history = tutor.bench.history
    history.record(opened, result("fail", "skip"), pinned=history.pin(opened))
    tutor.bench.save(opened, "double.py", "never run\n")
    opened.workspace.path("other.py").write_text("from vim, seen by nobody\n", "utf-8")
    history.restore(opened, history.moments(opened)[0])
    newest = history.moments(opened)[-1]
    assert newest.kind == "restore"
    assert history.texts(opened, newest) == {
        "double.py": "never run\n",
        "other.py": "from vim, seen by nobody\n",
    }
    history.restore(opened, newest)
    assert opened.workspace.texts()["double.py"] == "never run\n"


def test_starting_over_can_be_taken_back(tutor: Tutor, opened: Opened) -> None:
    opened.workspace.path("double.py").write_text("mine\n", "utf-8")
    tutor.bench.reset(opened)
    assert opened.workspace.read("double.py") == STARTER
    (before,) = tutor.bench.history.moments(opened)
    assert before.kind == "reset"
    tutor.bench.history.restore(opened, before)
    assert opened.workspace.read("double.py") == "mine\n"


def test_starting_over_mends_what_is_no_text(tutor: Tutor, opened: Opened) -> None:
    opened.workspace.path("double.py").write_bytes(b"\xff")
    with pytest.raises(NexusError):
        tutor.bench.history.pin(opened)
    tutor.bench.reset(opened)
    assert opened.workspace.read("double.py") == STARTER


def test_a_file_that_was_never_saved_was_as_it_came(tutor: Tutor, opened: Opened) -> None:
    tutor.bench.save(opened, "other.py", "mine\n")
    tutor.bench.history.record(opened, result("fail", "skip"))
    (moment,) = tutor.bench.history.moments(opened)
    then = tutor.bench.history.texts(opened, moment)
    assert then == {"double.py": STARTER, "other.py": "mine\n"}


def test_what_another_program_wrote_is_taken_and_mine_is_found(
    tutor: Tutor, opened: Opened
) -> None:
    history = tutor.bench.history
    tutor.bench.save(opened, "double.py", "mine\n")
    opened.workspace.path("double.py").write_text("theirs\n", "utf-8")
    assert history.adopt(opened, "double.py") == "theirs\n"
    assert not opened.workspace.changed_outside("double.py")
    (before,) = history.moments(opened)
    assert (before.kind, history.texts(opened, before)["double.py"]) == ("outside", "mine\n")
    assert saved_file(tutor.record, LAB, "double.py") == "theirs\n"


def test_a_text_that_was_left_is_told_until_the_disk_has_it(tutor: Tutor, opened: Opened) -> None:
    history = tutor.bench.history
    assert history.left(opened) == []
    history.keep(opened, "double.py", "typed last\n", "left")
    assert history.left(opened) == ["double.py"]
    (moment,) = history.moments(opened)
    history.restore(opened, moment)
    assert opened.workspace.read("double.py") == "typed last\n"
    assert history.left(opened) == []


def test_giving_up_stays_with_every_later_run(tutor: Tutor, opened: Opened) -> None:
    history = tutor.bench.history
    history.record(opened, result("fail", "skip"), pinned=history.pin(opened))
    assert not history.standing(opened).gave_up
    history.give_up(opened, 2)
    history.give_up(opened, 2)
    standing = history.standing(opened)
    assert standing.gave_up
    assert standing.last
    assert not standing.last.gave_up
    assert tutor.bench.states()[LAB].runs == 1
    history.record(opened, result("pass", "pass"), pinned=history.pin(opened))
    assert [moment.gave_up for moment in history.moments(opened)] == [False, True]
    assert history.standing(opened).first == history.moments(opened)[0]


def test_a_run_goes_to_the_engine_that_was_chosen(
    tutor: Tutor, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nexus_tui.labs import runner
    from nexus_tui.labs.engines import Variant
    from nexus_tui.labs.protocol import RunRequest
    from tests.ui.course import trust

    asked: list[RunRequest] = []

    def run(request: RunRequest, *_: object) -> RunResult:
        asked.append(request)
        return result("pass", "pass")

    monkeypatch.setattr(runner, "run", run)
    trust(tutor)
    variant = Variant("redis", "Redis 7", "redis://localhost/0", (6379,))
    tutor.bench.run(opened, texts={"double.py": "x"}, variant=variant)
    tutor.bench.run(opened)
    chosen, embedded = asked
    assert (chosen.variant, chosen.url, chosen.ports) == ("redis", "redis://localhost/0", (6379,))
    assert chosen.workspace == {"double.py": "x"}
    assert (embedded.variant, embedded.url, embedded.ports) == ("", "", ())
    assert embedded.workspace == {"double.py": STARTER, "other.py": "# nothing here\n"}
    assert tutor.bench.engines(opened) == ()


def test_the_certificate_of_a_lab(tutor: Tutor, opened: Opened) -> None:
    assert tutor.bench.certificate(opened) is None
    path = Path(opened.lab.head.path) / "certificate.yaml"
    path.write_text("{mutants: 9, wrong: 5, digest: x}", "utf-8")
    assert str(tutor.bench.certificate(opened)) == "9 mutants, 5 wrong solutions, none passes"
