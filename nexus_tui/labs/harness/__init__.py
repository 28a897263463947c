"""What runs inside the child process. Imports the standard library only, never nexus_tui."""
