"""Lays out the folder a run works in: copies, so that a run never touches the originals."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from nexus_tui.labs.protocol import RunRequest


def lay_out(request: RunRequest, workspace: Path) -> None:
    """Fill a fresh workspace: the learner's files, and the lab's ``files/`` over them."""
    workspace.mkdir()
    workspace.chmod(0o755)  # whatever the umask: an engine may run as another user
    if isinstance(request.workspace, Path):
        ignore = shutil.ignore_patterns("__pycache__", ".*")
        shutil.copytree(request.workspace, workspace, dirs_exist_ok=True, ignore=ignore)
    else:
        _write(request.workspace, workspace)
    support = request.lab / "files"
    if support.is_dir():
        shutil.copytree(support, workspace, dirs_exist_ok=True)


def _write(files: Mapping[str, str], workspace: Path) -> None:
    for name, text in files.items():
        path = workspace / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "replace")
