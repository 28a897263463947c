"""Learning paths: their steps, branches, plans and dates; and the one thing to do next."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from nexus_tui.course.check import check
from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor, planned
from nexus_tui.tutor.dates import read_day
from nexus_tui.tutor.goal import Goal, plan
from nexus_tui.tutor.steps import Step
from tests.ui.course import FILES, LAB, LOOPS, NAMES, answer, read, write

PATHS = """\
paths:
  - id: short
    title: The short way
    whom: Someone in a hurry
    ends: a smile
    steps:
      - python/loops
      - sql/windows
      - id: which
        ask: Which is it?
        branches:
          - {id: cache, text: A cache, steps: [caching/whether]}
          - {id: join, text: A join, steps: [sql/joins]}
      - python
to_come:
  sql/windows: Window functions
"""
TODAY = date(2026, 3, 10)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    course = FILES["lessons/course.yaml"] + PATHS
    return write(tmp_path / "course", {"lessons/course.yaml": course})


@pytest.fixture
def tutor(root: Path, tmp_path: Path, clock: Clock) -> Iterator[Tutor]:
    made = Tutor.open(root=root, places=Places(tmp_path, tmp_path / "cache"), now=clock)
    yield made
    made.close()


def ids(tutor: Tutor) -> list[str]:
    return [step.id for step in tutor.paths.route().steps]


def test_steps_are_followed_through_forks_and_modules_once_each(tutor: Tutor) -> None:
    tutor.paths.choose("short")
    assert ids(tutor) == [LOOPS, "sql/windows", "which", NAMES, LAB]
    tutor.paths.turn("short", "which", "join")
    assert ids(tutor) == [LOOPS, "sql/windows", "which", "sql/joins", NAMES, LAB]
    tutor.paths.turn("short", "which", "cache")
    assert "caching/whether" in ids(tutor)
    assert "sql/joins" not in ids(tutor)


def test_progress_counts_what_exists_and_goes_to_the_next_open_step(tutor: Tutor) -> None:
    tutor.paths.choose("short")
    route = tutor.paths.route()
    assert (route.done, route.total, route.to_come) == (0, 4 - 1, 1)
    assert [step.title for step in route.steps][1] == "Window functions"
    assert route.next is not None
    assert route.next.id == LOOPS
    read(tutor, LOOPS)
    route = tutor.paths.route()
    assert route.done == 1
    assert route.next is not None
    assert route.next.kind == "fork"
    assert tutor.today.next().kind == "fork"
    assert planned.progress(route) == "1 of 3 done, 1 to come"


def test_a_choice_travels_as_an_event_and_an_unknown_one_counts_for_nothing(tutor: Tutor) -> None:
    events.append(tutor.record, "setting", "path", {"value": "gone"})
    events.append(tutor.record, "setting", "goal", {"value": {"date": "never"}})
    events.append(tutor.record, "setting", "turns", {"value": ["x"]})
    choices = tutor.paths.choices()
    assert (choices.path, choices.goal, choices.turns) == ("", None, {})
    with pytest.raises(NexusError, match="no path"):
        tutor.paths.choose("nowhere")
    tutor.paths.choose("short")
    found = events.last(tutor.record, "setting")
    assert found is not None
    assert found.payload == {"value": "short"}


def test_without_a_path_the_whole_course_is_the_way(tutor: Tutor) -> None:
    route = tutor.paths.route()
    assert route.path.title == "The whole course"
    assert [step.id for step in route.steps][:2] == [NAMES, LAB]


def test_the_plan_counts_back_and_says_when_one_is_behind(tutor: Tutor, clock: Clock) -> None:
    tutor.paths.choose("short")
    tutor.paths.aim(TODAY + timedelta(days=3), "interview")
    found = tutor.paths.route().plan
    assert found is not None
    assert (found.days, found.left, found.a_day, found.behind) == (3, 3, 1, 0)
    assert "interview: 13 March. 3 steps in 3 days: 1 a day" in planned.sentences(found)[0]
    clock.now += timedelta(days=2)
    found = tutor.paths.route().plan
    assert found is not None
    assert (found.days, found.a_day, found.behind) == (1, 3, 2)
    assert "2 steps behind" in planned.sentences(found)[0]
    assert tutor.today.next().reason == "Your path is two steps behind its day."
    clock.now += timedelta(days=1)
    late = tutor.paths.route().plan
    assert late is not None
    assert "The day has come" in planned.sentences(late)[0]
    tutor.paths.drop_goal()
    assert tutor.paths.route().plan is None


def test_what_to_leave_out_is_first_what_nothing_builds_on() -> None:
    steps = [
        Step("a", "A", "lesson", "", 50),
        Step("b", "B", "lesson", "", 50, needs=("a",)),
        Step("lab", "Lab", "lab", "", 40),
        Step("c", "C", "challenge", "", 10),
        Step("d", "D", "lesson", "", 50, begun=True),
    ]
    goal = Goal(TODAY + timedelta(days=2), since=TODAY, left=5)
    assert [s.id for s in plan(goal, steps, TODAY).leave_out] == ["c", "lab", "b"]
    goal = Goal(TODAY + timedelta(days=9), since=TODAY, left=5)
    assert plan(goal, steps, TODAY).leave_out == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-12", date(2026, 3, 12)),
        ("12 March", date(2026, 3, 12)),
        ("march 12", date(2026, 3, 12)),
        ("1st Mar", date(2027, 3, 1)),
        ("29 feb", date(2028, 2, 29)),
        ("12 March, 2027", date(2027, 3, 12)),
        ("tomorrow", date(2026, 3, 11)),
        (" in 2 weeks ", date(2026, 3, 24)),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "No date"),
        ("soon", "no date"),
        ("30 feb", "no such day"),
        ("2026-02-30", "no such day"),
        ("10 March", "is today"),
        ("2026-03-09", "is over"),
        ("2036-01-01", "too far"),
        ("in 99999 days", "no date"),
        ("12 12", "no date"),
        ("\u0661\u0662 March 12 x y", "date"),
        ("[b]12[/b] March", "no date"),
    ],
)
def test_a_date_that_is_none_is_said_in_words(text: str, told: str) -> None:
    with pytest.raises(NexusError, match=told) as error:
        read_day(text, TODAY)
    assert error.value.hint


def test_the_next_thing_weighs_what_waits(tutor: Tutor, clock: Clock) -> None:
    assert tutor.today.next().id == NAMES
    tutor.study.read(tutor.study.open(LOOPS), 0)
    assert tutor.today.next().reason == "You stopped here today."
    answer(tutor, f"{NAMES}#copies", right=False)
    clock.now += timedelta(days=1)
    assert tutor.today.next().reason == "You stopped here yesterday."
    clock.now += timedelta(days=2)
    found = tutor.today.next()
    assert (found.kind, found.reason) == (
        "review",
        "You were sure of a question, and wrong: mend that first.",
    )


def test_what_a_lesson_builds_on_is_refreshed_when_it_has_faded(tutor: Tutor, clock: Clock) -> None:
    from nexus_tui.tutor.next import refresh

    read(tutor, NAMES)
    answer(tutor, f"{NAMES}#one-list", right=False, confidence="")
    answer(tutor, f"{NAMES}#copies", right=False, confidence="")
    clock.now += timedelta(days=40)
    events.append(tutor.record, "lesson_done", "x/y", {})
    tutor.choose(tutor.settings.__class__(daily_cap=0))
    found = tutor.today.next()
    assert (found.kind, found.id) == ("refresh", LOOPS)
    assert found.reason == "A thing this builds on has faded: three questions, one minute."
    assert set(refresh(tutor, LOOPS).questions) == {f"{NAMES}#one-list", f"{NAMES}#copies"}


def test_the_linter_knows_steps_that_lead_nowhere(root: Path) -> None:
    path = root / "lessons/course.yaml"
    assert not [p for p in check(root).problems if "path" in p.message]
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("- sql/windows", "- sql/window").replace("- python\n", "- rust/loops\n", 1)
        + "  go/loops: Loops\n",
        "utf-8",
    )
    told = [p.message for p in check(root).problems if p.file.endswith("course.yaml")]
    assert any("`sql/window`, which is nowhere" in message for message in told)
    assert any("there is no module `rust`" in message for message in told)
    assert any("there is no module `go`" in message for message in told)


def test_the_first_screens_are_due_once(tutor: Tutor) -> None:
    assert tutor.today.view().fresh
    tutor.paths.welcomed()
    tutor.paths.welcomed()
    assert not tutor.today.view().fresh
    assert len(tutor.record.rows("SELECT id FROM event")) == 1
