"""Runs code in a child process, and says what happened."""
