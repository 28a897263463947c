"""What happens in a repository: pushes and pull requests, with the ``github`` context of each.

After GitHub's "Events that trigger workflows": a pull request's ``github.ref`` is its merge
branch, that of ``pull_request_target`` is the base, and secrets do not reach the
``pull_request`` event of a fork.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .value import Closed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

OWNER, REPOSITORY = "nexus-stays", "nexus-stays/api"


@dataclass(frozen=True)
class Event:
    """One event. ``github`` is what the context of that name holds, ``words`` says it to people."""

    name: str
    words: str
    ref: str
    branch: str
    """What a filter of branches is compared with: pushed to, or the base; "" for a tag."""
    paths: tuple[str, ...]
    fork: bool = False
    run: int = 1
    head_sha: str = ""
    action: str = ""
    """What was done with a pull request: opened, synchronize (pushed to again), …"""
    github: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def secrets(self) -> bool:
        """Whether the repository's secrets are handed over."""
        return not (self.fork and self.name == "pull_request")


def push(
    branch: str = "main",
    *,
    tag: str = "",
    paths: Sequence[str] = ("stays/booking.py",),
    message: str = "Count nights",
    run: int = 1,
) -> Event:
    """A push to a branch, or of a tag."""
    ref = f"refs/tags/{tag}" if tag else f"refs/heads/{branch}"
    sha = f"{run:040x}"
    commit = {"id": sha, "message": message, "author": _person("ada"), "committer": _person("ada")}
    event = {
        "ref": ref,
        "after": sha,
        "head_commit": Closed("github.event.head_commit", commit),
        "commits": [commit],
        "pusher": {"name": "ada"},
        "created": False,
        "deleted": False,
        "forced": False,
    }
    github = {"ref": ref, "ref_type": "tag" if tag else "branch", "sha": sha}
    words = f"a push of the tag {tag}" if tag else f"a push to {branch}"
    context = _github("push", github, event, run)
    return Event("push", words, ref, "" if tag else branch, tuple(paths), run=run, github=context)


def pull_request(
    branch: str = "feature/ratings",
    *,
    base: str = "main",
    fork: bool = False,
    target: bool = False,
    title: str = "Count nights",
    body: str = "",
    paths: Sequence[str] = ("stays/booking.py",),
    action: str = "opened",
    run: int = 1,
) -> Event:
    """Something is done with a pull request; ``target`` gives its ``pull_request_target``.

    That one runs in the context of the base, with secrets, whoever sent it. ``run`` numbers the
    request too.
    """
    name = "pull_request_target" if target else "pull_request"
    head_sha = f"{run + 0xBEEF:040x}"
    request = _request(run, branch, base, fork, title, body, head_sha)
    event = {"action": action, "number": run, "pull_request": request}
    ref = f"refs/heads/{base}" if target else f"refs/pull/{run}/merge"
    sha = f"{run:040x}"
    github = {"ref": ref, "ref_type": "branch", "sha": sha, "head_ref": branch, "base_ref": base}
    words = f"a pull request from {'a fork' if fork else branch}" + f" ({name})" * target
    words = f"{words} that is pushed to again" if action == "synchronize" else words
    context = _github(name, github, event, run)
    return Event(name, words, ref, base, tuple(paths), fork, run, head_sha, action, context)


def _request(
    number: int, branch: str, base: str, fork: bool, title: str, body: str, sha: str
) -> Closed:
    owner = "mallory" if fork else OWNER
    repo = _repository(f"{owner}/api", fork)
    head = {"ref": branch, "sha": sha, "label": f"{owner}:{branch}", "repo": repo}
    under = {"ref": base, "sha": f"{number:040x}", "repo": _repository(REPOSITORY)}
    values = {
        "number": number,
        "title": title,
        "body": body,
        "state": "open",
        "draft": False,
        "merged": False,
        "labels": [],
        "user": {"login": "mallory" if fork else "ada"},
        "head": Closed("github.event.pull_request.head", head),
        "base": Closed("github.event.pull_request.base", under),
    }
    return Closed("github.event.pull_request", values)


def _repository(name: str, fork: bool = False) -> Closed:
    owner, _, short = name.partition("/")
    values = {
        "full_name": name,
        "name": short,
        "owner": {"login": owner},
        "default_branch": "main",
        "fork": fork,
        "private": True,
    }
    return Closed("repository", values)


def _person(name: str) -> dict[str, str]:
    return {"name": name, "email": f"{name}@stays.example"}


def _github(
    name: str, values: Mapping[str, str], event: Mapping[str, Any], run: int
) -> dict[str, Any]:
    absent = {"pull_request": None, "head_commit": None, "number": None, "inputs": None}
    payload = {**absent, "repository": _repository(REPOSITORY), "sender": {"login": "ada"}, **event}
    ref = values["ref"]
    shorter = re.sub(r"^refs/(heads|tags|pull)/", "", ref)
    return {
        "event_name": name,
        "event": Closed("github.event", payload),
        "head_ref": "",
        "base_ref": "",
        "ref_name": shorter,
        "repository": REPOSITORY,
        "repository_owner": OWNER,
        "actor": "ada",
        "triggering_actor": "ada",
        "run_id": 1000 + run,
        "run_number": run,
        "run_attempt": 1,
        "server_url": "https://github.com",
        **values,
    }
