"""Screens: one file per place or dialog."""
