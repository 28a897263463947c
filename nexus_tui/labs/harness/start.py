# ruff: noqa: PTH100, PTH120
"""Entry of every child: ``python -I -X utf8 start.py sample|lab``.

Runs the module of that name as part of the package ``harness``, so that it can import its
neighbours although nothing of nexus_tui is on ``sys.path``.
"""

import os
import sys


def main() -> None:
    """Import ``harness.<name>`` and call its ``main``."""
    above = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.insert(0, above)
    module = __import__(f"harness.{sys.argv[1]}", fromlist=["main"])
    sys.path.remove(above)
    module.main()


main()
