"""Tests: python -m unittest, in the folder of the project."""
