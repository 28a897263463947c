from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nexus_tui.learner.ids import decode, encode, is_id, micros, moment, new_id

WHEN = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)
times = st.datetimes(datetime(1971, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))


@given(st.integers(0, 2**128 - 1))
def test_an_id_is_its_number(value: int) -> None:
    assert decode(encode(value)) == value
    assert is_id(encode(value))


@given(st.lists(st.integers(0, 2**128 - 1), min_size=2))
def test_ids_sort_as_their_numbers(values: list[int]) -> None:
    assert sorted(map(encode, values)) == [encode(value) for value in sorted(values)]


@given(st.lists(times, min_size=2, max_size=30))
def test_ids_made_one_after_another_grow_whatever_the_clock_does(clock: list[datetime]) -> None:
    last = ""
    for when in clock:
        id = new_id(when, last)
        assert id > last
        last = id


def test_an_id_tells_its_millisecond() -> None:
    assert decode(new_id(WHEN)) >> 80 == micros(WHEN) // 1000


def test_two_machines_with_one_history_and_a_slow_clock_make_different_ids() -> None:
    ahead = new_id(datetime(2030, 1, 1, tzinfo=UTC))
    assert len({new_id(WHEN, ahead) for _ in range(1000)}) == 1000


@pytest.mark.parametrize("text", ["", "x", "8" + "0" * 25, "0" * 25 + "U", "0" * 27])
def test_what_is_no_id(text: str) -> None:
    assert not is_id(text)
    with pytest.raises(ValueError, match="not an event's id"):
        decode(text)


@given(times)
def test_times_survive_the_microseconds(when: datetime) -> None:
    assert moment(micros(when)) == when
