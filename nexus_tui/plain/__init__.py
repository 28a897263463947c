"""The plain face: line by line, for a pipe, a slow link, a screen reader."""
