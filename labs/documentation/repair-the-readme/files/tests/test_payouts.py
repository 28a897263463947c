"""What hosts are paid after the fee."""

import unittest

from payouts import payout_cents


class PayoutTest(unittest.TestCase):
    """The fee is taken off and rounded down."""

    def test_fee_is_taken_off(self) -> None:
        assert payout_cents(10_000, 12) == 8_800

    def test_fee_is_rounded_down(self) -> None:
        assert payout_cents(99, 12) == 88
