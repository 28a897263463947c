from pathlib import Path

import pytest

from nexus_tui.labs.lessons import Fence, fences, main, samples

TEXT = """\
---
title: A lesson
---
```python run
print('one')
```

```output
one
```
- in a list

  ```python run on=base
  print(name)
  ```

```sql run
SELECT 1 AS n;
```

```python
never()
```
```text
run
```
"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "lessons" / "python" / "a.md"
    (path.parent / "on").mkdir(parents=True)
    (path.parent.parent / "on").mkdir()
    (path.parent / "on" / "base.py").write_text("name = 'of the module'\n", "utf-8")
    (path.parent.parent / "on" / "base.py").write_text("name = 'shared'\n", "utf-8")
    path.write_text(TEXT, "utf-8")
    return path


def test_fences_know_their_lines_and_indentation() -> None:
    found = list(fences(TEXT.splitlines()))
    assert found[0] == Fence(("python", "run"), "print('one')", 3, 5)
    assert found[2].source == "print(name)"
    assert found[2].on == "base"
    assert len(found) == 6


def test_fence_in_a_quote() -> None:
    text = (
        "> **Note.**\n>\n> ```python run\n> if x:\n>     y\n>\n> ```\n>\n> ```output\n> z\n> ```\n"
    )
    (sample,) = samples(text.replace("\n>\n> ```output", "\n> ```output").splitlines())
    assert sample.fence.source == "if x:\n    y\n"
    assert sample.output is not None
    assert sample.output.source == "z"


def test_longer_fence_holds_shorter_ones() -> None:
    text = "````markdown\n```python run\nx\n```\n````\n"
    assert [fence.words for fence in fences(text.splitlines())] == [("markdown",)]


def test_output_belongs_to_the_sample_right_before_it() -> None:
    outputs = [sample.output for sample in samples(TEXT.splitlines())]
    assert [output.source if output else None for output in outputs] == ["one", None, None]


def test_report_compares(lesson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(lesson)]) == 0
    assert "== as the lesson says" in capsys.readouterr().out
    lesson.write_text(TEXT.replace("\none\n", "\ntwo\n"), "utf-8")
    assert main([str(lesson)]) == 1
    assert "-two\n+one\n" in capsys.readouterr().out


def test_write_fills_in_what_is_printed_and_is_then_content(lesson: Path) -> None:
    lesson.write_text(TEXT.replace("\none\n", "\ntwo\n"), "utf-8")
    assert main(["--write", str(lesson)]) == 0
    text = lesson.read_text("utf-8")
    assert "```output\none\n```\n- in a list" in text
    assert "  ```\n\n  ```output\n  of the module\n  ```\n" in text
    assert "```output\nn\n1\n```\n\n```python\nnever()" in text
    assert main(["--write", str(lesson)]) == 0
    assert lesson.read_text("utf-8") == text


def test_write_leaves_alone_what_differs_each_time(lesson: Path, capsys) -> None:
    text = "```python run\nprint(id(object()), __import__('os').getpid())\n```\n"
    lesson.write_text(text, "utf-8")
    assert main(["--write", str(lesson)]) == 1
    assert "prints other text each time" in capsys.readouterr().out
    assert lesson.read_text("utf-8") == text


def test_unknown_setup_is_named(lesson: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lesson.write_text("```python run on=gone\npass\n```\n", "utf-8")
    assert main([str(lesson)]) == 1
    assert "no setup gone.py" in capsys.readouterr().out
