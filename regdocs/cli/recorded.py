"""After an append: what goes wrong from here on does not undo it, and nobody is led to record the same thing again.

Knows that entries are safely on disk; does not know what is told of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from regdocs.errors import RegdocsError


class Untold(RegdocsError):
    """What was asked is recorded, and telling so failed, or what was to be done after it."""


@contextmanager
def recorded(size: int) -> Iterator[None]:
    """Do what follows an append that made a head of this size.

    Raises:
        Untold: It failed. An interruption by the person at the keyboard goes on as it is.
    """
    try:
        yield
    except Exception as error:
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        words = f'It IS recorded: the head is now {size}. What follows it failed: {reason}. Do not record it again; "'
        raise Untold(f'{words}regdocs log" shows what stands there.') from error
