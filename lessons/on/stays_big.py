"""Nexus Stays with 200,000 bookings: enough for a plan to matter. Defines ``db``."""

import stays

if __name__ == "setup":
    db = stays.connect(200_000)
