"""Imports run downwards only: proven from the source, and by what a child really loads."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "nexus_tui"
BASE = {"errors", "paths", "settings", ""}
MAY = {
    "course": {"course"},
    "learner": {"learner"},
    "labs": {"labs"},
    "tutor": {"tutor", "course", "learner", "labs"},
    "plain": {"plain", "tutor", "course", "learner", "labs", "launch"},
    "ui": {"ui", "tutor", "course", "learner", "labs"},
}
"""Layer -> the layers it may import, besides errors, paths and settings."""
INK = PACKAGE / "plain" / "ink.py"
"""The one file outside the screen that may import Rich; itself imported only on a terminal."""


def _modules() -> list[tuple[str, Path]]:
    return [
        (path.relative_to(PACKAGE).parts[0], path)
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] in MAY
    ]


def _imported(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
            if node.module == "nexus_tui":
                found |= {f"nexus_tui.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("layer", sorted(MAY))
def test_imports_run_downwards(layer: str) -> None:
    wrong = []
    for owner, path in _modules():
        if owner != layer:
            continue
        for name in _imported(path):
            parts = name.split(".")
            if parts[0] == "nexus_tui" and len(parts) > 1:
                target = parts[1]
                if target not in BASE | MAY[layer] and target != "__version__":
                    wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
            drawing = parts[0] == "textual" or (parts[0] == "rich" and path != INK)
            if drawing and layer != "ui":
                wrong.append(f"{path.relative_to(PACKAGE)} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_the_harness_imports_nothing_of_the_program_but_itself() -> None:
    for path in sorted((PACKAGE / "labs" / "harness").rglob("*.py")):
        others = {n for n in _imported(path) if n.startswith("nexus_tui")}
        assert not others, f"{path.name} imports {others}"


@pytest.mark.parametrize("layer", ["course", "learner", "labs", "tutor", "plain"])
def test_no_layer_below_the_screen_loads_textual(layer: str) -> None:
    names = [
        ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
        for owner, path in _modules()
        if owner == layer and path.name != "__main__.py" and "harness" not in path.parts
    ]
    script = (
        f"import importlib, sys\n[importlib.import_module(n) for n in {names!r}]\n"
        "print([m for m in sys.modules if m.partition('.')[0] == 'textual'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
