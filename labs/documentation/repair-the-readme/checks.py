import ast
import re
import tomllib
from pathlib import Path

from labkit import Fail, check
from labkit.console import ANYTHING, CONSOLE, OUTPUT, SHELL, differs, follow, steps
from labkit.markdown import Markdown, trouble
from labkit.newcomer import fresh, watch

README = "README.md"
SECONDS = 6
TESTS = "tests/test_payouts.py"
TYPED = "whoever types all blocks tagged sh, bash, shell and console"
NAME = re.compile(r"\bPAYOUTS_\w+")
PYTHON = re.compile(r"\bPython\W{0,4}(?:version\s*)?(?:>=\s*)?v?(3(?:\.\d+)+)", re.IGNORECASE)
VERSION = re.compile(
    r"\b(?:version|release)[\s:*`=_-]{0,4}v?(\d+(?:\.\d+)+)"
    r"|\bpayouts[\s:*`=_-]{1,4}v?(\d+\.\d+\.\d+)|\bv(\d+(?:\.\d+)+)",
    re.IGNORECASE,
)
OTHERS = re.compile(r"\b(?:python|sqlite|git|bash)\b", re.IGNORECASE)
"""Programs whose versions are not the project's."""


def page(lab):
    text = lab.path().read_text("utf-8")
    if not text.strip():
        raise Fail("the README is empty", file=README)
    return Markdown(text)


@check("runs")
def _(lab):
    todo = steps(page(lab).fences)
    if not todo:
        raise Fail("there is no shell block: what should a newcomer type?", file=README)
    # The workspace holds nothing but the project; a folder with a dot is not copied.
    place = Path(lab.path().parent, ".newcomer")
    fresh(lab.path().parent, place / "payouts")
    (place / "state").mkdir()
    watch(place / "payouts", "payouts.py", place / "state")
    watch(place / "payouts", TESTS, place / "state", "def tearDownModule(): ")
    lab.session = follow(todo, place / "payouts", place / "state", SECONDS)
    if not lab.session.failed_line:
        return
    step = next(step for step in todo if not step.done)
    said = " / ".join(line.strip() for line in step.got[-2:]) or "nothing"
    raise Fail(
        f"typed in a fresh copy, it {ended(lab.session)} and says: {said[:200]}",
        file=README,
        line=lab.session.failed_line,
    )


def ended(session):
    if session.late:
        return f"is not done after {SECONDS} s"
    return f"ends with exit code {session.code}" if session.code else "leaves the shell"


@check("arrives")
def _(lab):
    seen = lab.session.seen
    if not any(argv[1:2] == ["report"] for name, argv in seen if name == "payouts.py"):
        raise Fail(f"{TYPED} has not seen the report of a month", file=README)
    if not any(name == TESTS for name, _ in seen):
        raise Fail(f"{TYPED} has not run the tests of {TESTS}", file=README)


@check("prints")
def _(lab):
    told = [step for step in lab.session.steps if step.want is not None]
    for step in told:
        if line := differs(step):
            at = line - step.want_line
            raise Fail(
                f"`{step.lines[-1].strip()[:60]}` prints something else than the README says",
                expected=shown(step.want, at),
                got=shown(step.got, at),
                file=README,
                line=line,
            )
    reports = [step.want for step in told if "report" in " ".join(step.lines)]
    if not any(line.strip() not in ("", *ANYTHING) for want in reports for line in want):
        raise Fail("the README does not show what the report looks like", file=README)


def shown(lines, at):
    """The lines from the one before the difference."""
    few = [line.rstrip() for line in lines[max(at - 1, 0) : at + 2]]
    return "\n".join(few) or "nothing more"


def known(path):
    """The variables that a module reads, with their defaults (None: it has to be set)."""
    found = {}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        texts = [
            each.value for each in ast.iter_child_nodes(node) if isinstance(each, ast.Constant)
        ]
        if isinstance(node, ast.Call) and texts and NAME.fullmatch(str(texts[0])):
            found[texts[0]] = texts[1] if len(texts) > 1 else None
        elif isinstance(node, ast.Subscript) and texts and NAME.fullmatch(str(texts[0])):
            found.setdefault(texts[0], None)
    return found


@check("settings")
def _(lab):
    variables = known(lab.path("settings.py"))
    text = page(lab)
    told = dict(text.prose) | dict(inside(text.fences, typed=False))
    for number, line in sorted((told | dict(inside(text.fences, typed=True))).items()):
        for name in NAME.findall(line):
            if name not in variables:
                raise Fail(f"settings.py reads no {name}", file=README, line=number)
    for name, default in variables.items():
        named = [number for number, line in sorted(told.items()) if name in NAME.findall(line)]
        if not named:
            raise Fail(
                f"settings.py reads {name}, and no text outside of the shell blocks names it",
                file=README,
            )
        if default and not any(default_in(around(told, at), default) for at in named):
            raise Fail(
                f"{name} has a default, which does not stand beside it",
                expected=default,
                got=told[named[0]].strip(),
                file=README,
                line=named[0],
            )


def inside(fences, *, typed):
    """Numbers and lines of the blocks that are typed or compared, or of the others."""
    for fence in fences:
        if (fence.language in (*SHELL, *CONSOLE, *OUTPUT)) == typed:
            yield from enumerate(fence.lines, fence.line)


def around(told, number):
    """A line that names a variable, with what goes on about it below, and the line above."""
    above = told.get(number - 1, "")
    line = told[number]
    if line.lstrip().startswith("|"):
        return line
    words = [line] if NAME.search(above) else [above, line]
    for at in range(number + 1, number + 8):
        text = told.get(at, "#")
        if NAME.search(text) or text.startswith(("#", "|")):
            break
        if not text.strip() and not told[at - 1].startswith("#"):
            break
        words.append(text)
    return " ".join(words)


def default_in(text, default):
    return re.search(rf"(?<![\w.]){re.escape(default)}(?![\w]|\.\w)", text)


@check("links")
def _(lab):
    place = lab.path()
    for link in page(lab).links():
        if link.inside and (wrong := trouble(link, place, place.parent)):
            raise Fail(f"the link to {link.to or 'nothing'}: {wrong}", file=README, line=link.line)


@check("versions")
def _(lab):
    project = tomllib.loads(lab.path("pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["requires-python"].removeprefix(">=")
    prose = page(lab).prose
    agree(prose, PYTHON, wanted, "the Python it needs", "requires-python")
    agree(prose, VERSION, project["version"], "the version of the project", "version")


def others(line, match):
    """Whether it is the version of another program: Python version 3.11, version 3.11 of Python."""
    after = re.match(r"\W*of \w+", line[match.end() :])
    before = line[max(match.start() - 10, 0) : match.start()]
    return OTHERS.search(before) or (after and OTHERS.search(after[0]))


def agree(prose, pattern, wanted, what, key):
    """Every version that the text names is pyproject's, and it names one."""
    for number, line in prose:
        for match in pattern.finditer(line):
            got = next(group for group in match.groups() if group)
            if got != wanted and (pattern is PYTHON or not others(line, match)):
                raise Fail(
                    f"pyproject.toml has another {key}",
                    expected=wanted,
                    got=got,
                    file=README,
                    line=number,
                )
    named = re.compile(rf"(?<![\d.]){re.escape(wanted)}(?!\.?\d)")
    if not any(named.search(line) for _, line in prose):
        raise Fail(f"the text does not name {what}", expected=wanted, file=README)
