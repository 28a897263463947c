"""Installs packages of Python: which come to lie where, for which Python.

It fails where the real one would: as a user who may not write, without the file of requirements,
without a compiler for a package that is built from C.
"""

from __future__ import annotations

import posixpath
import re

from . import pyimage, sysrun
from .imagefs import Entry

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Flags = Mapping[str, list[str]]

VALUED = (
    *("-r", "--requirement", "--requirements", "-t", "--target", "--prefix", "--root"),
    *("-w", "--wheel-dir", "-f", "--find-links", "-i"),
    *("-c", "--constraint", "-p", "--python", "--cache-dir", "--trusted-host", "--no-binary"),
    *("--only-binary", "--root-user-action", "--progress-bar", "--timeout", "--retries"),
)
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*(\[[^\]]*\])?")


class Run(sysrun.Run):
    """One RUN that can install packages of Python.

    ``compiled`` names those that are built from C, with the headers each needs.
    """

    compiled: Mapping[str, str]

    def install(self, flags: Flags, words: list[str], files: list[str], python: str) -> bool:
        """Install what words and files of requirements name, for a Python given by its path."""
        names = set(self._required(flags, files)) | set(self._named(words))
        self._compile(names, flags, words)
        prefix = posixpath.dirname(posixpath.dirname(python))
        if target := flags.get("--target") or flags.get("-t"):
            prefix = place = self.path(target[-1])
        else:
            prefix = self._prefix(flags, prefix)
            place = pyimage.site(prefix, self.machine)
        place += pyimage.PACKAGES
        self.may_write(prefix)
        self.installs.setdefault(self.key, "the packages of Python")
        held = self.files[place].holds if place in self.files else frozenset()
        libc = pyimage.libc(self.machine.base)
        self.put(place, Entry(self.key, holds=frozenset(names) | held, runs_on=libc))
        for name in names:
            self.put(f"{prefix}/bin/{name}", Entry(self.key, runs_on=python))
        return not [word for word in words if word.startswith((".", "/")) and "whl" not in word]

    def _prefix(self, flags: Flags, default: str) -> str:
        if chosen := flags.get("--prefix"):
            return self.path(chosen[-1])
        if "--user" in flags:
            home = self.env.get("HOME", "/root" if self.root else "/")
            return self.env.get("PYTHONUSERBASE") or f"{home}/.local"
        if chosen := flags.get("--root"):
            return self.path(chosen[-1]) + default
        return default

    def may_write(self, place: str) -> None:
        """Fail where the user of this step may not write."""
        if not self.root and not place.startswith(("/tmp/", "/home/")):
            user = self.step.config.user
            raise self.fail(f"user {user} may not write to {place}: install above USER, as root")

    def wheel(self, flags: Flags, words: list[str]) -> bool:
        """Build wheels; one entry stands for all of a folder."""
        names = {*self._required(flags, []), *self._named(words)}
        self._compile(names, flags, words)
        self.installs.setdefault(self.key, "the packages of Python")
        folder = self.path((flags.get("-w") or flags.get("--wheel-dir") or ["."])[-1])
        libc = pyimage.libc(self.machine.base)
        self.put(f"{folder}/all.whl", Entry(self.key, holds=frozenset(names), runs_on=libc))
        return True

    def _required(self, flags: Flags, files: list[str]) -> Iterator[str]:
        """Names in the files of requirements."""
        named = ("-r", "--requirement", "--requirements")
        for name in [*files, *(each for flag in named for each in flags.get(flag, []))]:
            yield from self._listed(self.path(name), name)

    def _listed(self, path: str, name: str) -> Iterator[str]:
        entry = self.files.get(path) or self.seen.get(path)
        if entry is None:
            raise self.fail(f"{name} is not there: no step before has put it at {path}")
        for line in (entry.data or b"").decode("utf-8", "replace").splitlines():
            if nested := re.match(r"(?:-r|--requirement)[ =]*(\S+)", line.strip()):
                yield from self._listed(
                    posixpath.join(posixpath.dirname(path), nested[1]), nested[1]
                )
            elif found := NAME.match(line.strip().lower()):
                yield found[0]

    def _named(self, words: list[str]) -> Iterator[str]:
        """Names given on the command line; of wheels, those that were made there."""
        for word in words:
            folder = posixpath.dirname(self.path(word))
            if "/" in word or word.endswith(".whl"):
                entry = self._wheels(folder)
                yield from entry.holds if entry else ()
            elif found := NAME.match(word.lower()):
                yield found[0]

    def _wheels(self, folder: str) -> Entry | None:
        path = f"{folder}/all.whl"
        return self.files.get(path) or self.seen.get(path)

    def _compile(self, names: set[str], flags: Flags, words: list[str]) -> None:
        """Fail where a package has to be built from C and cannot be."""
        links = flags.get("-f", []) + flags.get("--find-links", [])
        folders = [self.path(link) for link in links]
        folders += [posixpath.dirname(self.path(word)) for word in words if "/" in word]
        ready = {name for each in folders if (made := self._wheels(each)) for name in made.holds}
        here = pyimage.packages(self.files)
        for name in sorted((names & set(self.compiled)) - ready):
            lacking = [need for need in ("gcc", self.compiled[name]) if need not in here]
            if lacking and not (lacking == ["gcc"] and "clang" in here):
                said = f"{name} is built from C, and this stage lacks {' and '.join(lacking)}"
                raise self.fail(f"{said} ({self.machine.base})")
