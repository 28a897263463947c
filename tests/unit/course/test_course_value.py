"""``value`` makes what ``dataclass(frozen=True, slots=True)`` would."""

import copy
import dataclasses
import pickle

import pytest

from nexus_tui.course.model import Inline, Outline, Paragraph, Rule, Section, Span
from nexus_tui.course.value import value


@value
class Point:
    x: int
    y: int = 2


def test_fields_defaults_and_keywords() -> None:
    assert Point(1) == Point(x=1, y=2)
    assert Point(1) != Point(2)
    assert Point(1) not in [(1, 2)]
    assert repr(Point(1)) == "Point(x=1, y=2)"
    with pytest.raises(TypeError):
        Point()  # type: ignore[call-arg]


def test_it_is_frozen_and_has_no_dict() -> None:
    point = Point(1)
    with pytest.raises(AttributeError):
        point.x = 3  # type: ignore[misc]
    with pytest.raises(AttributeError):
        del point.x
    with pytest.raises(AttributeError):
        point.z = 3  # type: ignore[attr-defined]
    assert not hasattr(point, "__dict__")


def test_it_can_be_a_key() -> None:
    assert {Point(1): "a"}[Point(1, 2)] == "a"
    assert hash(Point(1)) != hash(Point(2))


def test_dataclass_tools_take_it() -> None:
    text = Inline("a", (Span(0, 1, "code"),))
    assert dataclasses.replace(text, text="b").text == "b"
    assert [field.name for field in dataclasses.fields(text)] == ["text", "spans"]
    assert dataclasses.asdict(Paragraph(Inline("a"))) == {"text": {"text": "a", "spans": ()}}
    assert dataclasses.is_dataclass(Rule())


def test_it_can_be_copied_and_pickled() -> None:
    text = Inline("a", (Span(0, 1, "code"),))
    assert copy.deepcopy(text) == pickle.loads(pickle.dumps(text)) == copy.copy(text) == text


def test_it_matches_by_position_and_keeps_properties() -> None:
    match Section("a", "b", ()):
        case Section(title, slug, blocks):
            assert (title, slug, blocks) == ("a", "b", ())
    assert Section("a", "b", ()).asks == ()
    assert Outline("a", "en", (), {}).retired == {}
