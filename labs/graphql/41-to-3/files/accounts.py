class Closed(Exception):
    """The guest has closed the account: nothing of it is shown."""
