"""What the commands of RUN do that matter for an image: cd, export, rm, useradd, apt and apk.

Each is done as its manual says, and fails where the real one would: without package lists,
without a yes, as a user who may not write.
"""

from __future__ import annotations

import posixpath
import re

from . import pyimage
from .dockerfile import fail
from .imagefs import Entry
from .shellwords import assignments, expand, options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .dockerfile import Step
    from .imagefs import Machine

LISTS = "/var/lib/apt/lists/all"
ROOT = ("", "0", "root")
USER_FLAGS = ("-u", "--uid", "-d", "--home-dir", "--home", "-g", "-G", "-s", "--shell")
HARMLESS = {
    *("set", "true", ":", "echo", "mkdir", "chown", "chmod", "groupadd", "addgroup", "test"),
    *("install", "ldconfig", "exit", "unset", "sleep", "ls", "cat"),
}


class Run:
    """One RUN: variables and folder hold to its end."""

    def __init__(
        self,
        installs: dict[str, str],
        machine: Machine,
        step: Step,
        mounted: Mapping[str, Entry],
        key: str,
    ) -> None:
        self.installs, self.machine, self.step, self.key = installs, machine, step, key
        self.files, self.seen = machine.files, {**machine.files, **mounted}
        self.mounted = mounted
        self.env = {**step.config.args, **step.config.env}
        self.cwd = step.config.workdir
        self.root = step.config.user.partition(":")[0] in ROOT

    def command(self, words: list[str]) -> bool:
        """Do one command; False when it is not known."""
        new, words = assignments(words)
        self.env |= dict(zip(new, expand(list(new.values()), self.env), strict=False))
        words = expand(words, self.env)
        if not words:
            return True
        name = re.sub(r"[\d.]+$", "", posixpath.basename(words[0]))
        if name in HARMLESS:
            return True
        if name == "python" and words[1:3] in (["-m", "pip"], ["-m", "venv"]):
            name, words = words[2], [words[0], *words[3:]]
        action = getattr(self, "do_" + name.replace("-", "_"), None)
        return bool(action(words)) if action else False

    def fail(self, message: str) -> Exception:
        """The build stops at this step."""
        return fail(message, self.step.line)

    def put(self, path: str, entry: Entry) -> None:
        """Write an entry; into a mount it goes too, and is gone after the step."""
        if not any(path.startswith(f"{place}/") for place in self.mounted_at()):
            self.files[path] = entry

    def mounted_at(self) -> list[str]:
        """Where caches and the like are mounted."""
        found = (re.search(r"(?:target|dst|destination)=([^,]+)", each) for each in self.mounts())
        return [self.path(each[1]) for each in found if each]

    def path(self, name: str) -> str:
        """An absolute path."""
        return posixpath.normpath(posixpath.join(self.cwd, name))

    def do_cd(self, words: list[str]) -> bool:
        """Change the folder."""
        self.cwd = self.path(words[1] if words[1:] else "/root")
        return True

    def do_export(self, words: list[str]) -> bool:
        """Set variables."""
        self.env |= assignments(words[1:])[0]
        return True

    def do_source(self, words: list[str]) -> bool:
        """Only the activation of a venv is known."""
        found = re.fullmatch(r"(.*)/bin/activate", words[1] if words[1:] else "")
        if found:
            venv = self.path(found[1])
            self.env |= {"VIRTUAL_ENV": venv, "PATH": f"{venv}/bin:{self.env.get('PATH', '')}"}
        return bool(found)

    do_ = do_source
    """The command `.`, whose name is empty without its dot."""

    def do_rm(self, words: list[str]) -> bool:
        """Delete files and folders."""
        for word in options(words[1:], ())[1]:
            stem = self.path(word.removesuffix("*").rstrip("/") or "/")
            for path in [path for path in self.files if f"{path}/".startswith(f"{stem}/")]:
                del self.files[path]
        return True

    def do_useradd(self, words: list[str]) -> bool:
        """Remember the home of a user by its number."""
        flags, rest = options(words[1:], USER_FLAGS)
        numbers = flags.get("-u") or flags.get("--uid")
        homes = flags.get("-d") or flags.get("--home-dir") or flags.get("--home")
        if numbers and rest:
            home = homes[0] if homes else f"/home/{rest[-1]}"
            self.machine.groups[f"home {numbers[0]}"] = [home]
        return True

    do_adduser = do_useradd

    def do_apt_get(self, words: list[str]) -> bool:
        """Packages of Debian."""
        flags, rest = options(words[1:], ("-o", "-t"))
        action, names = (rest or [""])[0], [re.split("[=/]", name)[0] for name in rest[1:]]
        if pyimage.libc(self.machine.base) == "musl":
            raise self.fail(f"{self.machine.base} has no apt-get: Alpine's program is apk")
        if not self.root:
            raise self.fail(f"apt-get needs root, and USER {self.step.config.user} stands above")
        if action == "update":
            self.files[LISTS] = Entry(self.key)
        elif action == "install":
            self._apt_install(flags, names)
        elif action in ("purge", "remove", "autoremove"):
            self._remove(
                names,
                action == "autoremove" or bool({"--auto-remove", "--autoremove"} & set(flags)),
            )
        return True

    do_apt = do_apt_get

    def _apt_install(self, flags: Mapping[str, list[str]], names: list[str]) -> None:
        if LISTS not in self.files and not any("/var/lib/apt" in each for each in self.mounts()):
            said = "apt-get install finds no package: the image comes without their lists"
            raise self.fail(f"{said}. Run `apt-get update &&` in the same RUN")
        yes = any(re.fullmatch("-[a-z]*y[a-z]*|-qq|--yes|--assume-yes", flag) for flag in flags)
        if not yes:
            raise self.fail("apt-get install asks whether to go on, and nobody answers: -y")
        self.add(names, "apt-get install")

    def mounts(self) -> list[str]:
        """The options of the step's mounts."""
        return self.step.flags.get("mount", [])

    def do_apk(self, words: list[str]) -> bool:
        """Packages of Alpine."""
        flags, rest = options(words[1:], ("-t", "--virtual"))
        action, names = (rest or [""])[0], [re.split("[=<>~]", name)[0] for name in rest[1:]]
        if not self.root:
            raise self.fail(f"apk needs root, and USER {self.step.config.user} stands above")
        if action == "add":
            for group in flags.get("-t", []) + flags.get("--virtual", []):
                self.machine.groups[group] = names
            self.add(names, "apk add")
        elif action == "del":
            groups = self.machine.groups
            self._remove([each for name in names for each in groups.get(name, [name])], True)
        return True

    def add(self, names: list[str], command: str) -> None:
        """Install packages of the system, with those they need."""
        self.installs.setdefault(self.key, f"{command} {' '.join(names)}")
        for name in (pyimage.ALIASES.get(name, name) for name in names):
            for needed in pyimage.IMPLIED.get(name, ()):
                self.files.setdefault(pyimage.SYSTEM + needed, Entry(self.key, runs_on=name))
            self.files[pyimage.SYSTEM + name] = Entry(self.key)

    def _remove(self, names: list[str], orphans: bool) -> None:
        """Remove packages of the system, and with them those that only they needed."""
        for name in names:
            self.files.pop(pyimage.SYSTEM + pyimage.ALIASES.get(name, name), None)
        kept = pyimage.packages(self.files)
        for name in kept if orphans else ():
            if (by := self.files[pyimage.SYSTEM + name].runs_on) and by not in kept:
                del self.files[pyimage.SYSTEM + name]
