"""Evaluates the expressions of workflows, ``${{ github.ref == 'refs/heads/main' }}``.

After GitHub's reference "Evaluate expressions in workflows and actions". What is not modeled
raises `Unsupported`.
"""

from __future__ import annotations

import re

from .value import (
    FUNCTIONS,
    Unsupported,
    every,
    number,
    operate,
    property_of,
    text_of,
    truth,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from .value import Functions

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][-+]?\d+)?))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<sign>&&|\|\||==|!=|<=|>=|[<>!().,*\[\]]))"
)
PART = re.compile(r"\$\{\{((?:'(?:[^']|'')*'|(?!\}\}).)*)\}\}", re.DOTALL)
STATUS = re.compile(r"\b(success|failure|always|cancelled)\s*\(", re.IGNORECASE)
CONSTANTS = {"true": True, "false": False, "null": None}
LEVELS = (("||",), ("&&",), ("==", "!="), ("<", "<=", ">", ">="))
"""Operators from the one that binds least; unary ``!`` binds more than all."""


class Reader:
    """Evaluates one expression. ``contexts`` and ``functions`` go by lower-case names."""

    def __init__(self, text: str, contexts: Mapping[str, Any], functions: Functions) -> None:
        self.text, self.contexts = text, contexts
        self.functions = {**FUNCTIONS, **functions}
        self.tokens = _tokens(text)
        self.at = 0

    def value(self) -> Any:
        """The value of the whole expression."""
        value = self._level(0)
        if self._peek():
            raise Unsupported(f"`{self.text.strip()}` cannot be read from `{self._peek()}` on")
        return value

    def _peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self, *signs: str) -> str:
        """Take the next token if it is one of these signs."""
        found = self._peek()
        if not found or found not in signs:
            return ""
        self.at += 1
        return found

    def _level(self, level: int) -> Any:
        if level == len(LEVELS):
            return self._unary()
        left = self._level(level + 1)
        while sign := self._take(*LEVELS[level]):
            left = operate(sign, left, self._level(level + 1))
        return left

    def _unary(self) -> Any:
        return not truth(self._unary()) if self._take("!") else self._postfix()

    def _postfix(self) -> Any:
        value = self._primary()
        while sign := self._take(".", "["):
            if sign == "[":
                key = None if self._take("*") else self._level(0)
                self._expect("]")
            else:
                key = None if self._take("*") else self._name()
            value = every(value) if key is None else property_of(value, key)
        return value

    def _primary(self) -> Any:
        if self._take("("):
            value = self._level(0)
            self._expect(")")
            return value
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        self.at += 1
        if kind == "text":
            return text[1:-1].replace("''", "'")
        if kind == "number":
            return number(text)
        if kind != "name":
            raise Unsupported(f"`{self.text.strip()}` is not a complete expression")
        return self._call(text.lower()) if self._take("(") else self._named(text.lower())

    def _named(self, name: str) -> Any:
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name not in self.contexts:
            raise Unsupported(f"`{name}` is not known in `{self.text.strip()}`")
        return self.contexts[name]

    def _call(self, name: str) -> Any:
        arguments = []
        while not self._take(")"):
            arguments.append(self._level(0))
            if self._peek() != ")":
                self._expect(",")
        if name not in self.functions:
            raise Unsupported(f"the function `{name}()` is not modeled here")
        try:
            return self.functions[name](*arguments)
        except (TypeError, ValueError, IndexError) as error:
            raise Unsupported(f"`{self.text.strip()}`: {error}") from error

    def _name(self) -> str:
        kind, text = self.tokens[self.at] if self.at < len(self.tokens) else ("", "")
        if kind != "name":
            raise Unsupported(f"`{self.text.strip()}`: a name is missing after the dot")
        self.at += 1
        return text

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            raise Unsupported(f"`{self.text.strip()}`: `{sign}` is missing")


def _tokens(text: str) -> list[tuple[str, str]]:
    found, at = [], 0
    while text[at:].strip():
        match = TOKEN.match(text, at)
        if not match:
            raise Unsupported(f"`{text.strip()}` cannot be read at `{text[at:].strip()}`")
        found.append((str(match.lastgroup), match[str(match.lastgroup)]))
        at = match.end()
    return found


def evaluate(text: str, contexts: Mapping[str, Any], functions: Functions) -> Any:
    """The value of an expression without its ``${{ }}``."""
    return Reader(text, contexts, functions).value()


def expand(value: Any, contexts: Mapping[str, Any], functions: Functions) -> Any:
    """A value of the file with its expressions evaluated; one alone keeps its type."""
    if isinstance(value, dict):
        return {key: expand(each, contexts, functions) for key, each in value.items()}
    if isinstance(value, list):
        return [expand(each, contexts, functions) for each in value]
    if not isinstance(value, str):
        return value
    alone = PART.fullmatch(value.strip())
    if alone:
        return evaluate(alone[1], contexts, functions)
    return PART.sub(lambda found: text_of(evaluate(found[1], contexts, functions)), value)


def condition(value: Any, contexts: Mapping[str, Any], functions: Functions) -> bool:
    """Whether an ``if:`` holds; ``success()`` goes without saying unless a status is asked for.

    A text that is only partly in ``${{ }}`` becomes a text, and any text is true.
    """
    if value is None:
        return truth(evaluate("success()", contexts, functions))
    text = text_of(value)
    asked = PART.findall(text) if "${{" in text else [text]
    implied = any(STATUS.search(re.sub(r"'(?:[^']|'')*'", "", part)) for part in asked)
    if not implied and not truth(evaluate("success()", contexts, functions)):
        return False
    if "${{" in text:
        return truth(expand(text, contexts, functions))
    return truth(evaluate(text, contexts, functions))
