class PartnerError(Exception):
    """A partner answered with an error instead of a price."""
