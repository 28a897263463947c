import os
import sys
from pathlib import Path

import pytest

from nexus_tui.errors import NexusError
from nexus_tui.labs.workspace import PLACE, ChangedOutside, Place, Workspace


@pytest.fixture
def space(tmp_path: Path) -> Workspace:
    starter = tmp_path / "starter"
    (starter / "shop").mkdir(parents=True)
    (starter / "app.py").write_text("start\n", "utf-8")
    (starter / "shop" / "models.py").write_text("models\n", "utf-8")
    return Workspace(tmp_path / "data" / "lab", starter, ["app.py", "shop/models.py"])


def test_created_from_the_starter_once(space: Workspace) -> None:
    space.ensure()
    assert space.texts() == {"app.py": "start\n", "shop/models.py": "models\n"}
    space.save("app.py", "mine\n")
    (space.starter / "app.py").write_text("a newer starter\n", "utf-8")
    space.ensure()
    assert space.read("app.py") == "mine\n"


def test_file_without_a_starter_begins_empty(tmp_path: Path) -> None:
    space = Workspace(tmp_path / "lab", tmp_path / "none", ["index.sql"])
    space.ensure()
    assert space.read("index.sql") == ""


def test_change_by_another_program_is_not_overwritten(space: Workspace) -> None:
    space.ensure()
    assert not space.changed_outside("app.py")
    space.path("app.py").write_text("from vim\n", "utf-8")
    assert space.changed_outside("app.py")
    with pytest.raises(ChangedOutside):
        space.save("app.py", "mine\n")
    assert space.path("app.py").read_text("utf-8") == "from vim\n"
    space.save("app.py", "mine\n", over=True)
    assert not space.changed_outside("app.py")
    assert space.read("app.py") == "mine\n"


def test_deleted_outside_counts_as_changed(space: Workspace) -> None:
    space.ensure()
    space.path("app.py").unlink()
    assert space.changed_outside("app.py")
    assert space.read("app.py") == ""
    space.save("app.py", "again\n")
    assert space.read("app.py") == "again\n"


def test_first_save_over_an_unread_file_is_allowed_only_after_reading(space: Workspace) -> None:
    space.ensure()
    again = Workspace(space.folder, space.starter, space.names)
    space.save("app.py", "one\n")
    with pytest.raises(ChangedOutside):
        again.save("app.py", "two\n")
    again.read("app.py")
    again.save("app.py", "two\n")


def test_reset_keeps_what_was_there(space: Workspace) -> None:
    space.ensure()
    space.save("app.py", "mine\n")
    kept = space.reset()
    assert space.read("app.py") == "start\n"
    assert (kept / "app.py").read_text("utf-8") == "mine\n"
    assert (kept / "shop" / "models.py").read_text("utf-8") == "models\n"
    assert space.reset() != kept


def test_failed_save_leaves_the_old_text_and_no_litter(space: Workspace, monkeypatch) -> None:
    space.ensure()

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NexusError, match="cannot be saved: No space left"):
        space.save("app.py", "mine\n")
    assert space.read("app.py") == "start\n"
    assert sorted(path.name for path in space.folder.iterdir()) == ["app.py", "shop"]


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes")
def test_saving_follows_a_link_and_keeps_the_mode(space: Workspace, tmp_path: Path) -> None:
    real = tmp_path / "repo.py"
    real.write_text("linked\n", "utf-8")
    real.chmod(0o755)
    space.folder.mkdir(parents=True)
    space.path("app.py").symlink_to(real)
    space.read("app.py")
    space.save("app.py", "mine\n")
    assert real.read_text("utf-8") == "mine\n"
    assert real.stat().st_mode & 0o777 == 0o755
    assert space.path("app.py").is_symlink()


def test_text_in_another_encoding_is_said(space: Workspace) -> None:
    space.ensure()
    space.path("app.py").write_bytes(b"caf\xe9")
    with pytest.raises(NexusError, match="not text in UTF-8"):
        space.read("app.py")


@pytest.mark.parametrize("name", ["../x", "/etc/x", "", "a/../../x"])
def test_no_name_leads_outside(space: Workspace, name: str) -> None:
    with pytest.raises(NexusError, match="no name of a file"):
        space.read(name)


def test_where_one_was_survives(space: Workspace) -> None:
    space.ensure()
    assert space.place() == Place()
    place = Place("app.py", {"app.py": (3, 4, 1), "shop/models.py": (0, 0, 0)})
    space.keep_place(place)
    assert Workspace(space.folder, space.starter, space.names).place() == place


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"file": 1, "spots": {"a": [1]}}', "\xff"])
def test_a_place_that_makes_no_sense_is_the_beginning(space: Workspace, text: str) -> None:
    space.ensure()
    (space.folder / PLACE).write_bytes(text.encode("latin-1"))
    assert space.place() == Place()


def test_a_place_that_cannot_be_kept_is_no_matter(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nexus_tui.labs import workspace

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace, "write_atomically", full)
    space.keep_place(Place("app.py"))
    assert space.place() == Place()


def test_looking_and_running_do_not_count_as_reading(space: Workspace) -> None:
    space.ensure()
    space.path("app.py").write_text("from vim\n", "utf-8")
    assert space.texts()["app.py"] == "from vim\n"
    assert space.peek("app.py") == "from vim\n"
    assert space.changed_outside("app.py")
    space.path("app.py").write_bytes(b"\xff")
    assert space.peek("app.py") == "\N{REPLACEMENT CHARACTER}"
    with pytest.raises(NexusError):
        space.texts()
