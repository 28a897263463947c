"""My learnings: honest, from the record, the same bytes for the same record."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from markdown_it import MarkdownIt

from nexus_tui import commands
from nexus_tui.course.inline import inline
from nexus_tui.course.model import Inline, PostMortem
from nexus_tui.errors import NexusError
from nexus_tui.learner import events
from nexus_tui.tutor import Tutor, learnings
from nexus_tui.tutor.journal import Journal, template_of
from nexus_tui.tutor.learned import gather
from nexus_tui.tutor.learnings import Built, Incident, Learned, Own, Topic
from nexus_tui.tutor.markdown import own_words, plain, styled, ticked
from tests.ui.conftest import CHALLENGE, TINY, Clock
from tests.ui.course import LAB, LOOPS, NAMES, answer, read

TOPIC = Topic("Python", "How names are bound.", ("Say what `is` means",), 3, 1, 2)
MORTEM = PostMortem(*(inline(word) for word in ("slow", "a *scan*", "`(a, b)`", "6 ms", "alert")))
WHOLE = Learned(
    "Small",
    1200,
    900,
    80,
    "2026-03-01",
    (("Technologies", (TOPIC,)), ("Challenges", ()), ("Best practices", ())),
    incidents=(Incident("Four seconds", "A page got slow.", 2, 3, MORTEM),),
    built=(Built("Double it", "Doubles.", 3, 1, False, (("queries", "41 queries", "3 queries"),)),),
    faced=(Own("The day", "# The day\n\n## Symptom\n\nIt stopped.\n\n## Cause\n"),),
    corrected=(inline("`is` compares **objects**."),),
    takeaways=(Own("Python", "Measure first."),),
    notes=(Own("Names", "mine"),),
)


def test_the_whole_document() -> None:
    assert learnings.text(WHOLE) == (
        """\
<!-- nexus-tui export readme -->
# My learnings: Small

## Overview

What I have studied since 2026-03-01, from the record of my own lessons, answers and labs.

- 1 module: Python
- 1 lesson read
- 80 questions met, 1,200 answers given, 900 of them right
- 1 lab passed, 1 challenge gone through
- 1 thing I could do today without looking it up

## Technologies

### Python

How names are bound.

Lessons read: 1 of 2. Firm objectives: 1 of 3.

What I can do now:

- Say what `is` means

## Challenges faced and solutions implemented

### Four seconds

A page got slow. Challenge: 2 of 3 steps right.

- **Symptom:** slow
- **Cause:** a *scan*
- **Solution:** `(a, b)`
- **Cost:** 6 ms
- **Seen earlier by:** alert

### Double it

Doubles. Lab passed after 3 runs, with 1 hint.

| measured | first run | solution |
|---|---|---|
| queries | 41 queries | 3 queries |

### The day

#### Symptom

It stopped.

## Personal takeaways

### Python

Measure first.

What I was sure of, was wrong about, and know now:

- `is` compares **objects**.

## My notes

### Names

mine
"""
    )


def test_challenges_have_their_place_in_a_course_without_such_a_group() -> None:
    groups = (("Technologies", (TOPIC,)),)
    made = learnings.text(replace(WHOLE, groups=groups))
    assert made.index("### Python") < made.index("## Challenges faced") < made.index("## Personal")


def test_nothing_done_is_nothing_claimed() -> None:
    made = learnings.text(Learned("Small", 0, 0, 0, "", (("Technologies", ()),)))
    assert made.endswith("## Overview\n\nNothing studied yet.\n")
    assert made.count("#") == 3


@pytest.mark.parametrize(
    "text",
    [
        "# a",
        "- a",
        "+ a",
        "1. a",
        "1) a",
        "*a* `b` [c](d) <e> | f ~~g~~ _h_ \\ select_related",
        "> a",
    ],
)
def test_text_means_nothing_to_markdown(text: str) -> None:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    shown = parser.parse(plain(text))
    assert [token.type for token in shown] == ["paragraph_open", "inline", "paragraph_close"]
    children = shown[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


def test_styles_become_markdown() -> None:
    assert styled(inline("Use `a*b` and **c_d** _e_, ``x`y``")) == (
        "Use `a*b` and **c_d** *e*, `` x`y ``"
    )
    assert styled(Inline("# no\n2. heading")) == "\\# no 2. heading"
    assert ticked("Choose `is` and *this*") == "Choose `is` and \\*this\\*"
    assert ticked("one ` tick") == "one \\` tick"


def test_own_words_keep_to_their_place() -> None:
    made = own_words("T", "# T\n## Part\n\ntext\n```\n# no heading\n## nor this")
    assert made == "### T\n\n#### Part\n\ntext\n```\n# no heading\n## nor this\n\n```"
    assert own_words("T", "T") == "### T"
    assert own_words("T", "## empty\n\n## Also") == "### T"


# From the record


def test_only_what_was_studied_and_is_known_today(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#one-list")
    answer(tutor, f"{NAMES}#copies", right=False, confidence="think")
    read(tutor, LOOPS)
    made = learnings.text(gather(tutor))
    assert "- 1 module: Python\n- 1 lesson read\n- 2 questions met, 2 answers given, 1 of" in made
    assert "- Say which object a name is tied to\n" in made
    assert "Firm objectives: 1 of 3." in made
    assert "SQL" not in made
    clock.days(400)
    assert "What I can do now" not in learnings.text(gather(tutor))


def test_the_same_record_gives_the_same_bytes(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#one-list")
    first = learnings.text(gather(tutor, notes=True))
    clock.now = clock.now.replace(hour=11)
    assert learnings.text(gather(tutor, notes=True)) == first


def test_what_one_was_sure_of_and_wrong_about(tutor: Tutor, clock: Clock) -> None:
    answer(tutor, f"{NAMES}#one-list", right=False)
    assert "Personal takeaways" not in learnings.text(gather(tutor))
    clock.days(1)
    answer(tutor, f"{NAMES}#one-list")
    answer(tutor, f"{NAMES}#copies", right=False)
    made = learnings.text(gather(tutor))
    assert "know now:\n\n- Names are tied to objects.\n" in made
    assert made.count("Names are tied to objects.") == 1


def lab_run(tutor: Tutor, passed: bool, queries: float, **more: object) -> None:
    payload = {
        "passed": passed,
        "checks": {"doubles": "pass" if passed else "fail"},
        "measures": [["queries", queries, ""]],
        "form": "blank",
        **more,
    }
    events.append(tutor.record, "lab_run", LAB, payload)


def test_a_lab_as_it_was_when_it_passed(tutor: Tutor) -> None:
    lab_run(tutor, False, 41)
    assert "Double it" not in learnings.text(gather(tutor))
    lab_run(tutor, True, 11, form="gaps")
    lab_run(tutor, True, 3, hints=2, gave_up=True)
    lab_run(tutor, False, 99)
    made = learnings.text(gather(tutor))
    assert "Lab passed after 3 runs, with 2 hints, having seen a model solution." in made
    assert "| queries | 41 | 3 |" in made
    assert "- 1 module: Python" in made


def test_the_journal_is_in_it_and_notes_only_when_wanted(tutor: Tutor) -> None:
    journal = Journal(tutor)
    journal.write(
        "own:1", template_of("The queue").replace("## Cause\n\n", "## Cause\n\nA lock.\n")
    )
    journal.write("takeaway:python", "Measure first.")
    journal.write(NAMES, "Private.")
    made = learnings.text(gather(tutor))
    assert "### The queue\n\n#### Cause\n\nA lock.\n" in made
    assert "Measure first." in made
    assert "Private." not in made
    assert "## My notes\n\n### " in learnings.text(gather(tutor, notes=True))


def test_a_challenge_gone_through() -> None:
    tutor = Tutor.open(root=TINY)
    steps = tutor.course.challenge(CHALLENGE).head.steps
    for step in steps[:-1]:
        answer(tutor, step)
    assert "four seconds" not in learnings.text(gather(tutor))
    answer(tutor, steps[-1], right=False)
    made = learnings.text(gather(tutor))
    tutor.close()
    assert "### My bookings takes four seconds\n\nA page got slow" in made
    assert "Challenge: 2 of 3 steps right." in made
    assert "- **Solution:** An index on `(host_id, start)`.\n" in made


def run(*args: str | Path) -> Result:
    args = ("--course", str(TINY), "export", "readme", *map(str, args))
    return CliRunner().invoke(commands.group, [*map(str, args)])


def test_the_command_writes_over_its_own_file_only(tmp_path: Path) -> None:
    target = tmp_path / "README.md"
    assert run(target).exit_code == 0
    assert run(target, "--notes").exit_code == 0
    assert target.read_text("utf-8") == run().output
    target.write_text("# A README of my own\n", "utf-8")
    assert isinstance(run(target).exception, NexusError)
    assert target.read_text("utf-8") == "# A README of my own\n"


def test_what_a_note_holds_is_obeyed_by_no_terminal() -> None:
    tutor = Tutor.open(root=TINY)
    Journal(tutor).write("takeaway:queries", "\x1b[31mred\x1b[0m \u202eevil")
    tutor.close()
    done = run()
    assert "\nred evil\n" in done.output
