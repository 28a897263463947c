import posixpath
import random
import re

from labkit import Fail, check
from labkit.docker import engine as dockerengine
from labkit.docker import history as imagehistory
from labkit.docker import pyimage, pystart
from labkit.docker.context import IGNORE, Context, read
from labkit.docker.dockerfile import FILE, Dockerfile
from labkit.docker.layercache import Build, again
from labkit.docker.pyrun import Commands

COMPILED, LINKED = {"psycopg[c]": "libpq-dev"}, {"psycopg[c]": "libpq5"}
CODE = "stays/views.py"
FILES = (
    "Dockerfile", IGNORE, "requirements.txt", "gunicorn.conf.py", "manage.py",
    *(f"stays/{name}.py" for name in ("__init__", "settings", "urls", "views", "wsgi")),
)  # fmt: skip
FIRST = """FROM python:3.13
ENV DJANGO_SECRET_KEY=s3cret-for-all-hosts
WORKDIR /srv
COPY . .
RUN pip install -r requirements.txt
CMD gunicorn stays.wsgi
"""
"""The Dockerfile as it was found, to compare with."""
KEY = "s3cret-for-all-hosts"
SECRET = re.compile(r"(?i)(secret|password|token|key)\w*=[^$\s]")
TOOLS = re.compile(r"(gcc|g\+\+|cpp|clang)(-[\d.]+)?|make|build-(essential|base)|.*-dev")
PRIVATE = (".env", ".git", ".venv", "db.sqlite3", "__pycache__")


def private(draw):
    """What lies in a working folder besides the code, and is nobody's business."""
    name = f"{draw.getrandbits(160):040x}"
    return {
        ".env": f"DJANGO_SECRET_KEY={draw.getrandbits(64):x}\n".encode(),
        ".git/HEAD": b"ref: refs/heads/main\n",
        f".git/objects/{name[:2]}/{name[2:]}": draw.randbytes(9),
        ".venv/lib/python3.13/site-packages/django/__init__.py": b"VERSION = (5, 2)\n",
        "db.sqlite3": draw.randbytes(9),
        "__pycache__/manage.cpython-313.pyc": draw.randbytes(9),
        "stays/__pycache__/views.cpython-313.pyc": draw.randbytes(9),
    }


class Image:
    """The image that the Dockerfile gives from a context."""

    def __init__(self, context, text=""):
        self.context = context
        self.commands = Commands(COMPILED)
        text = text or context.files[FILE].decode("utf-8", "replace")
        self.file = Dockerfile(text, settings=pyimage.settings)
        self.build = Build(self.file, context, self.commands, pyimage.contents)
        self.machine = self.build.image
        self.config = self.machine.config

    def changed(self, files):
        return Image(self.context.changed(files))

    def installs_again(self, before):
        """Steps that install something although the first build's are in the cache."""
        steps = again(before.build, self.build)
        return steps, [step for step in steps if step.key in self.commands.installs]


@check("builds", seconds=15)
def _(lab):
    lab.draw = random.Random(lab.seed)
    files = read(lab.path(FILE).parent, list(FILES))
    lab.context = Context({**private(lab.draw), **files})
    lab.image = Image(lab.context)
    for name, line in lab.image.build.images:
        if not pyimage.pinned(name):
            said = f"{name} is another image tomorrow: pin it to a version, such as 3.13-slim"
            raise Fail(said, file=FILE, line=line)
    last = lab.image.machine
    if not pyimage.python_version(last.base):
        said = f"the last stage starts from {last.base}: in this lab, from an image of python"
        raise Fail(said, file=FILE, line=last.layers[0].step.line)
    if lab.variant == "docker":
        remarks = dockerengine.remarks(lab.path(FILE).parent, seconds=10)
        if remarks is not None:
            lab.measure("remarks of docker build --check", len(remarks))


def program(image):
    """The interpreter that runs Gunicorn, and Gunicorn's arguments."""
    machine, config = image.machine, image.config
    line = pystart.line_of_start(machine)
    found = pystart.start(machine, config.argv)
    if not found.words:
        raise Fail(
            "the container has nothing to start: no CMD, no ENTRYPOINT", file=FILE, line=line
        )
    path, arguments = pystart.interpreter(machine, found.words)
    if found.words[0].startswith("["):
        said = "this is no JSON, which has double quotes, so all of it is a text for the shell"
        raise Fail(said, got=shown(config.argv), file=FILE, line=line)
    if not arguments or arguments[0] != "gunicorn":
        said = "the container does not start Gunicorn"
        raise Fail(
            said, expected="gunicorn stays.wsgi", got=shown(config.argv), file=FILE, line=line
        )
    if not path:
        raise Fail(missing(machine, found.words[0]), file=FILE, line=line)
    return path, arguments


def missing(machine, program):
    path = pyimage.which(machine, program)
    if path:
        return f"{path} names the Python it was installed for, and that is not in the image"
    return f"{program} is not found in the image: its folder is not there, or not on PATH"


def shown(argv):
    return " ".join(argv) or "(nothing)"


def loads(image):
    """Gunicorn is found, and all that requirements.txt asks for can be imported."""
    path, arguments = program(image)
    line = pystart.line_of_start(image.machine)
    wanted = [
        line.partition(">")[0].lower()
        for line in image.context.files["requirements.txt"].decode().split()
    ]
    there = pyimage.importable(image.machine, path)
    if missing := [name for name in wanted if name not in there]:
        said = f"{path} starts in the image, and cannot import {', '.join(missing)}"
        raise Fail(f"{said}: not among the files of its packages", file=FILE, line=line)
    installed = pyimage.packages(image.machine.files)
    for name, library in LINKED.items():
        if library not in installed:
            said = f"{name} cannot be loaded: its library {library} is not in the last stage"
            raise Fail(said, file=FILE, line=image.machine.layers[0].step.line)
    return arguments


def home(image, arguments):
    """The folder Gunicorn runs in."""
    flags, rest = pystart.server(arguments)
    if rest not in (["stays.wsgi"], ["stays.wsgi:application"]):
        line = pystart.line_of_start(image.machine)
        raise Fail(
            "Gunicorn is not asked to serve stays.wsgi", got=shown(arguments), file=FILE, line=line
        )
    return posixpath.join(image.config.workdir, (flags.get("--chdir") or ["."])[-1])


@check("starts")
def _(lab):
    image = lab.image
    arguments = loads(image)
    folder = home(image, arguments)
    lab.folder = posixpath.normpath(folder)
    line = pystart.line_of_start(image.machine)
    if lab.folder == "/":
        said = "Gunicorn runs in /, among the system's folders: give the code one of its own"
        raise Fail(said, file=FILE, line=line)
    for name in (
        "stays/wsgi.py",
        "stays/settings.py",
        "stays/views.py",
        "stays/urls.py",
        "manage.py",
    ):
        if content(image, lab.folder, name) is None:
            said = f"Gunicorn runs in {lab.folder}, and {name} is not there"
            raise Fail(said, file=FILE, line=line)
    flags, _ = pystart.server(arguments)
    bind = (flags.get("-b") or flags.get("--bind") or [""])[-1]
    if not bind and content(image, lab.folder, "gunicorn.conf.py") is None:
        bind = "127.0.0.1:8000"
    if bind and not re.fullmatch(r"(0\.0\.0\.0|\[::\])?:8000", bind):
        said = f"Gunicorn listens on {bind}, where nobody outside the container reaches it"
        raise Fail(said, expected="0.0.0.0:8000, as gunicorn.conf.py says", file=FILE, line=line)


def content(image, folder, name):
    entry = image.machine.files.get(posixpath.join(folder, name))
    return entry and entry.data


def cut(text):
    return text if len(text) <= 50 else f"{text[:50]}…"


@check("cache")
def _(lab):
    before = Image(lab.context, FIRST)
    new = {CODE: lab.context.files[CODE] + f"# {lab.seed}\n".encode()}
    was = again(before.build, Image(lab.context.changed(new), FIRST).build)
    lab.measure("steps run again after an edit, first Dockerfile", len(was))
    edited = lab.image.changed(new)
    steps, installs = edited.installs_again(lab.image)
    lab.measure("steps run again after an edit, yours", len(steps))
    if installs:
        at, first = installs[0].step, steps[0].step
        said = f"every edit of {CODE} runs line {at.line} again, which installs: {cut(at.text)}"
        why = (
            "It takes all of the folder itself"
            if at is first
            else f"Line {first.line} took the code before it"
        )
        raise Fail(f"{said}. {why}", file=FILE, line=at.line)
    extra = f"stays/prices_{lab.seed % 1000}.py"
    for name, data in ((CODE, new[CODE]), (extra, b"PRICE = 90\n")):
        if content(lab.image.changed({name: data}), lab.folder, name) != data:
            raise Fail(
                f"{name} was changed, and the image has not got the new one", file=FILE, line=1
            )
    wish = f"stays-client-{lab.seed % 1000}"
    text = lab.context.files["requirements.txt"] + f"{wish}\n".encode()
    try:
        loads(lab.image.changed({"requirements.txt": text}))
    except Fail as error:
        said = f"{wish} was added to requirements.txt, and the new image cannot import it"
        raise Fail(said, file=FILE, line=error.line) from error


@check("lean")
def _(lab):
    for layer in lab.image.machine.layers:
        here = pyimage.packages(layer.added)
        if found := sorted(name for name in here if TOOLS.fullmatch(name)):
            hidden = found[0] not in pyimage.packages(lab.image.machine.files)
            said = f"the layer of this step brings {', '.join(found)} into the image"
            said += ", and a later step hides it, no more" if hidden else ""
            raise Fail(said, file=FILE, line=layer.step.line)


@check("private")
def _(lab):
    for name in sorted(lab.context.kept):
        if set(name.split("/")) & set(PRIVATE):
            raise Fail(
                f"the build context has {name}: .dockerignore lets it through", file=IGNORE, line=1
            )
    for step, name in imagehistory.secrets(lab.image.file.stages[-1]):
        said = f"{step.name} {name} stays in the image: `docker history` shows its value"
        raise Fail(said, file=FILE, line=step.line)
    for step in imagehistory.steps(lab.image.file.stages[-1]):
        if KEY in step.text:
            said = f"{step.name} holds the key of all hosts, and `docker history` shows it"
            raise Fail(said, file=FILE, line=step.line)
    for word in lab.image.config.argv:
        if SECRET.search(word):
            said = f"the command that starts the container holds a secret: {word}"
            raise Fail(said, file=FILE, line=pystart.line_of_start(lab.image.machine))


@check("process")
def _(lab):
    user = lab.image.config.user
    at = [
        step.line for step in imagehistory.steps(lab.image.file.stages[-1]) if step.name == "USER"
    ]
    number = user.partition(":")[0]
    line = at[-1] if at else pystart.line_of_start(lab.image.machine)
    if number in ("", "root") or (number.isdigit() and int(number) == 0):
        said = "the process runs as root: whoever breaks out of it is root, too"
        raise Fail(
            said,
            expected="USER and a number, such as 10001",
            got=f"USER {user or '(none)'}",
            file=FILE,
            line=line,
        )
    if not number.isdigit():
        said = f"USER {user}: from a name alone, nobody outside can tell that it is not root"
        raise Fail(said, expected="USER and a number, such as 10001", file=FILE, line=line)
    shell = pystart.start(lab.image.machine, lab.image.config.argv).shell
    if shell:
        said = f"process 1 is {shell}, not Gunicorn, and `docker stop` sends SIGTERM to process 1"
        line = pystart.line_of_start(lab.image.machine)
        raise Fail(said, got=shown(lab.image.config.argv), file=FILE, line=line)
    for step in imagehistory.steps(lab.image.file.stages[-1]):
        if step.name == "STOPSIGNAL" and step.args[0].upper() not in ("SIGTERM", "TERM", "15"):
            said = (
                f"`docker stop` sends {step.args[0]} instead of SIGTERM, which Gunicorn waits for"
            )
            raise Fail(said, file=FILE, line=step.line)
