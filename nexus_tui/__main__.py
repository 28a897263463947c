"""``python -m nexus_tui``."""

from nexus_tui.cli import main

main()
