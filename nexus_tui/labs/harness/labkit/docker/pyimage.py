"""What Docker's images of Python hold, and what Python finds in one that was built.

As `docker-library/docs` says of its variants: the default image of Python brings a compiler and
the headers most packages need, `-slim` and `-alpine` do not. Packages of the system and of Python
are entries among the files, so a COPY takes them along and a layer keeps them.
"""

from __future__ import annotations

import posixpath
import re

from .imagefs import Entry, digest
from .step import PATH, Config

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .imagefs import Machine

SYSTEM = "/usr/share/packages/"
"""Where the packages of the system are entries, by name: a COPY of /usr takes them along."""
PYTHON = "/usr/local/bin/python"
PACKAGES = "/.packages"
"""The entry, in a folder of packages of Python, that holds their names."""
FULL = ("gcc", "g++", "make", "libc6-dev", "libpq-dev", "libpq5", "git", "curl")
IMPLIED = {
    "build-essential": ("gcc", "g++", "make", "libc6-dev"),
    "build-base": ("gcc", "g++", "make", "musl-dev"),
    "g++": ("gcc",),
    "libpq-dev": ("libpq5",),
}
ALIASES = {"postgresql-dev": "libpq-dev", "libpq": "libpq5", "python3-dev": "python-dev"}
VERSION = re.compile(r"(?:^|python)(3\.\d+)(?=$|[.-]|(?:a|b|rc)\d)")
RELEASE = re.compile(r"\d+\.\d+|bookworm|trixie|bullseye|jammy|noble|^1\d(-|$)")


def tag(image: str) -> str:
    """The tag of an image's name; "" without one."""
    return image.partition("@")[0].rpartition("/")[2].partition(":")[2]


def pinned(image: str) -> bool:
    """Whether a name leads to one version and its fixes: 3.13-slim does, 3-slim does not."""
    if "@sha256:" in image or image == "scratch":
        return True
    if python_version(image):
        return python_version(image) != "3"
    return bool(RELEASE.search(tag(image)))


def python_version(image: str) -> str:
    """The Python of an image, such as "3.13"; "3" when its name does not say, "" without one."""
    if "python" not in image:
        return ""
    found = VERSION.search(tag(image))
    return found[1] if found else "3"


def libc(image: str) -> str:
    """Which C library the image has: programs compiled for one do not run on the other."""
    return "musl" if "alpine" in image else "glibc"


def settings(image: str) -> Config:
    """The settings that a base image brings."""
    if not python_version(image):
        return Config()
    return Config(env={"PATH": f"/usr/local/bin:{PATH}"}, cmd=("python3",))


def contents(image: str) -> dict[str, Entry]:
    """The entries of a base image that matter here."""
    found: dict[str, Entry] = {}
    if python_version(image):
        found[PYTHON] = Entry(digest(image, PYTHON))
        small = "slim" in tag(image) or "alpine" in tag(image)
        for name in () if small else FULL:
            found[SYSTEM + name] = Entry(digest(image, name))
    return found


def packages(files: dict[str, Entry]) -> set[str]:
    """Names of the system's packages among these files."""
    return {path.removeprefix(SYSTEM) for path in files if path.startswith(SYSTEM)}


def site(prefix: str, machine: Machine) -> str:
    """Where the Python of this image has the packages of a prefix."""
    return f"{prefix}/lib/python{python_version(machine.base)}/site-packages"


def which(machine: Machine, program: str) -> str:
    """The path that a program's name leads to; "" when it is not found.

    Known are Python, venvs and the programs that packages of Python bring.
    """
    path = machine.config.env.get("PATH", "")
    places = [program] if "/" in program else [f"{folder}/{program}" for folder in path.split(":")]
    for place in places:
        place = posixpath.normpath(posixpath.join(machine.config.workdir, place))
        if there(machine.files, place):
            return place
    return ""


def there(files: dict[str, Entry], path: str) -> bool:
    """Whether a program is at that path; beside a `python` there is `python3`, `pip` and such."""
    folder, name = posixpath.split(path)
    generic = re.fullmatch(r"(python|pip)[\d.]*", name)
    return path in files or (bool(generic) and f"{folder}/python" in files)


def importable(machine: Machine, interpreter: str) -> set[str]:
    """Names of the packages that this interpreter finds and can load, lower case.

    A user without a name has "/" as home, so packages of `pip install --user` are found only
    where HOME or PYTHONUSERBASE says so.
    """
    env = machine.config.env
    prefix = posixpath.dirname(posixpath.dirname(interpreter))
    user = env.get("PYTHONUSERBASE") or posixpath.join(_home(machine), ".local")
    places = [site(prefix, machine), site(user, machine)]
    places += [path.rstrip("/") for path in env.get("PYTHONPATH", "").split(":") if path]
    paths = [place + PACKAGES for place in places]
    found = [machine.files[path] for path in paths if path in machine.files]
    return {name for entry in found if entry.runs_on == libc(machine.base) for name in entry.holds}


def _home(machine: Machine) -> str:
    config = machine.config
    if "HOME" in config.env:
        return config.env["HOME"]
    if config.user in ("", "0", "root"):
        return "/root"
    homes = machine.groups.get(f"home {config.user.partition(':')[0]}")
    return homes[0] if homes else "/"
