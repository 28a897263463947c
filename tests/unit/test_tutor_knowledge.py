"""The knowledge map, objectives, and that foreign code runs only with consent."""

from pathlib import Path

import pytest

from nexus_tui import paths
from nexus_tui.errors import NexusError
from nexus_tui.learner import events, progress
from nexus_tui.paths import Places
from nexus_tui.tutor import Tutor, knowledge
from nexus_tui.tutor.knowledge import Recall, mean
from tests.ui.conftest import Clock
from tests.ui.course import LAB, LOOPS, NAMES, answer, trust


def test_nothing_met_is_nothing_known(tutor: Tutor) -> None:
    for recall in tutor.knowledge.map().values():
        assert recall.level == 0
        assert recall.words == "not met"


def test_an_answer_shows_in_its_lesson_and_its_module(tutor: Tutor) -> None:
    answer(tutor, f"{LOOPS}#last")
    found = tutor.knowledge.map()
    assert found[LOOPS].now == pytest.approx(1.0)
    assert 0 < found[LOOPS].later < found[LOOPS].now
    assert (found[LOOPS].met, found[LOOPS].total) == (1, 1)
    assert found["python"].now == pytest.approx(0.5)
    assert (found["python"].met, found["python"].total) == (1, 4)
    assert found["sql"].level == found["caching"].level == 0


def test_a_lab_weighs_like_a_question(tutor: Tutor) -> None:
    payload = {"checks": {}, "passed": True, "hints": 0, "ms": 5}
    events.append(tutor.record, "lab_run", LAB, payload)
    found = tutor.knowledge.map()
    assert found[NAMES].now == pytest.approx(1 / 3)
    assert (found[NAMES].met, found[NAMES].total) == (1, 3)


def test_what_is_known_fades(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{LOOPS}#last")
    fresh = tutor.knowledge.map()[LOOPS].now
    clock.days(60)
    assert tutor.knowledge.map()[LOOPS].now < fresh


@pytest.mark.parametrize(
    ("now", "met", "level", "words"),
    [
        (0.0, 0, 0, "not met"),
        (0.0, 3, 0, "not met"),
        (0.01, 1, 1, "beginning"),
        (0.35, 1, 2, "half known"),
        (0.6, 1, 3, "mostly known"),
        (0.849, 1, 3, "mostly known"),
        (0.85, 1, 4, "known well"),
        (1.0, 1, 4, "known well"),
    ],
)
def test_levels_and_their_words(now: float, met: int, level: int, words: str) -> None:
    recall = Recall(now, now, met, 3)
    assert (recall.level, recall.words) == (level, words)


def test_the_mean_of_nothing_is_nothing() -> None:
    assert mean([]) == Recall()
    assert mean([Recall(1, 0.5, 1, 2), Recall()]) == Recall(0.5, 0.25, 1, 2)


def test_objectives_are_met_by_their_questions(tutor: Tutor) -> None:
    head = tutor.study.open(NAMES).head
    assert tutor.study.objectives_met(head) == {"bind": False, "copy": False}
    answer(tutor, f"{NAMES}#one-list")
    assert tutor.study.objectives_met(head) == {"bind": True, "copy": False}


def test_a_quiz_that_is_broken_meets_no_objective(tutor: Tutor, course_root: Path) -> None:
    head = tutor.study.open(NAMES).head
    (course_root / "quizzes/python/names.yaml").write_text("questions: [", "utf-8")
    assert tutor.study.objectives_met(head) == {}


def test_code_from_elsewhere_needs_consent(tutor: Tutor) -> None:
    with pytest.raises(NexusError) as caught:
        tutor.bench.require_consent()
    assert str(tutor.course.root) in caught.value.hint
    opened = tutor.bench.open(LAB)
    with pytest.raises(NexusError):
        tutor.bench.run(opened)
    trust(tutor)
    tutor.bench.require_consent()


def test_the_built_in_course_needs_none(tmp_path: Path) -> None:
    tutor = Tutor.open(places=Places(tmp_path, tmp_path / "cache"))
    try:
        assert tutor.course.root == paths.course_root()
        tutor.bench.require_consent()
    finally:
        tutor.close()


def test_a_lab_keeps_what_is_saved_in_file_and_record(tutor: Tutor) -> None:
    from nexus_tui.learner.progress import saved_file

    opened = tutor.bench.open(LAB)
    tutor.bench.save(opened, "double.py", "x = 1\n")
    assert opened.workspace.path("double.py").read_text("utf-8") == "x = 1\n"
    assert saved_file(tutor.record, LAB, "double.py") == "x = 1\n"
    before = tutor.record.rows("SELECT count(*) FROM event")
    tutor.bench.save(opened, "double.py", "x = 1\n")
    assert tutor.record.rows("SELECT count(*) FROM event") == before
    assert set(tutor.bench.solution(opened)) == {"double.py", "other.py"}
    tutor.bench.reset(opened)
    assert saved_file(tutor.record, LAB, "double.py") == "def double(n):\n    return n\n"


def test_the_map_follows_answers_and_days_and_what_was_taken_back(
    tutor: Tutor, clock: Clock
) -> None:
    assert tutor.knowledge.map() is tutor.knowledge.map()
    card = events.answer(tutor.record, events.Answer(f"{LOOPS}#last", right=True, confidence=""))
    assert tutor.knowledge.map()[LOOPS].met == 1
    events.undo(tutor.record, card.event)
    assert tutor.knowledge.map()[LOOPS].met == 0


def test_sums_of_many_memories_are_kept_for_the_day(
    tutor: Tutor, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(knowledge, "WORTH_KEEPING", 0)
    answer(tutor, f"{LOOPS}#last")
    fresh = tutor.knowledge.map()
    path = tutor.places.cache / "recall.json"
    assert path.exists()

    def unread(*_: object) -> None:
        raise AssertionError("the cards were read")

    again = knowledge.Knowledge(tutor)
    with monkeypatch.context() as patch:
        patch.setattr(progress, "memories", unread)
        assert again.map() == fresh
    clock.days(40)
    assert again.map()[LOOPS].now < fresh[LOOPS].now


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"key": [], "sums": {"a": 1}}', "\udcff"])
def test_damaged_sums_are_added_up_anew(
    tutor: Tutor, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(knowledge, "WORTH_KEEPING", 0)
    answer(tutor, f"{LOOPS}#last")
    fresh = tutor.knowledge.map()
    (tutor.places.cache / "recall.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert knowledge.Knowledge(tutor).map() == fresh
