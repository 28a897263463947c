"""Runs a lab's checks: the role ``lab`` of a child.

The first line on stdin is the configuration (JSON); after it, stdin is the lifeline: its end
means "end now". Events go to the pipe that was stdout. See `nexus_tui.labs.protocol`.
"""

from __future__ import annotations

import faulthandler
import json
import os
import sys
from pathlib import Path
from types import ModuleType

from . import audit, labkit, limits, supervisor
from .bench import Lab, home
from .channel import Channel, private
from .output import Output
from .places import Sources
from .session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from socket import socket
    from typing import Any

    from .labkit import Check


def main() -> None:
    """Read the configuration, split, run the checks, say that it was all."""
    config = receive()
    channel = Channel(config["nonce"], private(1))
    output = Output(config["output"])
    if config["portable"]:
        import threading

        threading.Thread(target=watch, args=(private(0),), daemon=True).start()
    else:
        supervisor.split(channel)
        channel.own()
    silence()
    work(config, channel, output)
    os._exit(0)


def receive() -> dict[str, Any]:
    """The first line of stdin, read byte by byte: what follows is not ours to take."""
    line = b""
    while not line.endswith(b"\n"):
        byte = os.read(0, 1)
        if not byte:
            os._exit(1)
        line += byte
    config: dict[str, Any] = json.loads(line)
    return config


def watch(lifeline: int) -> None:
    """Without a supervisor: end when the lifeline does."""
    os.read(lifeline, 1)
    os._exit(1)


def silence() -> None:
    """Give the learner's code an empty standard input."""
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(null, 0)
    os.close(null)


def work(config: dict[str, Any], channel: Channel, output: Output) -> None:
    """Everything in the inner half."""
    workspace = config["workspace"]
    home(workspace)
    sources = Sources(workspace, config["files"])
    config["trace_file"] = Path(config["trace"]).open("w+")  # noqa: SIM115 (open to the end)
    faulthandler.enable(file=config["trace_file"])
    listener = listen(config)
    guards = guard(config)
    lab = Lab(sources, channel, output, config["seed"])
    lab.listener = listener
    lab.variant, lab.url, lab.mark = config["variant"], config["url"], config["mark"]
    lab.template = Path(config["template"]) if config["template"] else None
    session = Session(lab, sources, channel, output)
    try:
        checks = load(config)
    except Exception as error:  # a door: the author's code, reported to the author
        channel.emit("broken", message=f"{type(error).__name__}: {error}", line=line_of(error))
        return
    hide(workspace)
    channel.emit("hello", python=sys.version.split()[0], guards=guards)
    session.run(config["checks"], checks, config)
    channel.emit("end")


def listen(config: dict[str, Any]) -> socket | None:
    """For a lab that serves: a socket on a free port, the one port it may then connect to.

    Made before Landlock is in force, so that nobody can take the port in between.
    """
    if not config["serves"]:
        return None
    from socket import create_server

    listener = create_server(("127.0.0.1", 0))
    config["ports"].append(listener.getsockname()[1])
    return listener


def guard(config: dict[str, Any]) -> list[str]:
    """Put limits, Landlock and the audit hook in force; names of what is."""
    guards = limits.apply(config["limits"])
    if sys.platform == "linux" and not config["portable"]:
        from . import landlock

        abi = landlock.restrict(config["workspace"], config["ports"])
        guards += [f"landlock {abi}"] if abi else []
    running = limits.tasks()
    most = running + int(config["limits"]["processes"]) if running else 0
    audit.Audit(config["workspace"], most, config["host"]).install()
    return [*guards, "audit"]


def load(config: dict[str, Any]) -> dict[str, Check]:
    """Execute ``checks.py``; what it registered. Every check of the plan must be there."""
    sys.modules["labkit"], labkit.variant = labkit, config["variant"]
    sys.path[:0] = config["paths"]
    names = {"__name__": "checks", "__file__": config["code"]}
    exec(compile(Path(config["code"]).read_text("utf-8"), config["code"], "exec"), names)
    wanted = [item["id"] for item in config["checks"]]
    if missing := [name for name in wanted if name not in labkit.registered]:
        raise LookupError(f"no @check({missing[0]!r})")
    if extra := [name for name in labkit.registered if name not in wanted]:
        raise LookupError(f"lab.yaml does not list the check {extra[0]!r}")
    return labkit.registered


def hide(workspace: str) -> None:
    """Take the harness out of sight, and let the learner's files import one another."""
    for name in list(sys.modules):
        if name.partition(".")[0] in ("harness", "labkit"):
            del sys.modules[name]
    sys.modules["__main__"] = ModuleType("__main__")
    sys.argv = [""]
    sys.path.insert(0, workspace)


def line_of(error: BaseException) -> int:
    """The line of ``checks.py`` an exception comes from."""
    if isinstance(error, SyntaxError):
        return error.lineno or 0
    trace, line = error.__traceback__, 0
    while trace:
        if trace.tb_frame.f_globals.get("__name__") == "checks":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
