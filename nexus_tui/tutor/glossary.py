"""The glossary: words of the course, where they are taught, and which of them stand on a page."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from nexus_tui.course.model import Block, Callout, Listing, Paragraph, Table, Term
from nexus_tui.course.value import value

if TYPE_CHECKING:
    from nexus_tui.tutor import Tutor


@value
class Link:
    """Where a term leads: a lesson by its id, or another word of the glossary."""

    kind: str
    """``lesson`` or ``term``."""
    target: str
    title: str


@value
class Mention:
    """A term that stands in a text, and where: from ``start`` to ``end``."""

    term: Term
    start: int
    end: int


class Glossary:
    """All terms, each once, by the alphabet."""

    def __init__(self, tutor: "Tutor") -> None:
        self._tutor = tutor

    @cached_property
    def _all(self) -> dict[str, Term]:
        found: dict[str, Term] = {}
        for module in self._tutor.course.outline().modules.values():
            for term in module.terms:
                found.setdefault(term.word.casefold(), term)
        return {word: found[word] for word in sorted(found)}

    def terms(self, module: str = "", containing: str = "") -> list[Term]:
        """Terms of a module or of all; those whose word has the text come before the others.

        Others have it in their definition. Without ``containing`` they stand by the alphabet.
        """
        wanted = containing.casefold().split()
        mine = [term for term in self._all.values() if not module or term.module == module]
        in_word = [term for term in mine if _has(term.word, wanted)]
        rest = [term for term in mine if _has(f"{term.word} {term.definition.text}", wanted)]
        return [*in_word, *(term for term in rest if term not in in_word)]

    def find(self, word: str) -> Term | None:
        """The term of a word, however it is written, also in the plural."""
        wanted = " ".join(word.split())
        exact = self._all.get(wanted.casefold())
        found = self._pattern.fullmatch(wanted)
        return exact or (self._term(found) if found else None)

    def near(self, word: str) -> list[str]:
        """Words that may have been meant."""
        from difflib import get_close_matches

        close = get_close_matches(word.casefold(), self._all, 3)
        return [self._all[key].word for key in close]

    def links(self, term: Term) -> list[Link]:
        """The lessons that teach a term, then the words it belongs with. Nothing that is gone."""
        titles = {head.id: head.title for head in self._tutor.study.lessons()}
        lessons = [Link("lesson", id, titles[id]) for id in term.see if id in titles]
        words = [self._all[see.casefold()].word for see in term.see if see.casefold() in self._all]
        return [*lessons, *(Link("term", word, word) for word in words if word != term.word)]

    def in_prose(self, blocks: Iterable[Block], module: str) -> set[str]:
        """Words of the glossary that occur in the prose of a page: no code, no diagrams.

        A single word may mean something else elsewhere: it counts when it is of the page's module
        or of one that this builds on.
        """
        text, near = "\n\n".join(_prose(blocks)), self._builds_on(module)
        terms = [mention.term for mention in self.mentions(text)]
        return {term.word for term in terms if term.module in near or " " in term.word}

    def _builds_on(self, module: str) -> set[str]:
        """A module and all that it needs, over any number of steps."""
        modules, found, todo = self._tutor.course.outline().modules, set[str](), [module]
        while todo:
            name = todo.pop()
            if name in modules and name not in found:
                found.add(name)
                todo += [need.id.partition("/")[0] for need in modules[name].needs]
        return found

    def mentions(self, text: str) -> list[Mention]:
        """Each term that stands in a text, once, where it is first; longest words first."""
        found: dict[str, Mention] = {}
        for match in self._pattern.finditer(text):
            term = self._term(match)
            found.setdefault(term.word, Mention(term, match.start(), match.end()))
        return list(found.values())

    def _term(self, match: re.Match[str]) -> Term:
        return self._ordered[(match.lastindex or 1) - 1]

    @cached_property
    def _ordered(self) -> list[Term]:
        return sorted(self._all.values(), key=lambda term: -len(term.word))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """A group for each term. Alternatives are tried in order, so the longest word wins."""
        each = [f"({_written(term.word)})" for term in self._ordered]
        return re.compile(rf"(?<!\w)(?:{'|'.join(each) or '(?!)'})(?!\w)", re.IGNORECASE)


def _prose(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text.text
        elif isinstance(block, Callout):
            yield from _prose(block.blocks)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _prose(item)
        elif isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)


def _written(word: str) -> str:
    """A pattern for a word in the singular and the plural; a line may break in it."""
    *before, last = word.split() or [""]
    if re.search(r"[^aeiou\W]y$", last):
        ending = f"{re.escape(last[:-1])}(?:y|ies)"
    elif last.endswith("s"):
        ending = f"{re.escape(last)}(?:es)?"
    else:
        ending = f"{re.escape(last)}(?:e?s)?"
    return r"\s+".join([*map(re.escape, before), ending])


def _has(text: str, wanted: list[str]) -> bool:
    folded = text.casefold()
    return all(part in folded for part in wanted)
