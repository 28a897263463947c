"""Cuts what a RUN says into simple commands, as far as that can be done without a shell."""

from __future__ import annotations

import re
import shlex

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .dockerfile import Step

ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
VARIABLE = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
SCRIPT = re.compile(r"\s*((/\w+)*(sh|bash|dash|ash)\b[^<]*)?<<")
"""A RUN whose heredoc is run by a shell."""
UNKNOWN = ["?"]
"""Stands for a command that cannot be told."""


def commands(step: Step) -> list[list[str]]:
    """The words of each simple command, without redirections; `UNKNOWN` for one that writes so."""
    if step.json:
        return [step.args]
    text = step.args[0] if step.args else ""
    if step.heredocs and SCRIPT.match(text):
        text = "\n".join(step.heredocs.values())
        if text.startswith("#!") and "sh" not in text.partition("\n")[0]:
            return [UNKNOWN]
    return split(text)


def split(text: str) -> list[list[str]]:
    """The simple commands of a shell text."""
    lines = [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]
    joined = " ; ".join(line for line in lines if not line.lstrip().startswith("#"))
    lexer = shlex.shlex(joined, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        words = list(lexer)
    except ValueError:
        return [UNKNOWN]
    found: list[list[str]] = [[]]
    waiting = iter(words)
    for word in waiting:
        if "<" in word or ">" in word:
            goal = next(waiting, "")
            found += [UNKNOWN, []] if ">" in word and not _harmless(goal) else []
        elif word and not word.strip("();&|"):
            found.append([])
        else:
            found[-1].append(word)
    return [command for command in found if command]


def _harmless(goal: str) -> bool:
    return goal == "/dev/null" or goal.isdigit()


def assignments(words: list[str]) -> tuple[dict[str, str], list[str]]:
    """The variables set in front of a command, and the command."""
    found = {}
    at = 0
    while at < len(words) and ASSIGNMENT.match(words[at]):
        name, _, value = words[at].partition("=")
        found[name] = value
        at += 1
    return found, words[at:]


def expand(words: list[str], env: Mapping[str, str]) -> list[str]:
    """The words with variables put in; a word that was a variable may become several."""
    found = []
    for word in words:
        new = VARIABLE.sub(lambda hit: env.get(hit[1] or hit[2], hit[0]), word)
        found += new.split() if new != word and word.startswith("$") else [new]
    return found


def options(words: list[str], valued: tuple[str, ...]) -> tuple[dict[str, list[str]], list[str]]:
    """Flags with their values ("" without one), and the other words.

    Those in ``valued``, and those that end with "-url", take the next word.
    """
    found: dict[str, list[str]] = {}
    rest = []
    waiting = iter(words)
    for word in waiting:
        name, equals, value = word.partition("=")
        if not word.startswith("-"):
            rest.append(word)
        elif not equals and (word in valued or word.endswith("-url")):
            found.setdefault(word, []).append(next(waiting, ""))
        elif not equals and word[:2] in valued and not word.startswith("--"):
            found.setdefault(word[:2], []).append(word[2:])
        else:
            found.setdefault(name, []).append(value)
    return found, rest
