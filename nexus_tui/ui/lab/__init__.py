"""What the lab screen shows."""
