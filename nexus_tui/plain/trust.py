"""Consent to run the code of a course from elsewhere."""

from dataclasses import replace

from nexus_tui.launch import course_folder
from nexus_tui.plain.lines import say
from nexus_tui.tutor import Tutor


def run(course: str) -> None:
    """Ask, and keep the answer. The words say what it means."""
    root = course_folder(course)
    tutor = Tutor.open(root=root)
    try:
        say(f"The labs and samples in {root} are programs. They run as you, with limits that stop")
        say("accidents, not malice. Allow only a course whose code you have read.")
        typed = input(f"Type the folder's name ({root.name if root else ''}) to allow it: ")
        if root is None or typed.strip() != root.name:
            say("Not allowed.")
            return
        chosen = tutor.settings
        tutor.choose(replace(chosen, trusted=tuple({*chosen.trusted, str(root)})))
        say("Allowed.")
    except EOFError:
        say("\nNot allowed.")
    finally:
        tutor.close()
