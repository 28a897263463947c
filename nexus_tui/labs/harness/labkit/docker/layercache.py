"""Builds an image without an engine: the cache key of each step, and the files it leaves.

The rules are those of "Build cache invalidation" and "Dockerfile reference" in Docker's
documentation (docs.docker.com/build/cache/invalidation, docs.docker.com/reference/dockerfile):

- A step is found in the cache when the one before it is and the instruction is the same.
- COPY, ADD and RUN with a bind mount also compare the files' content and names, after
  `.dockerignore`, and not their times. RUN does not look at files: its text counts.
- RUN is used with all ENV and ARG in scope, so their values belong to it, as do user, working
  directory and shell. ARG itself, ENV, USER, CMD and the like make no step.
- The content of a secret or cache mount does not count, its name and place do.
- COPY --link does not look at the steps before it. COPY --from compares the files it takes.
- A stage that the target does not need is not built.

What a command of RUN writes is asked of ``effects``. One it does not know may have written
anything, so a COPY --from of that stage depends on it: the model errs on the side of rebuilding.
"""

from __future__ import annotations

import posixpath

from e2b_dockerfile_utils import PatternMatcher

from .context import pick
from .dockerfile import fail
from .imagefs import Entry, Layer, Machine, digest, known, placed, tied

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .context import Context
    from .dockerfile import Dockerfile, Stage, Step

    Effects = Callable[["Machine", Step, Mapping[str, "Entry"], str], bool]
    """Changes the machine's files as a RUN does; False when it may have written anything."""

COPIES = ("COPY", "ADD")
REMOTE = ("http://", "https://", "git@")


class Build:
    """All stages that the target needs, built. ``steps`` are in the order of the file."""

    def __init__(
        self,
        file: Dockerfile,
        context: Context,
        effects: Effects = lambda *_: False,
        contents: Callable[[str], dict[str, Entry]] = lambda name: {},
    ) -> None:
        self.file, self.context, self.effects, self.contents = file, context, effects, contents
        self.layers: list[Layer] = []
        self.images: list[tuple[str, int]] = []
        """Names of the images that are pulled, each with its line."""
        self._built: dict[int, Machine] = {}
        self._under_way: set[int] = set()
        self.image = self.stage(file.stages[-1])
        self.layers.sort(key=lambda layer: layer.step.line)

    def stage(self, stage: Stage) -> Machine:
        """The finished stage; built when first asked for."""
        if id(stage) not in self._built:
            if id(stage) in self._under_way:
                line = stage.steps[0].line
                raise fail("this stage needs itself, directly or by way of another one", line)
            self._under_way.add(id(stage))
            self._built[id(stage)] = self._stage(stage)
        return self._built[id(stage)]

    def _stage(self, stage: Stage) -> Machine:
        machine = self._base(stage)
        for step in stage.steps[1:]:
            machine.config = step.config
            if step.name in COPIES:
                self._copy(machine, step)
            elif step.name == "RUN":
                self._run(machine, step)
            elif step.name in ("CMD", "ENTRYPOINT"):
                machine.start_line = step.line
            elif step.name == "WORKDIR":
                self._layer(
                    machine, step, digest(machine.state, "WORKDIR", step.config.workdir), {}
                )
        return machine

    def _base(self, stage: Stage) -> Machine:
        step, base = stage.steps[0], stage.base
        if isinstance(base, str):
            self.images.append((base, step.line))
            key = digest("FROM", base, step.flag("platform"))
            machine = Machine(base, {}, key, [], step.config)
            self._layer(machine, step, key, self.contents(base))
            return machine
        of = self.stage(base)
        copy = Machine(of.base, dict(of.files), of.state, list(of.layers), step.config)
        copy.start_line = of.start_line
        copy.unknown, copy.groups = list(of.unknown), dict(of.groups)
        return copy

    def _layer(
        self, machine: Machine, step: Step, key: str, added: dict[str, Entry], state: str = ""
    ) -> None:
        machine.state = state or key
        machine.files.update(added)
        layer = Layer(step, key, added)
        machine.layers.append(layer)
        self.layers.append(layer)

    def _copy(self, machine: Machine, step: Step) -> None:
        *sources, goal = step.args
        added = {}
        for source in sources:
            taken, folder = self._source(step, source)
            into = folder or len(sources) > 1 or len(taken) > 1
            added.update(placed(machine, step, taken, goal, into))
        parts = [f"{path}={entry.digest}" for path, entry in sorted(added.items())]
        flags = [f"{name}={step.flags[name]}" for name in ("chown", "chmod") if name in step.flags]
        own = digest(step.name, *parts, *flags)
        key = own if "link" in step.flags else digest(machine.state, own)
        self._layer(machine, step, key, added, digest(machine.state, own))

    def _source(self, step: Step, source: str) -> tuple[dict[str, Entry], bool]:
        """The entries that one source gives, by path below the destination."""
        if source.startswith("<<") and step.heredocs:
            name = source[2:].lstrip("-").strip("\"'")
            return {name: known(step.heredocs.get(name, "").encode())}, False
        if source.startswith(REMOTE):
            return {posixpath.basename(source): Entry(digest("remote", source))}, False
        origin = step.flag("from")
        taken, folder = self.origin(step, origin, source)
        if not taken:
            said = self.context.why_missing(source)
            raise fail(f"{step.text}: {said}", step.line)
        if "parents" in step.flags and folder:
            taken = {posixpath.join(source.strip("./"), name): each for name, each in taken.items()}
        ignored = PatternMatcher(step.flags.get("exclude", []))
        return {name: each for name, each in taken.items() if not ignored.matches(name)}, folder

    def origin(self, step: Step, origin: str, source: str) -> tuple[dict[str, Entry], bool]:
        """What a path holds in a stage, an image, or (origin "") the context."""
        if not origin:
            files = {name: known(data) for name, data in self.context.kept.items()}
            return pick(files, source)
        stage = self.file.stage(origin)
        if stage is None:
            self.images.append((origin, step.line))
            return {posixpath.basename(source): Entry(digest("image", origin, source))}, False
        machine = self.stage(stage)
        taken, folder = pick(
            {path.strip("/"): each for path, each in machine.files.items()}, source
        )
        if not taken:  # made by a command that is not known, or part of the base image
            name = posixpath.basename(source.rstrip("/"))
            return {name: Entry(digest(machine.state, source))}, source.endswith("/")
        extra = machine.unknown
        return {name: tied(each, extra) for name, each in taken.items()}, folder

    def _run(self, machine: Machine, step: Step) -> None:
        config, mounted, parts = step.config, dict[str, Entry](), []
        for mount in step.flags.get("mount", []):
            options = _options(mount)
            if options.get("type", "bind") == "bind":
                mounted.update(self._bound(machine, step, options))
            parts.append(mount)
        parts += [f"{path}={entry.digest}" for path, entry in sorted(mounted.items())]
        known = {**config.args, **config.env}
        parts += [f"{name}={known[name]}" for name in sorted(known)]
        shell = () if step.json else config.shell
        where = (config.user, config.workdir, step.flag("network"), *shell)
        key = digest(machine.state, "RUN", *where, *step.args, *step.heredocs.values(), *parts)
        before = dict(machine.files)
        if not self.effects(machine, step, mounted, key):
            machine.unknown.append(key)
        changed = {
            path: entry for path, entry in machine.files.items() if before.get(path) != entry
        }
        self._layer(machine, step, key, changed)

    def _bound(self, machine: Machine, step: Step, options: dict[str, str]) -> dict[str, Entry]:
        source = options.get("source", options.get("src", "."))
        goal = options.get("target", options.get("dst", options.get("destination", "")))
        taken, folder = self.origin(step, options.get("from", ""), source)
        if not taken:
            raise fail(f"{step.text}: {self.context.why_missing(source)}", step.line)
        return placed(machine, step, taken, goal, folder)


def again(before: Build, after: Build) -> list[Layer]:
    """The steps that the second build runs, when the first one's are in the cache."""
    cached = {layer.key for layer in before.layers}
    return [layer for layer in after.layers if layer.key not in cached]


def _options(mount: str) -> dict[str, str]:
    pairs = (option.partition("=") for option in mount.split(","))
    return {name: value for name, _, value in pairs}
