"""A lab's certificate: read when it is there and says something."""

from pathlib import Path

import pytest

from nexus_tui.labs.certificate import Certificate, read


def test_what_it_says(tmp_path: Path) -> None:
    (tmp_path / "certificate.yaml").write_text("mutants: 214\nwrong: 7\ndigest: abc\n", "utf-8")
    found = read(tmp_path)
    assert found == Certificate(214, 7, "abc")
    assert str(found) == "214 mutants, 7 wrong solutions, none passes"
    assert str(Certificate(1, 1)) == "1 mutant, 1 wrong solution, none passes"


@pytest.mark.parametrize(
    "text",
    [
        *("", "[", "- 1", "mutants: 3", "mutants: x\nwrong: 1", "mutants: -1\nwrong: 1"),
        *("mutants: true\nwrong: 1", "mutants: 1.5\nwrong: 1", "3"),
    ],
)
def test_what_says_nothing_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "certificate.yaml").write_text(text, "utf-8")
    assert read(tmp_path) is None


def test_a_lab_without_one(tmp_path: Path) -> None:
    assert read(tmp_path) is None
    (tmp_path / "certificate.yaml").write_bytes(b"\xff\xfe")
    assert read(tmp_path) is None
