"""Read a question: the fields that all kinds share, then what its kind adds."""

import json

from nexus_tui.course.fields import Fields, fields_of
from nexus_tui.course.files import digest
from nexus_tui.course.inline import inline
from nexus_tui.course.model import Evidence, Question
from nexus_tui.course.questions.kind import Kind, Parts, markdown_of
from nexus_tui.course.yamltree import Map, Node, Scalar, Seq

OBJECTIVES_OF_STEPS = ("diagnose", "remedy", "cost", "verify", "prevent")


def read_question(
    fields: Fields, owner: str, kinds: dict[str, Kind], step: bool = False
) -> Question | None:
    """Return a question of the lesson or challenge ``owner``, or None when its kind is unknown.

    A ``step`` of a challenge may leave its objective and difficulty out.
    """
    name = fields.name("id")
    fields.what = f"question `{name}`" if name else fields.what
    kind = _kind(fields, kinds)
    evidence = read_evidence(fields)
    parts = kind.parse(fields, evidence) if kind else Parts()
    hint = fields.text("hint", "")
    objective = fields.text("objective", "" if step else None)
    question = Question(
        id=f"{owner}#{name}",
        kind=kind.name if kind else "",
        shape=kind.shape if kind else "one",
        objective=objective,
        difficulty=fields.whole("difficulty", 1, 4, 2 if step else None),
        prompt=markdown_of(fields, "prompt"),
        evidence=evidence,
        options=parts.options,
        accept=parts.accept,
        hint=inline(hint) if hint else None,
        explanation=markdown_of(fields, "explanation"),
        digest=_digest(fields),
        line=fields.line,
        on=fields.text("on", ""),
        elsewhere=parts.elsewhere,
        section=fields.text("section", ""),
    )
    if kind:
        fields.done()
    return question if kind and name else None


def _digest(fields: Fields) -> str:
    """Hash of all that is asked; where to read about it is no part of that."""
    whole = plain(fields.node)
    asked = {key: value for key, value in whole.items() if key != "section"}  # type: ignore[attr-defined]
    return digest(json.dumps(asked, sort_keys=True, ensure_ascii=False))


def _kind(fields: Fields, kinds: dict[str, Kind]) -> Kind | None:
    name = fields.text("kind")
    if name and name not in kinds:
        hint = f"Use one of: {', '.join(kinds)}."
        fields.problem("kind", f"there is no kind `{name}`", hint, code="kind")
    return kinds.get(name)


def read_evidence(fields: Fields) -> tuple[Evidence, ...]:
    """Return the evidence: ``{language: text}`` or a list of ``{language, text, title}``."""
    node = fields.node_of("evidence", False)
    if node is None:
        return ()
    if isinstance(node, Seq):
        children = fields.children("evidence", f"{fields.what}, evidence")
        return tuple(_pane(child) for child in children)
    child = fields_of(node, fields.problems, f"{fields.what}: `evidence`")
    if child is None:
        return ()
    return tuple(Evidence(language, text.rstrip("\n")) for language, text in child.free())


def _pane(fields: Fields) -> Evidence:
    text = fields.text("text").rstrip("\n")
    pane = Evidence(fields.text("language"), text, fields.text("title", ""))
    fields.done()
    return pane


def plain(node: Node) -> object:
    """Return the node as lists, dicts and text."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Map):
        return {key: plain(value) for key, value in node.items.items()}
    return [plain(item) for item in node.items]
