"""A Dockerfile as BuildKit reads it: stages, steps with what is in force there, and settings.

The grammar is that of BuildKit's parser (`e2b_dockerfile_utils` is a port of it). What needs no
running of commands follows Docker's "Dockerfile reference": variables are replaced in all but
RUN, CMD and ENTRYPOINT; ARG before the first FROM is in scope of FROM lines alone; ENTRYPOINT
drops a CMD that the base image brought, and keeps one that this stage has set.
"""

from __future__ import annotations

from dataclasses import replace

from e2b_dockerfile_utils import DockerfileSyntaxError, ShellLex, parse_dockerfile_ast

from .. import Fail
from .step import FILE, Config, Stage, Step, fail, flags_of, make, settings_after

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from e2b_dockerfile_utils import DockerfileInstruction

PLAIN = ("RUN", "CMD", "ENTRYPOINT", "SHELL", "HEALTHCHECK", "ARG", "ENV", "LABEL", "ONBUILD")
"""Instructions whose words are not replaced here: by the shell, or one by one further down."""


__all__ = ["FILE", "Config", "Dockerfile", "Stage", "Step", "fail"]


class Dockerfile:
    """All stages of a file. ``settings`` gives those of a base image by its name."""

    def __init__(
        self,
        text: str,
        build_args: Mapping[str, str] | None = None,
        settings: Callable[[str], Config] = lambda name: Config(),
    ) -> None:
        self.given, self.settings = dict(build_args or {}), settings
        self.globals: dict[str, str] = {}
        self.stages: list[Stage] = []
        self.escape = "\\"
        for instruction in self._parse(text):
            self._add(instruction)
        if not self.stages:
            raise Fail("the Dockerfile has no FROM: which image does it start from?", file=FILE)

    def _parse(self, text: str) -> list[DockerfileInstruction]:
        try:
            tree = parse_dockerfile_ast(text)
        except DockerfileSyntaxError as error:
            words = str(error).partition(": ")[2]
            raise Fail(
                f"Docker cannot read this: {words}", file=FILE, line=error.line or 1
            ) from error
        self.escape = tree.escape_token
        return tree.instructions

    def stage(self, name: str) -> Stage | None:
        """A stage by its name or its number, None when there is none of that name."""
        named = [stage for stage in self.stages if stage.name and stage.name == name.lower()]
        if not named and name.isdigit() and int(name) < len(self.stages):
            return self.stages[int(name)]
        return named[-1] if named else None

    def _add(self, item: DockerfileInstruction) -> None:
        flags = flags_of(item)
        if item.name == "FROM":
            self._from(item, flags)
        elif not self.stages:
            if item.name != "ARG":
                raise fail(f"{item.name} stands before the first FROM", item.start_line)
            self.globals.update(self._arguments(item, self.globals, self.globals))
        else:
            self._step(item, flags)

    def _from(self, item: DockerfileInstruction, flags: dict[str, list[str]]) -> None:
        words = [self._expand(word, self.globals, item.start_line) for word in item.args[:1]]
        words += item.args[1:]
        if len(words) not in (1, 3) or (len(words) == 3 and words[1].lower() != "as"):
            raise fail("FROM takes an image, and perhaps AS and a name", item.start_line)
        if not words[0]:
            raise fail(f"{item.original.strip()}: the name of the image is empty", item.start_line)
        base = self.stage(words[0]) if not words[0].isdigit() else None
        config = replace(base.config, args={}, cmd_set=False) if base else self.settings(words[0])
        step = make(item, flags, words, config)
        self.stages.append(Stage(words[2].lower() if words[2:] else "", base or words[0], [step]))

    def _step(self, item: DockerfileInstruction, flags: dict[str, list[str]]) -> None:
        before = self.stages[-1].config
        known = {**before.args, **before.env}
        args = list(item.args)
        if item.name not in PLAIN:
            args = [self._expand(word, known, item.start_line) for word in args]
        for name in ("from", "chown", "chmod"):
            if name in flags:
                flags[name] = [self._expand(word, known, item.start_line) for word in flags[name]]
        self.stages[-1].steps.append(make(item, flags, args, self._after(item, args, before)))

    def _after(self, item: DockerfileInstruction, args: list[str], before: Config) -> Config:
        """The settings after an instruction."""
        known = {**before.args, **before.env}
        if item.name == "ARG":
            return replace(
                before, args={**before.args, **self._arguments(item, known, self.globals)}
            )
        if item.name == "ENV":
            pairs = zip(args[::3], args[1::3], strict=False)
            new = {key: self._expand(value, known, item.start_line) for key, value in pairs}
            return replace(before, env={**before.env, **new})
        if item.name in ("USER", "WORKDIR") and (len(args) != 1 or not args[0]):
            raise fail(f"{item.name} takes one value, and gets none", item.start_line)
        return settings_after(item, args, before)

    def _arguments(
        self, item: DockerfileInstruction, known: Mapping[str, str], above: Mapping[str, str]
    ) -> dict[str, str]:
        """What an ARG puts in scope: as given to the build, else its default, else from above."""
        found: dict[str, str] = {}
        for word in item.args:
            name, equals, default = word.partition("=")
            if name in self.given:
                found[name] = self.given[name]
            elif equals:
                found[name] = self._expand(default, {**known, **found}, item.start_line)
            elif name in above:
                found[name] = above[name]
        return found

    def _expand(self, word: str, known: Mapping[str, str], line: int) -> str:
        try:
            lexer = ShellLex(self.escape, env=known, skip_unset_env=False)
            return lexer.process_word(word)
        except ValueError as error:
            raise fail(str(error), line) from error
