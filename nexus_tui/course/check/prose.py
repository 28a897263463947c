"""Markdown texts of the course: which there are, and what a block may be."""

import re
from typing import TYPE_CHECKING, Any

from nexus_tui.course.check.files import Known
from nexus_tui.course.check.running import check_inline
from nexus_tui.course.fields import NAME
from nexus_tui.course.inline import parser
from nexus_tui.course.model import Evidence
from nexus_tui.course.problems import Problems
from nexus_tui.course.quizzes import block_text, file_fields

if TYPE_CHECKING:
    from markdown_it.token import Token

WIDEST = 72
"""Columns a line of code may have."""
RUNNING = ("python", "sql")
"""Languages whose samples run."""
DEEPEST = 8
"""Levels of lists and quotes in each other."""

_FLAG = re.compile(r"run|on=[A-Za-z_]\w*")


def check_prose(known: Known) -> None:
    """Look at every Markdown text of the course, and at the width of evidence."""
    for file in known.files.values():
        check_markdown(file.body, file.body_line, known.at(file.head.path))
    for lab in known.labs.values():
        for name in ("brief.md", "solution.md"):
            path = lab.head.path / name
            check_markdown(known.text(path), 1, known.at(path))
    for challenge in known.challenges.values():
        path = challenge.head.path
        fields = file_fields(path, "", Problems(""))
        story, line = block_text(fields, "story") if fields else ("", 0)
        check_markdown(story, line, known.at(path))
    for question in known.questions().values():
        inside = question.lesson in known.quizzes
        path = (known.layout.quiz if inside else known.layout.challenge)(question.lesson)
        for pane in question.evidence:
            _evidence(pane, question.line, known.at(path))


def _evidence(pane: Evidence, line: int, problems: Problems) -> None:
    widest = max(len(row) for row in pane.text.split("\n"))
    if widest > WIDEST:
        message = f"the evidence has {widest} columns; {WIDEST} are the most"
        problems.add(line, message, "Break its lines.", code="wide-code", severity="warning")


def check_markdown(text: str, first_line: int, problems: Problems) -> None:
    """Note what is not allowed in ``text``, which begins at ``first_line`` of its file."""
    env: dict[str, Any] = {}
    looker = _Looker(text.split("\n"), first_line, problems)
    for token in parser().parse(text, env):
        if token.type == "inline":
            check_inline(token, env, first_line, problems)
        looker.look(token)
    tab = text.find("\t")
    if tab >= 0:
        line = first_line + text.count("\n", 0, tab)
        problems.add(line, "There is a tab", "Use spaces.", code="tab")


class _Looker:
    """Looks at one block after the other."""

    def __init__(self, rows: list[str], first_line: int, problems: Problems) -> None:
        self.rows = rows
        self.first = first_line
        self.problems = problems
        self.sample = False
        """The block before was a sample that runs."""

    def look(self, token: "Token") -> None:
        """Note what is wrong with a block."""
        line = self.first + (token.map[0] if token.map else 0)
        if token.type == "fence":
            self._fence(token, line)
            return
        self.sample = False
        if token.type == "heading_open":
            self._heading(token, line)
        elif token.type == "code_block":
            hint = "Use a fence with a language, or indent less than four spaces."
            self._add(line, "Code stands here by indentation", hint, "indented-code")
        if token.level > 2 * DEEPEST:
            self._add(line, "Lists or quotes are nested too deep", "Flatten them.", "deep")

    def _add(self, line: int, message: str, hint: str, code: str) -> None:
        self.problems.add(line, message, hint, code=code)

    def _heading(self, token: "Token", line: int) -> None:
        row = self.rows[token.map[0]] if token.map else ""
        if not token.markup.startswith("#"):
            hint = "Begin it with ## ; put a blank line before a rule (---)."
            self._add(line, "A line of - or = makes this a heading", hint, "heading")
        elif token.tag == "h1":
            self._add(line, "A heading of level 1", "The title is in the front matter.", "heading")
        elif token.tag == "h2" and not row.startswith("## "):
            self._add(line, "A section begins at the margin", "Write `## Title`.", "heading")

    def _fence(self, token: "Token", line: int) -> None:
        language, *words = token.info.split() or [""]
        runs = "run" in words
        if not language:
            self._add(line, "The fence has no language", "Add one; `text` will do.", "untagged")
        elif language == "question":
            self._question(token, words, line)
        elif language == "output":
            self._output(words, line)
        else:
            self._flags(language, words, line)
        self.sample = runs
        self._closed(token, line)
        self._width(token, line)

    def _question(self, token: "Token", words: list[str], line: int) -> None:
        if len(words) != 1 or not NAME.fullmatch(words[0]):
            hint = "Write ```question its-id."
            self._add(line, "A question fence names one question", hint, "question-fence")
        if token.content.strip():
            self._add(line, "A question fence is empty", "Move the text out.", "question-fence")
        if token.level:
            hint = "Put it at the margin."
            self._add(line, "A question stands inside a list or quote", hint, "question-fence")

    def _output(self, words: list[str], line: int) -> None:
        if not self.sample:
            hint = "Put it directly after a `run` fence, or tag it `text`."
            self._add(line, "Output of nothing", hint, "output")
        if words:
            self._add(line, "An output fence takes no words", "Delete them.", "fence-words")

    def _flags(self, language: str, words: list[str], line: int) -> None:
        for word in words:
            if not _FLAG.fullmatch(word):
                hint = "Known: run, on=name."
                self._add(line, f"The fence has an unknown word: {word}", hint, "fence-words")
        if "run" in words and language not in RUNNING:
            hint = f"Only these run: {', '.join(RUNNING)}."
            self._add(line, f"A {language} sample cannot run", hint, "fence-words")
        if words and "run" not in words and any(word.startswith("on=") for word in words):
            self._add(line, "`on=` without `run`", "Add `run`, or take it out.", "fence-words")

    def _closed(self, token: "Token", line: int) -> None:
        last = self.rows[token.map[1] - 1].strip(" >") if token.map else token.markup
        if token.map and (token.map[1] - token.map[0] < 2 or not last.startswith(token.markup)):
            self._add(line, "The fence is not closed", f"Add {token.markup}.", "open-fence")

    def _width(self, token: "Token", line: int) -> None:
        for number, row in enumerate(token.content.split("\n"), 1):
            if len(row) > WIDEST:
                message = f"The line has {len(row)} columns; {WIDEST} are the most"
                self._add(line + number, message, "Break it.", "wide-code")
