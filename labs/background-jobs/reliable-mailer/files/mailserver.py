"""The mail server, which belongs to somebody else. It takes mails, or says why not."""

import json
import os
import signal
from pathlib import Path

CALLS = Path(__file__).with_name("mailserver.log")
PLANS = Path(__file__).with_name("mailserver.plan")


class Later(Exception):
    """451: it cannot take the mail just now. The same mail may be taken later."""


class Refused(Exception):
    """550: it will never take this mail."""


def send(address, text, key=None):
    """Hand over a mail. A key that it has seen today: the mail is the same, and is not sent again.

    Raises Later or Refused. The process may also die at any moment, as any process may.
    """
    calls = [call for call in _calls() if call["address"] == address]
    plan = json.loads(PLANS.read_text()).get(address, []) if PLANS.exists() else []
    plan = plan[len(calls)] if len(calls) < len(plan) else (plan or [""])[-1]
    seen = key is not None and any(call["sent"] and call["key"] == key for call in _today())
    call = {"address": address, "text": text, "key": key, "pid": os.getpid()}
    call["sent"] = not seen and plan in ("", "taken, then dies")
    call["answer"] = plan or "taken"
    with CALLS.open("a") as file:
        file.write(json.dumps(call) + "\n")
    if "dies" in plan:
        os.kill(os.getpid(), signal.SIGKILL)
    if plan.startswith("451"):
        raise Later(plan)
    if plan.startswith("550"):
        raise Refused(plan)


def _calls():
    """All calls so far. A line that is null ends a day."""
    lines = CALLS.read_text().splitlines() if CALLS.exists() else []
    return [call for call in map(json.loads, lines) if call]


def _today():
    text = CALLS.read_text() if CALLS.exists() else ""
    return [json.loads(line) for line in text.rpartition("null\n")[2].splitlines()]
