"""The one kind of error a person can cause."""


class NexusError(Exception):
    """What went wrong and what to do about it, in words for the person at the keyboard."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message
