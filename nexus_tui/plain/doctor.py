"""What is installed, where files lie, how the record is; each with the command that mends it.

Safe to paste into a report: no content and no name of a person; the home folder is shown as ~.
"""

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path

from nexus_tui import paths
from nexus_tui.errors import NexusError
from nexus_tui.plain.findings import Finding, engines, program
from nexus_tui.plain.lines import say


def run(*, as_json: bool, rebuild: bool, restore: bool, yes: bool) -> int:
    """Print the report, after mending what was asked for; 0 when all is well, 1 when not."""
    where = paths.places()
    if restore:
        _restore(where.record, yes=yes)
    if rebuild:
        _rebuild(where.record)
    findings = [*program(), *engines(), *_files(where), *_record(where.record), *_terminal()]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], indent=1))
    else:
        for finding in findings:
            mark = "  " if finding.good else "! "
            say(f"{mark}{finding.what}: {finding.state}")
            if finding.remedy:
                say(f"    mend with: {finding.remedy}")
    return int(any(not finding.good for finding in findings))


def _home(path: Path) -> str:
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)


def _files(where: paths.Places) -> list[Finding]:
    return [
        Finding("course", _home(paths.course_root())),
        Finding("data", _home(where.data)),
        Finding("cache", _home(where.cache)),
    ]


def _record(path: Path) -> list[Finding]:
    from nexus_tui.learner import maintenance

    if not path.exists():
        return [Finding("record", "none yet; it begins with your first answer")]
    try:
        trouble = "; ".join(maintenance.quick_check(path)[:1])
    except NexusError as error:
        trouble = error.message
    backups = maintenance.backups(path)
    kept = Finding("backups", f"{len(backups)} kept" if backups else "none yet")
    if trouble:
        return [Finding("record", trouble, False, "nexus-tui doctor --restore"), kept]
    return [Finding("record", f"sound, {path.stat().st_size // 1024:,} KiB"), kept]


def _terminal() -> list[Finding]:
    size = shutil.get_terminal_size((0, 0))
    wide = size.columns >= 60 and size.lines >= 20
    colours = "24-bit" if os.environ.get("COLORTERM") in ("truecolor", "24bit") else "as TERM says"
    if "NO_COLOR" in os.environ:
        colours = "off (NO_COLOR)"
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    found = [Finding("terminal", f"{os.environ.get('TERM', 'unknown')}, colours {colours}")]
    if sys.stdout.isatty():
        told = f"{size.columns} by {size.lines}"
        found.append(Finding("window", told if wide else f"{told}: 60 by 20 is the least", wide))
    found.append(
        Finding("characters", "UTF-8" if utf8 else "no UTF-8: choose ASCII in settings", utf8)
    )
    return found


def _rebuild(record: Path) -> None:
    from nexus_tui.learner import maintenance
    from nexus_tui.learner.database import Record

    with Record.open(record) as opened:
        maintenance.rebuild(opened)
    say("Everything was derived again from the events.")


def _restore(record: Path, *, yes: bool) -> None:
    from nexus_tui.learner import maintenance

    if not yes:
        say("The newest good backup takes the place of the record; the record is kept beside it.")
        if _typed("Restore it? Type yes: ") != "yes":
            say("Nothing was changed.")
            return
    say(str(maintenance.restore(record)))


def _typed(question: str) -> str:
    """What was typed; nothing at the end of the input."""
    try:
        return input(question).strip().lower()
    except EOFError:
        return ""
