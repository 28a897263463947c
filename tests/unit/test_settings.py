"""Settings and places: what is on the disk, whatever state it is in."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from nexus_tui import paths
from nexus_tui.errors import NexusError
from nexus_tui.settings import Settings, load, save


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(theme="nexus-light", daily_cap=80, ascii=True, trusted=("a", "b"))
    path = tmp_path / "new" / "settings.json"
    save(path, chosen)
    assert load(path) == chosen
    save(path, replace(chosen, ascii=False))
    assert load(path) == replace(chosen, ascii=False)
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "7", '"x"', "\x00\xff", '{"theme": 5, "daily_cap": "many"}', "{}"],
)
def test_a_strange_file_gives_the_defaults(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(text, "latin-1")
    assert load(path) == Settings()


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Settings()
    assert load(tmp_path) == Settings()


def test_what_is_good_of_a_file_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    given = {"theme": "nexus-light", "daily_cap": True, "later": 1, "trusted": ["a", 5]}
    path.write_text(json.dumps(given), "utf-8")
    assert load(path) == Settings(theme="nexus-light", trusted=("a",))


def test_a_crash_while_saving_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    save(path, Settings(theme="nexus-light"))

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(json, "dump", full)
    with pytest.raises(NexusError, match="No space left on device"):
        save(path, Settings())
    assert load(path).theme == "nexus-light"
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]


def test_nexus_home_holds_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEXUS_HOME", str(tmp_path / "mine"))
    found = paths.places()
    assert found.record == tmp_path / "mine" / "progress.db"
    assert found.settings.parent == found.labs.parent == found.data
    assert found.cache.is_relative_to(found.data)
    assert not found.data.exists()


def test_nexus_home_may_begin_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("NEXUS_HOME", "~/kept")
    assert paths.places().data == tmp_path / "kept"


def test_without_it_the_platform_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEXUS_HOME")
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    found = paths.places()
    assert found.data.name == "nexus-tui"
    assert found.data != found.cache


def test_no_home_at_all_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEXUS_HOME")
    monkeypatch.setattr(paths, "_has_home", lambda: False)
    with pytest.raises(NexusError) as caught:
        paths.places()
    assert "NEXUS_HOME" in caught.value.hint


def test_the_course_lies_beside_the_package_in_a_checkout() -> None:
    root = paths.course_root()
    assert (root / "lessons" / "course.yaml").is_file()
    assert paths.stamp(root) is None


def test_an_error_says_what_and_what_to_do() -> None:
    assert str(NexusError("Broken.", "Mend it.")) == "Broken.\nMend it."
    assert str(NexusError("Broken.")) == "Broken."
