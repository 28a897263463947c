"""One instruction of a Dockerfile with what is in force there, and the settings of an image."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field, replace

from .. import Fail

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from e2b_dockerfile_utils import DockerfileInstruction

FILE = "Dockerfile"
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SHELL = ("/bin/sh", "-c")
COPY_FLAGS = {"from", "chown", "chmod", "link", "parents", "exclude"}
FLAGS = {
    "FROM": {"platform"},
    "RUN": {"mount", "network", "security", "device"},
    "COPY": COPY_FLAGS,
    "ADD": COPY_FLAGS - {"from", "parents"} | {"checksum", "keep-git-dir", "unpack"},
    "HEALTHCHECK": {"interval", "timeout", "start-period", "start-interval", "retries"},
}


@dataclass(frozen=True)
class Config:
    """The settings of an image, as ``docker image inspect`` shows them."""

    env: Mapping[str, str] = field(default_factory=lambda: {"PATH": PATH})
    args: Mapping[str, str] = field(default_factory=dict)
    """Build arguments in scope; they are no part of the image."""
    user: str = ""
    workdir: str = "/"
    shell: tuple[str, ...] = SHELL
    entrypoint: tuple[str, ...] = ()
    cmd: tuple[str, ...] = ()
    cmd_set: bool = False
    exposed: tuple[str, ...] = ()
    healthcheck: tuple[str, ...] = ()

    @property
    def argv(self) -> tuple[str, ...]:
        """What the container starts."""
        shell_form = self.entrypoint[: len(self.shell)] == self.shell
        return self.entrypoint + (() if shell_form else self.cmd)


@dataclass
class Step:
    """An instruction; ``config`` is what is in force after it."""

    name: str
    args: list[str]
    flags: dict[str, list[str]]
    json: bool
    heredocs: dict[str, str]
    line: int
    text: str
    config: Config

    def flag(self, name: str) -> str:
        """The last value of a flag; "" when it is not there."""
        return (self.flags.get(name) or [""])[-1]


@dataclass
class Stage:
    """A FROM and what follows; ``base`` is an image's name, or the stage it builds on."""

    name: str
    base: str | Stage
    steps: list[Step]

    @property
    def config(self) -> Config:
        """The settings after the last step."""
        return self.steps[-1].config


def fail(message: str, line: int) -> Fail:
    """A `Fail` that points at a line of the Dockerfile."""
    return Fail(message, file=FILE, line=line)


def flags_of(item: DockerfileInstruction) -> dict[str, list[str]]:
    """The flags of an instruction, each with all its values."""
    found: dict[str, list[str]] = {}
    for flag in item.flags:
        name, _, value = flag.removeprefix("--").partition("=")
        if name not in FLAGS.get(item.name, ()):
            raise fail(f"{item.name} has no flag --{name}", item.start_line)
        found.setdefault(name, []).append(value)
    return found


def make(
    item: DockerfileInstruction, flags: dict[str, list[str]], args: list[str], config: Config
) -> Step:
    """A step of an instruction whose words are ready."""
    heredocs = {each.name: each.content for each in item.heredocs}
    if item.name in ("COPY", "ADD") and len(args) < 2:
        raise fail(f"{item.name} needs what to copy and where to", item.start_line)
    if item.name == "RUN" and not args and not heredocs:
        raise fail("RUN without a command", item.start_line)
    text = " ".join(item.original.split())
    return Step(item.name, args, flags, item.json, heredocs, item.start_line, text, config)


def settings_after(item: DockerfileInstruction, args: list[str], before: Config) -> Config:
    """The settings after an instruction that is neither ARG nor ENV."""
    argv = tuple(args) if item.json else (*before.shell, *args) if args else ()
    match item.name:
        case "USER":
            return replace(before, user=args[0])
        case "WORKDIR":
            return replace(
                before, workdir=posixpath.normpath(posixpath.join(before.workdir, args[0]))
            )
        case "SHELL":
            return replace(before, shell=tuple(args))
        case "CMD":
            return replace(before, cmd=argv, cmd_set=True)
        case "ENTRYPOINT":
            return replace(before, entrypoint=argv, cmd=before.cmd if before.cmd_set else ())
        case "EXPOSE":
            return replace(before, exposed=(*before.exposed, *args))
        case "HEALTHCHECK":
            return replace(before, healthcheck=tuple(args))
    return before
