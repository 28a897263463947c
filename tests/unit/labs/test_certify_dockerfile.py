"""Mutants of Dockerfiles and of .dockerignore."""

import pytest

from nexus_tui.labs.certify.dockerfile import valid
from nexus_tui.labs.certify.mutants import mutants


def texts(file: str, text: str) -> set[str]:
    return {mutant.text for mutant in mutants(file, text)}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("RUN a -y b && c", {"RUN a b && c", "RUN c", "RUN a -y b", ""}),
        ("RUN --mount=type=cache,target=/c a", {"RUN a", ""}),
        ("RUN a && \\\n  b", {"RUN b", "RUN a", ""}),
        ("COPY a b/", {"COPY . b/", "COPY a elsewhere/", ""}),
        (
            "COPY --from=x a b c/",
            {
                "COPY a b c/",
                "COPY --from=x . b c/",
                "COPY --from=x b c/",
                "COPY --from=x a . c/",
                "COPY --from=x a c/",
                "COPY --from=x a b elsewhere/",
                "",
            },
        ),
        ("COPY . .", {"COPY . elsewhere/", ""}),
        ("USER 7", {"USER 0", ""}),
        ('CMD ["a", "b"]', {"CMD a b", 'CMD ["b"]', 'CMD ["a"]', ""}),
        ('ENTRYPOINT ["a"]', {"ENTRYPOINT a", ""}),
        ("CMD a b", {""}),
        ("EXPOSE 80", {""}),
    ],
)
def test_one_instruction(line: str, expected: set[str]) -> None:
    # Of the line above, what it may be is known; its own mutants and swaps are not asked for here.
    head = "FROM scratch\n"
    found = {text for text in texts("Dockerfile", f"{head}{line}\n") if text.startswith(head)}
    assert found == {f"{head}{each}\n" if each else head for each in expected}


def test_images() -> None:
    assert texts("Dockerfile", "FROM python:3.13-slim AS x\n") == {
        "FROM python AS x\n",
        "FROM python:latest AS x\n",
        "FROM python:3.13 AS x\n",
    }


@pytest.mark.parametrize(
    ("one", "two", "swapped"),
    [
        ("RUN a", "COPY b c/", True),
        ("RUN a", "RUN b", True),
        ("USER 7", "RUN a", True),
        ("USER 7", "COPY a b/", False),
        ("ENV A=1", "RUN a", True),
        ("WORKDIR /w", "COPY a .", True),
        ("WORKDIR /w", "COPY a /b/", False),
        ("USER 7", 'CMD ["a", "b"]', False),
        ("EXPOSE 1", "RUN a", False),
        ("RUN a", "FROM b", True),
    ],
)
def test_neighbors_are_swapped_where_it_matters(one: str, two: str, swapped: bool) -> None:
    found = texts("Dockerfile", f"FROM scratch\n{one}\n{two}\n")
    assert (f"FROM scratch\n{two}\n{one}\n" in found) == swapped


def test_lines_between_neighbors_stay() -> None:
    found = texts("Dockerfile", "FROM scratch\nRUN a\n\n# why\nRUN b")
    assert "FROM scratch\nRUN b\n\n# why\nRUN a\n" in found


def test_places_and_words() -> None:
    found = mutants("Dockerfile", "FROM a\n\n# one\nUSER 7\n")
    assert [(each.line, each.was, each.now) for each in found if each.line == 4] == [
        (4, "USER 7", "(gone)"),
        (4, "USER 7", "USER 0"),
    ]


def test_heredocs_are_left_alone_but_for_the_whole() -> None:
    text = "FROM scratch\nRUN <<END\na && b\nEND\n"
    assert "FROM scratch\n" in texts("Dockerfile", text)
    assert not [each for each in texts("Dockerfile", text) if "RUN <<END\na\n" in each]


@pytest.mark.parametrize("text", ["", "RUN a\n", "FROM a\nRUNN b\n", "ARG A\nRUN a\nFROM b\n"])
def test_what_is_no_dockerfile_has_no_mutants(text: str) -> None:
    assert not valid(text)
    assert mutants("Dockerfile", text) == []


def test_every_mutant_can_be_read() -> None:
    text = 'ARG V=1\nFROM a:$V AS b\nCOPY ["x y", "/z/"]\nFROM b\nCOPY --from=b /a /b\n'
    found = mutants("Dockerfile", text)
    assert len(found) > 8
    assert all(valid(each.text) for each in found)


def test_ignored_patterns() -> None:
    assert texts(".dockerignore", "# all\n**/a\n!b") == {
        "# all\n!b",
        "# all\n!**/a\n!b",
        "# all\n*\n!b",
        "# all\na\n!b",
        "# all\n**/a\n",
        "# all\n**/a\nb",
        "# all\n**/a\n*",
    }
    assert mutants(".dockerignore", "[a\n") == []
