"""The family of exceptions. A mistake in the user's text is a `Finding`, never one of these."""


class RegdocsError(Exception):
    """We cannot go on; the message is written for the person at the keyboard."""

    exit_code = 70


class Refusal(RegdocsError):
    """What was asked is understood and will not be done; the message says why and what would help."""

    exit_code = 1


class UsageError(RegdocsError):
    """The call itself is off: a folder, a kind or a site that does not exist."""

    exit_code = 2


class EnvironmentLacks(RegdocsError):
    """Something the machine should have is missing (Pango, a font); the message names the remedy."""

    exit_code = 69
