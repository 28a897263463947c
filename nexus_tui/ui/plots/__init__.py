"""Plots as lines of text: pure functions from numbers to lines, in signs or in ASCII."""
