import unittest
from datetime import date

from stays.booking import nights, price_cents


class Booking(unittest.TestCase):
    def test_nights(self):
        assert nights(date(2026, 5, 1), date(2026, 5, 4)) == 3

    def test_price(self):
        assert price_cents(date(2026, 5, 1), date(2026, 5, 3), 8200) == 16400
