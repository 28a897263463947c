import random
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from labkit import Fail, check
from labkit.workflow import (
    SUCCESS,
    Pipeline,
    actionlint,
    need_bash,
    pull_request,
    push,
    read,
    zizmor,
)

CI = ".github/workflows/ci.yml"
PROJECT = ("deploy.sh", "stays", "tests")
RUFF = 'lint.select = ["E", "F"]\n'
"""The project's ruff.toml. In ``files/``, it would change how this repository is linted."""
BOOKING, STORE, TESTS = "stays/booking.py", "stays/store.py", "tests/test_booking.py"
LATER = ("injection", "deprecated")
"""What actionlint says of actions and untrusted text is left to the check of rights."""
SECONDS = 10.0
"""What one run may take; it needs a fraction of one."""
CHECKOUT = "de0fac2e4500dabe0009e67214ff5f5447ce83dd"
"""The commit of actions/checkout 6.0.2, which the brief names."""
PINNED = re.compile(r"[0-9a-f]{40}")
DANGERS = ("template-injection", "dangerous-triggers", "unpinned-uses", "excessive-permissions")
LONGEST = 60
"""Minutes that a job may ask for."""
OWN = """a'; touch "$STAYS_SERVER/owned"; echo '$(touch "$STAYS_SERVER/owned")"""
"""Text that becomes a command however it is put into a script."""
PROBE = """

def _probe():
    import os
    from pathlib import Path

    if os.environ.get("DEPLOY_TOKEN"):
        Path(os.environ["STAYS_SERVER"], "seen").touch()


_probe()
"""
FULL = ("deploy.sh", "cp -R", 'echo "no space left on the server" && exit 3 #')
WRONG_NIGHTS = (BOOKING, "return (end - start).days", "return (end - start).days + 1")
CRASH = (BOOKING, "return nights(start, end) * night_cents", "return start * night_cents")
ONE_STORE = {
    "sqlite": (STORE, "start < ? AND stop > ?", "start < ? AND stop < ?"),
    "memory": (STORE, "first < end and start < last", "first < end and last < start"),
}
LINT = {
    "a comparison to None": ("\n\n\n", "\n\n\ndef {0}(one):\n    return one == None\n\n\n"),
    "an unused import": ("\nfrom ", "\nimport {0}\nfrom "),
    "an undefined name": ("\n\n\n", "\n\n\ndef {0}():\n    return {0}_of_nothing\n\n\n"),
}


class Result:
    """A run, and the folder that stands for the server."""

    def __init__(self, run, server):
        self.run, self.server = run, server

    @property
    def deploys(self):
        """The tokens that deploy.sh was called with."""
        log = self.server / "log"
        return log.read_text("utf-8").split() if log.is_file() else []


class Stays:
    """The project, its repository's secret, and runs of the learner's workflow on it."""

    def __init__(self, lab):
        draw = random.Random(lab.seed)
        self.lab = lab
        self.workflow = read(lab.path(CI), CI)
        self.token = f"token{draw.randrange(10**9)}"
        self.word = "".join(draw.choices("abcdefghij", k=8))
        self.folder = lab.path("runs")
        shutil.rmtree(self.folder, ignore_errors=True)
        secrets = {"DEPLOY_TOKEN": self.token}
        self.pipeline = Pipeline(
            self.workflow, self.folder / "jobs", secrets=secrets, seconds=SECONDS
        )
        self.good = self.tree("good")

    def tree(self, name, *changes, add=""):
        """A copy of the project with some texts replaced; its folder."""
        folder = self.folder / "trees" / name
        for part in PROJECT:
            source, target = self.lab.path(part), folder / part
            if source.is_dir():
                shutil.copytree(source, target)
            else:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, target)
        (folder / "ruff.toml").write_text(RUFF, "utf-8")
        for file, old, new in changes:
            path = folder / file
            text = path.read_text("utf-8")
            assert text.count(old) > 0, f"{old!r} is not in {file}"
            path.write_text(text.replace(old, new, 1), "utf-8")
        for path in folder.rglob("*.py"):
            with path.open("a", encoding="utf-8") as file:
                file.write(f"# {self.word}\n")
        with (folder / "stays/__init__.py").open("a", encoding="utf-8") as file:
            file.write(add)
        return folder

    def all(self, *runs):
        """Run the workflow for each (event, tree), several at once; results in this order."""
        with ThreadPoolExecutor(3) as pool:
            return list(pool.map(self.one, runs))

    def one(self, pair):
        event, tree = pair
        server = self.folder / "servers" / f"{event.name}-{event.run}"
        server.mkdir(parents=True)
        run = self.pipeline.run(event, tree, self.good, STAYS_SERVER=str(server))
        return Result(run, server)

    def deploy_job(self):
        """The id of the job that calls deploy.sh, or "": others may only look at the script."""
        texts = {name: str(job) for name, job in self.workflow.jobs.items()}
        calling = [name for name, text in texts.items() if "deploy.sh" in text]
        calling.sort(key=lambda name: "DEPLOY_TOKEN" not in texts[name])
        return calling[0] if calling else ""

    def fail(self, message, *where, **values):
        return self.workflow.fail(message, *where, **values)

    def started(self, result):
        if not result.run.started:
            event = result.run.event
            what = f" (it changes {', '.join(event.paths)})"
            raise self.fail(f"{event.words} does not start the workflow{what}", "on")

    def green(self, result, code):
        """The run must have started, and be green."""
        self.started(result)
        run = result.run
        if run.red:
            step = run.broken
            said = " ".join(step.output.split()[-12:]) or f"code {step.code}"
            raise self.fail(
                f"{run.event.words}, {code}: `{step.title}` fails: {said}",
                *step.where,
                expected="every job succeeds or is skipped",
                got=run.story(),
            )
        if run.conclusion != SUCCESS:
            raise self.fail(f"{run.event.words}, {code}: no job ran", "jobs", got=run.story())

    def red(self, result, code, signs):
        """The run must be red, and nothing be deployed. ``signs``: what the tool prints then."""
        self.started(result)
        run = result.run
        where, why = self.silent(run, signs)
        if not run.red:
            raise self.fail(
                f"{run.event.words}, {code}, and the run is green: {why}",
                *where,
                expected="a job fails",
                got=run.story(),
            )
        if result.deploys:
            raise self.fail(
                f"{run.event.words}, {code}: the run is red, and yet the code was deployed",
                "jobs",
                self.deploy_job(),
                expected="deploy.sh is not called",
                got=run.story(),
            )

    def silent(self, run, signs):
        """Where a failure was seen and did not count, and why."""
        for name, job in run.jobs.items():
            for cell in job.cells:
                for step in cell.steps:
                    if any(sign in step.output for sign in signs):
                        return step.where, self.swallowed(name, cell, step)
        notes = "; ".join(run.notes)
        return ("jobs",), f"no step has noticed it. {notes}".strip(" .")

    def swallowed(self, job, cell, step):
        if step.conclusion != step.outcome:
            return f"`{step.title}` fails, and `continue-on-error` says that this does not matter"
        if step.outcome == SUCCESS:
            return f"`{step.title}` has seen it, and ended with code 0: only the code counts"
        return f"`{cell.name}` fails, and `continue-on-error` of `{job}` says it does not matter"


@check("green")
def _(lab):
    need_bash()
    stays = lab.stays = Stays(lab)
    for found in actionlint(lab.path(CI)):
        if found.rule not in LATER:
            raise Fail(f"actionlint: {found.message}", file=CI, line=found.line)
    main, request = stays.all((push(), stays.good), (pull_request(run=11), stays.good))
    code = "with good code"
    stays.green(main, code)
    if main.deploys != [stays.token]:
        raise stays.fail(
            "a push to main, with good code: the server should be deployed to once",
            "jobs",
            stays.deploy_job(),
            expected="deploy.sh is called once, with the secret DEPLOY_TOKEN",
            got=f"{len(main.deploys)} deploys; {main.run.story()}",
        )
    stays.green(request, code)
    lab.main, lab.requests = main.run, [request.run]


TEST_SIGNS = ("FAILED (", "AssertionError", "TypeError")


@check("tests")
def _(lab):
    stays = lab.stays
    wrong, crash = stays.tree("wrong", WRONG_NIGHTS), stays.tree("crash", CRASH)
    full = stays.tree("full", FULL)
    again = pull_request(run=12, action="synchronize")
    events = push(run=2), again, push(run=3)
    main, request, late = stays.all(*zip(events, (wrong, crash, full), strict=True))
    stays.red(main, "a test fails", TEST_SIGNS)
    stays.red(request, "a test fails", TEST_SIGNS)
    stays.red(late, "deploy.sh fails", ("no space left",))


def complaints(stays):
    """Code that works, and that Ruff complains about: what, where, tree."""
    style, *others = LINT
    for number, what in enumerate((others[stays.lab.seed % len(others)], style)):
        file = (BOOKING, TESTS)[(stays.lab.seed + number) % 2]
        old, new = LINT[what]
        word = stays.word if "def" in new else "json"
        yield what, file, stays.tree(f"lint{number}", (file, old, new.format(word)))


@check("alone")
def _(lab):
    stays = lab.stays
    cases = []
    for what, file, tree in complaints(stays):
        event = push(paths=[file], run=20 + len(cases))
        signs = ("E711", "F401", "F821")
        cases.append((event, tree, f"only Ruff complains ({what} in {file})", signs))
    for kind, change in ONE_STORE.items():
        event = push(paths=[STORE], run=20 + len(cases))
        code = f"tests fail with STAYS_STORE={kind} alone"
        cases.append((event, stays.tree(kind, change), code, TEST_SIGNS))
    for number, (event, *case) in enumerate(cases[1:]):
        again = pull_request(run=50 + number, action="synchronize", paths=event.paths)
        cases.append((again, *case))
    results = stays.all(*[(event, tree) for event, tree, _, _ in cases])
    for result, (_, _, code, signs) in zip(results, cases, strict=True):
        stays.red(result, code, signs)


@check("main")
def _(lab):
    stays = lab.stays
    stranger = {"fork": True, "branch": "main"}
    events = [
        push("feature/ratings", run=30),
        push("maintenance", run=31),
        push("release/main", run=32),
        push(tag="v1.0", run=33),
        replace(pull_request(OWN, title=OWN, body=OWN, run=34), words="a pull request"),
        pull_request(run=35, paths=["tests/test_store.py"], **stranger),
        pull_request(run=36, target=True, **stranger),
    ]
    lab.probed = stays.tree("probed", add=PROBE)
    results = stays.all(*[(event, lab.probed) for event in events])
    for result in results:
        if result.deploys:
            raise stays.fail(
                f"{result.run.event.words} deploys",
                "jobs",
                stays.deploy_job(),
                "if",
                expected="only a push to main deploys",
                got=result.run.story(),
            )
    lab.hostile = results[4]
    lab.requests += [result.run for result in results[4:6]]
    stays.green(results[5], "which has no secrets")


@check("rights")
def _(lab):
    stays = lab.stays
    (second,) = stays.all((push(message=OWN, run=40), lab.probed))
    for result in (lab.hostile, second):
        theirs(stays, result)
    lab.second = second.run
    for name, job in stays.workflow.jobs.items():
        if "DEPLOY_TOKEN" in str(job) and name != stays.deploy_job():
            message = f"`{name}` is given DEPLOY_TOKEN: only the job that deploys needs it"
            raise stays.fail(message, "jobs", name)
        least(stays, name)
        pinned(stays, name)
    for found in zizmor(lab.path(CI)):
        if found.rule in DANGERS and found.severity in ("medium", "high"):
            raise Fail(f"zizmor: {found.rule}: {found.message}", file=CI, line=found.line)


def theirs(stays, result):
    """Nothing that others wrote was run, and the tests could not read the token."""
    event = result.run.event
    if (result.server / "owned").exists():
        kind = "commit message" if event.name == "push" else "title, text or branch name"
        raise stays.fail(
            f"{event.words}: its {kind} was run as a command. `${{{{ … }}}}` is put into the "
            "script before the shell reads it: hand it over in `env:`",
            *untrusted(stays),
        )
    if (result.server / "seen").exists():
        raise stays.fail(
            f"{event.words}: the code under test can read DEPLOY_TOKEN. Whoever gets code into "
            "the tests gets the token: only the step that deploys needs it",
            *stays.workflow.find("DEPLOY_TOKEN"),
        )


def untrusted(stays):
    """Where an expression stands in a script."""
    for name, job in stays.workflow.jobs.items():
        for number, step in enumerate(job["steps"]):
            if "${{ github." in str(step.get("run")):
                return "jobs", name, "steps", number, "run"
    return ("jobs",)


def least(stays, name):
    """The token of a job may read the code, and nothing else."""
    rights = stays.workflow.permissions(name)
    where = ("permissions",) if "permissions" in stays.workflow.data else ("jobs", name)
    if rights is None:
        message = f"`{name}` has no `permissions`: what its token may do is left to a setting"
        raise stays.fail(message, *where, expected="contents: read")
    more = rights if isinstance(rights, str) else None
    for right, level in rights.items() if isinstance(rights, dict) else ():
        if level != "none" and (right, level) != ("contents", "read"):
            more = f"{right}: {level}"
    if more:
        message = f"the token of `{name}` may do more than read the code"
        raise stays.fail(message, *where, expected="contents: read", got=more)


def pinned(stays, name):
    """Every action is pinned to the full SHA of a commit."""
    for number, step in enumerate(stays.workflow.jobs[name]["steps"]):
        action, _, ref = str(step.get("uses", "")).partition("@")
        if action and not action.startswith("./") and not PINNED.fullmatch(ref):
            message = f"`{action}` is not pinned to a commit: whoever moves `{ref}` runs code here"
            where = ("jobs", name, "steps", number)
            raise stays.fail(message, *where, expected="a SHA of 40 digits", got=ref or "nothing")
        if action == "actions/checkout" and ref != CHECKOUT:
            message = f"`{action}` is pinned to another commit than that of 6.0.2"
            where = ("jobs", name, "steps", number)
            raise stays.fail(message, *where, expected=CHECKOUT, got=ref)


@check("calm")
def _(lab):
    stays = lab.stays
    for name, job in stays.workflow.jobs.items():
        limit, where = job.get("timeout-minutes"), ("jobs", name, "timeout-minutes")
        if limit is None:
            raise stays.fail(f"`{name}` has no time limit, so GitHub gives it 360 minutes", *where)
        if not isinstance(limit, int | float) or not 1 <= limit <= LONGEST:
            message = f"the time limit of `{name}` should be a number of minutes"
            raise stays.fail(message, *where, expected=f"1 to {LONGEST}", got=str(limit))
    job = stays.deploy_job()
    first = [hold for hold in lab.main.holds if hold.job in ("", job)]
    shared = [hold for hold in first if hold.group in groups(lab.second, hold.job)]
    if not shared:
        message = "two pushes to main, one soon after the other, are deployed at the same time"
        raise stays.fail(
            message,
            "jobs",
            job,
            expected="both deploys in one concurrency group",
            got=", ".join(hold.group for hold in first) or "no group",
        )
    for hold in shared:
        undisturbed(stays, lab, hold, first)


def groups(run, *jobs):
    """The groups a run holds, of these jobs."""
    return [hold.group for hold in run.holds if hold.job in jobs]


def undisturbed(stays, lab, hold, first):
    """Nothing cancels what holds this group while it deploys or waits to."""
    group = f"the group `{hold.group}`"
    if hold.cancels:
        message = "a second push to main cancels the first one in the middle of its deploy"
        raise stays.fail(message, *hold.where, got=f"cancel-in-progress in {group}")
    others = [each for each in lab.second.holds if each.job not in ("", hold.job)]
    if len([each for each in first if each.group == hold.group]) > 1 or hold.group in [
        each.group for each in others if hold.job
    ]:
        raise stays.fail(f"{group} is held by the deploy and by more of its own run", *hold.where)
    for request in lab.requests:
        if hold.group in [each.group for each in request.holds]:
            message = f"{request.event.words} is in {group} too: it takes the place of a deploy"
            raise stays.fail(f"{message} that waits", *hold.where)
