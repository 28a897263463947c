"""nexus-tui: learn backend engineering in the terminal."""

# Written here, not read from the package's metadata: that look-up costs 14 ms of every start.
__version__ = "0.1.0"
