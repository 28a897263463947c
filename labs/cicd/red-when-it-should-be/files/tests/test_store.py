import unittest
from datetime import date

from stays.store import store


class Store(unittest.TestCase):
    def test_a_night_is_booked_once(self):
        kept = store()
        assert kept.add(date(2026, 5, 1), date(2026, 5, 4))
        assert not kept.add(date(2026, 5, 3), date(2026, 5, 6))
        assert kept.add(date(2026, 5, 4), date(2026, 5, 6))
