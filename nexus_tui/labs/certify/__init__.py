"""Certifies labs. ``python -m nexus_tui.labs.certify labs/<module>/<lab>`` for authors."""

from nexus_tui.labs.certify.mutants import Mutant
from nexus_tui.labs.certify.proof import Certificate, certify

__all__ = ["Certificate", "Mutant", "certify"]
