"""The command line for authors of labs."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from nexus_tui.errors import NexusError
from nexus_tui.labs import certificate
from nexus_tui.labs.certify.mutants import Mutant
from nexus_tui.labs.certify.proof import Certificate, certify, solution, words
from nexus_tui.labs.engines import variants
from nexus_tui.labs.manifest import Manifest, read
from nexus_tui.labs.protocol import CheckResult, Event, RunRequest
from nexus_tui.labs.runner import run


def main() -> int:
    """Certify labs, or show one run; 1 when there is a problem."""
    parser = argparse.ArgumentParser(prog="python -m nexus_tui.labs.certify", description=__doc__)
    parser.add_argument("labs", nargs="+", type=Path, metavar="LAB")
    parser.add_argument(
        "--on", metavar="ENGINE", default="", help="with --show: run on this one of its engines"
    )
    parser.add_argument(
        "--show",
        metavar="FOLDER",
        help="only run starter, solution, mistakes/NAME or a folder anywhere, and show each check",
    )
    parser.add_argument(
        "--write", action="store_true", help="keep the proof of a certified lab in its folder"
    )
    options = parser.parse_args()
    try:
        good = [
            show(lab, options.show, options.on) if options.show else prove(lab, keep=options.write)
            for lab in options.labs
        ]
    except NexusError as error:
        print(error, file=sys.stderr)
        return 1
    return 0 if all(good) else 1


def prove(folder: Path, *, keep: bool = False) -> bool:
    """Certify one lab and print what was found; ``keep`` it in the folder when it is proven."""
    print(folder)
    before = certificate.digest(folder)
    proof = certify(folder, tell=lambda text: print(f"  … {text}", flush=True))
    for problem in proof.problems:
        print(f"  ✗ {problem}")
    for mutant in proof.survivors:
        print(_survivor(mutant))
    print(f"  {'✓' if proof.ok else '✗'} {_summary(proof)}")
    if keep and proof.ok:
        _keep(folder, proof, before)
    return proof.ok


def _keep(folder: Path, proof: Certificate, before: str) -> None:
    """Write the certificate, unless the lab is another by the time it is proven."""
    if certificate.digest(folder) != before:
        raise NexusError(f"{folder} was changed while it was tried.", "Certify it again.")
    certificate.write(folder, proof.killed, proof.mistakes)


def _summary(proof: Certificate) -> str:
    return (
        f"{proof.mistakes} mistakes, {proof.killed} of {proof.mutants} mutants killed, "
        f"solution {proof.solution_ms:.0f} ms, {proof.seconds:.1f} s"
    )


def _survivor(mutant: Mutant) -> str:
    """A survivor, and the line for lab.yaml should it change nothing."""
    now = mutant.now.replace("'", "''")
    return (
        f"  survives  {mutant.file}:{mutant.line}\n"
        f"    - {mutant.was}\n    + {mutant.now}\n"
        f"    equivalent? - {{file: {mutant.file}, line: {mutant.line}, now: '{now}', why: …}}"
    )


def show(folder: Path, which: str, on: str = "") -> bool:
    """Run one set of files, on another engine when one is named, and print each check."""
    lab = read(folder)
    request = lab.request(_texts(lab, which))
    if on:
        request = _elsewhere(request, on)
    result = run(request, _print)
    if result.output:
        print("  ── output\n" + result.output)
    ended = result.stopped or ("passed" if result.passed else "not passed")
    print(f"  => {ended}, {result.ms:.0f} ms; {', '.join(result.guards)}")
    return result.passed


def _elsewhere(request: RunRequest, on: str) -> RunRequest:
    for engine in variants((on,)):
        if engine.available:
            print(f"  on {engine.title}")
            return replace(request, variant=on, url=engine.url, ports=engine.ports)
        raise NexusError(f"{engine.title} is not here.", engine.hint)
    raise NexusError(f"There is no engine {on}.")


def _texts(lab: Manifest, which: str) -> dict[str, str]:
    inside = lab.folder / which
    chosen = inside if inside.is_dir() else Path(which)
    if not chosen.is_dir():
        raise NexusError(f"There is no folder {which}, neither here nor in {lab.folder}.")
    base = {} if which == "starter" else solution(lab)
    return {**base, **lab.texts(chosen)}


def _print(event: Event) -> None:
    if not isinstance(event, CheckResult):
        print(f"  measure {event.name}: {event.value} {event.unit}")
        return
    print(f"  {words(event)}  [{event.ms} ms]")
    for name, text in (("code", event.code), ("expected", event.expected), ("got", event.got)):
        if text:
            print(f"      {name:9}{text}")


if __name__ == "__main__":
    raise SystemExit(main())
