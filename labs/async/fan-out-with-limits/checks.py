import asyncio
import inspect
import random
import sys
import time
from pathlib import Path

from labkit import Fail, check
from labkit.clock import BLOCKS, DEADLOCK, run

AT_ONCE, PATIENCE = 4, 3
FOREVER = float("inf")
TICK = 1e-6
"""Seconds below which two moments are one."""
NAMES = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
    "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon",
)  # fmt: skip


class Partners:
    """Fakes of the partner sites: how long each takes, and its price or the error it raises."""

    def __init__(self, answers):
        self.answers = answers
        self.names = list(answers)
        self.asked, self.flight, self.most = [], [], 0
        self.free, self.waste = [0.0] * AT_ONCE, ""

    async def ask(self, partner):
        self.begin(partner)
        try:
            seconds, answer = self.answers[partner]
            # Without a timer, a call that nobody limits is a deadlock, and is found at once.
            await (asyncio.sleep(seconds) if seconds < FOREVER else asyncio.Event().wait())
            if isinstance(answer, Exception):
                raise answer
            return answer
        finally:
            self.flight.remove(partner)
            self.free.append(now())

    def begin(self, partner):
        idle = now() - self.free.pop(0) if self.free else 0.0
        if idle > TICK and not self.waste:
            self.waste = f"{partner} was asked {idle:.1f} s after a place was free"
        self.asked.append(partner)
        self.flight.append(partner)
        self.most = max(self.most, len(self.flight))

    def wanted(self):
        """What prices() must return."""
        return [
            None if seconds > PATIENCE or isinstance(answer, Exception) else answer
            for seconds, answer in self.answers.values()
        ]

    def running(self):
        """What is still under way, in words; empty when nothing is."""
        others = asyncio.all_tasks() - {asyncio.current_task()}
        found = [f"the calls of {', '.join(self.flight)}"] if self.flight else []
        return " and ".join(found + ([f"{len(others)} tasks"] if others else []))


blocked = []
"""What `refuse` has refused in this run."""


def now():
    return asyncio.get_running_loop().time()


def refuse(_seconds):
    """Stands in for `time.sleep`; keeps the line in case the learner's code catches the error."""
    frame = sys._getframe(1)
    name = Path(frame.f_code.co_filename).name
    blocked.append(Fail(BLOCKS, file=name, line=frame.f_lineno))
    raise blocked[-1]


def on_clock(sites, story):
    """Run a coroutine function of the check's on the virtual clock; result and seconds."""

    async def main():
        time.sleep = refuse
        return await story()

    blocked.clear()
    try:
        result = run(main())
    except Fail as error:
        if blocked:
            raise blocked[0] from error
        if str(error) == DEADLOCK:
            raise Fail(f"{DEADLOCK} ({state(sites)})", at="prices") from error
        raise
    if blocked:
        raise blocked[0]
    return result


def state(sites):
    asked = f"{len(sites.asked)} of {len(sites.names)} partners had been asked"
    waiting = [name for name in sites.asked if sites.answers[name][0] == FOREVER]
    return f"{asked}, {waiting[-1]} never answers" if waiting else f"{asked}, none was under way"


def collect(lab, answers):
    """What prices() returned for these partners, and the virtual seconds it took."""
    sites = Partners(answers)

    async def story():
        try:
            result = await lab.prices(list(sites.names), sites.ask)
        except Exception as error:
            if isinstance(leaf(error), Fail):
                raise
            raise came_out(error) from error
        left = sites.running()
        lab.ok(not left, f"prices() has returned, and left something running: {left}", at="prices")
        return result

    result, seconds = on_clock(sites, story)
    shape(result, sites)
    return result, seconds, sites


def shape(result, sites):
    if not isinstance(result, list) or len(result) != len(sites.names):
        said = f"prices() of {len(sites.names)} partners returns no list of {len(sites.names)}"
        raise Fail(said, got=repr(result)[:200], at="prices")


def leaf(error):
    """Of the exceptions in a group, the first."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def came_out(error):
    """An exception that prices() should have dealt with, as a failure with its line."""
    inner = leaf(error)
    said = f"prices() raised {type(inner).__name__}({inner})"
    if error is not inner:
        said += f" in an {type(error).__name__}"
    lines, trace = [], inner.__traceback__
    while trace:
        if Path(trace.tb_frame.f_code.co_filename).name == "prices.py":
            lines.append(trace.tb_lineno)
        trace = trace.tb_next
    if not lines:
        return Fail(said, at="prices")
    return Fail(said, file="prices.py", line=lines[-1])


def compare(lab, result, sites, message):
    """Fail at the first partner whose price is not as it should be."""
    for name, got, want in zip(sites.names, result, sites.wanted(), strict=True):
        seconds, answer = sites.answers[name]
        did = "answers never" if seconds == FOREVER else f"answers after {seconds:g} s"
        did += f" with {answer!r}" if isinstance(answer, Exception) else ""
        lab.equal(got, want, f"{message}: {name} {did}", at="prices")


def drawn(lab, name, low, high):
    """Twenty partners, each with a price and a time in tenths of a second from low to high."""
    draw = random.Random(f"{lab.seed}{name}")
    names = draw.sample(NAMES, len(NAMES))
    return {each: (draw.randint(low, high) / 10, draw.randrange(5000, 20000)) for each in names}


@check("order")
def _(lab):
    time.sleep = refuse
    lab.sites = lab.load("sites.py")
    module = lab.load()
    lab.ok(hasattr(module, "prices"), "prices.py defines no function called prices")
    lab.prices = module.prices
    said = "prices must be a coroutine function: async def prices(partners, ask)"
    lab.ok(inspect.iscoroutinefunction(lab.prices), said, at="prices")
    price = 6000 + lab.seed % 1000
    answers = {"alpha": (2, price), "beta": (0.5, price + 300), "gamma": (1, price - 700)}
    result, _, sites = collect(lab, answers)
    lab.equal(result, sites.wanted(), "alpha answers last, and stands first", at="prices")
    lab.equal(collect(lab, {})[0], [], "prices([], ask)", at="prices")


@check("four")
def _(lab):
    result, seconds, sites = collect(lab, drawn(lab, "four", 1, 5))
    lab.measure("most calls under way", sites.most)
    lab.measure("virtual time for 20 partners", round(seconds, 1), "s")
    if sites.most > AT_ONCE:
        raise Fail(f"{sites.most} calls were under way at once, 4 are allowed", at="prices")
    total = sum(seconds for seconds, _ in sites.answers.values())
    if sites.most < AT_ONCE:
        said = f"at most {sites.most} under way at once, 4 are allowed"
        raise Fail(
            f"{said}: {seconds:.1f} s in all, the calls add up to {total:.1f} s", at="prices"
        )
    if sites.waste:
        raise Fail(f"{sites.waste}: {seconds:.1f} s in all", at="prices")
    compare(lab, result, sites, "all of 20 answer in time")


@check("failing")
def _(lab):
    error = lab.sites.PartnerError
    answers = drawn(lab, "failing", 1, 5)
    for at, name in enumerate(answers):
        if at % 3 == 1:
            # Every other one at once.
            answers[name] = (answers[name][0] * (at % 2), error(f"{name} is down"))
    result, _, sites = collect(lab, answers)
    compare(lab, result, sites, "seven of 20 fail")


@check("late")
def _(lab):
    result, _, sites = collect(lab, drawn(lab, "queue", 20, 20))
    compare(lab, result, sites, "waiting for a turn is not the partner's time")
    answers = drawn(lab, "late", 5, 25)
    late = {3: 3.5, 4: 2.5, 8: FOREVER, 9: 60, 13: FOREVER, 14: 3.1, 15: FOREVER, 17: FOREVER}
    for at, name in enumerate(answers):
        answers[name] = (late.get(at, answers[name][0]), answers[name][1])
    result, _, sites = collect(lab, answers)
    compare(lab, result, sites, "some of 20 are late")
    said = f"{sites.most} calls were under way at once: a late call must be cancelled"
    lab.ok(sites.most <= AT_ONCE, said, at="prices")


@check("leaves")
def _(lab):
    # Never at the moment a call ends: those are whole tenths.
    for after in (0.35, 1.05, 4.05):
        sites = Partners(drawn(lab, f"leaves{after}", 12, 25))
        on_clock(sites, lambda sites=sites, after=after: leave(lab, sites, after))


async def leave(lab, sites, after):
    """The guest goes after some seconds."""
    task = asyncio.create_task(lab.prices(list(sites.names), sites.ask))
    await asyncio.sleep(after)
    if task.done():
        return  # More than four at a time were faster than the guest: that is judged elsewhere.
    asked = len(sites.asked)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        pass
    else:
        raise Fail(f"prices() was cancelled after {after} s, and went on to the end", at="prices")
    left = sites.running()
    said = f"prices() was cancelled after {after} s, and left something running: {left}"
    lab.ok(not left, said, at="prices")
    more = len(sites.asked) - asked
    said = f"prices() was cancelled after {after} s, and then asked {more} more partners"
    lab.ok(not more, f"{said}: is the cancellation caught on its way?", at="prices")


@check("bug")
def _(lab):
    answers = drawn(lab, "bug", 5, 25)
    broken = list(answers)[5]
    answers[broken] = (0.7, KeyError("price_cents"))
    sites = Partners(answers)
    on_clock(sites, lambda: break_(lab, sites))


async def break_(lab, sites):
    """One call has a bug: it comes out, and the rest ends."""
    try:
        result = await lab.prices(list(sites.names), sites.ask)
    except Exception as error:
        inner = leaf(error)
        if isinstance(inner, Fail):
            raise
        if not isinstance(inner, KeyError):
            raise came_out(error) from error
    else:
        said = "ask raised KeyError('price_cents'), a bug, and prices() hides it"
        raise Fail(said, expected="KeyError", got=f"a list of {len(result)} prices", at="prices")
    left = sites.running()
    said = f"prices() ended with the KeyError, and left something running: {left}"
    lab.ok(not left, said, at="prices")
