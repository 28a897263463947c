"""Widgets: one file per widget."""
