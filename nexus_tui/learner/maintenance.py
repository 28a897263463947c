"""Care for the record: back up, check, rebuild, restore, carry to another machine."""

from nexus_tui.learner.backups import backups, copy_to, daily, folder_of, quick_check, to_keep
from nexus_tui.learner.rebuild import Rebuilt, rebuild
from nexus_tui.learner.repair import Restored, newest_good, restore
from nexus_tui.learner.transfer import Incoming, export_jsonl, import_jsonl, preview

__all__ = [
    "Incoming",
    "Rebuilt",
    "Restored",
    "backups",
    "copy_to",
    "daily",
    "export_jsonl",
    "folder_of",
    "import_jsonl",
    "newest_good",
    "preview",
    "quick_check",
    "rebuild",
    "restore",
    "to_keep",
]
