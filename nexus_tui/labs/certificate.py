"""The proof that a lab's checks hold: written when it is certified, shown on its brief."""

from dataclasses import dataclass
from pathlib import Path

from nexus_tui.paths import folder_digest

NAME = "certificate.yaml"


@dataclass(frozen=True, slots=True)
class Certificate:
    """How many wrong programs the checks refused; ``digest`` is of what was proven."""

    mutants: int
    wrong: int
    digest: str = ""

    def __str__(self) -> str:
        """The line on the brief."""
        mutants = f"{self.mutants} mutant{'s' * (self.mutants != 1)}"
        wrong = f"{self.wrong} wrong solution{'s' * (self.wrong != 1)}"
        return f"{mutants}, {wrong}, none passes"


def read(folder: Path) -> Certificate | None:
    """A lab's certificate; None when it has none that says anything."""
    path = folder / NAME
    if not path.is_file():
        return None
    import yaml

    try:
        data = yaml.safe_load(path.read_text("utf-8"))
        mutants, wrong = data["mutants"], data["wrong"]
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError):
        return None
    if not all(isinstance(n, int) and not isinstance(n, bool) and n >= 0 for n in (mutants, wrong)):
        return None
    return Certificate(mutants, wrong, str(data.get("digest") or ""))


def write(folder: Path, mutants: int, wrong: int) -> Certificate:
    """Put it into the lab's folder: so many mutants and wrong solutions were refused."""
    made = Certificate(mutants, wrong, digest(folder))
    text = f"mutants: {mutants}\nwrong: {wrong}\ndigest: {made.digest!r}\n"
    (folder / NAME).write_text(text, "utf-8")
    return made


def digest(folder: Path) -> str:
    """What a certificate is about: the whole folder but for the certificate itself."""
    return folder_digest(folder, NAME)
