"""Nexus Stays: bookings of properties by the night."""
