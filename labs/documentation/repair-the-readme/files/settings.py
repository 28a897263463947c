"""Settings, read from the environment."""

import os


class Missing(Exception):
    """A variable that has to be set is not."""


DATABASE = os.environ.get("PAYOUTS_DB", "payouts.db")
CURRENCY = os.environ.get("PAYOUTS_CURRENCY", "EUR")


def fee_percent() -> int:
    """Return what Nexus Stays keeps of each booking. There is no default: it is in the contract."""
    if "PAYOUTS_FEE_PERCENT" not in os.environ:
        raise Missing("set PAYOUTS_FEE_PERCENT")
    return int(os.environ["PAYOUTS_FEE_PERCENT"])
