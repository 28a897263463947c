"""Parts of the Learn place."""
