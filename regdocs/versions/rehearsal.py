"""Asking people before the log is locked: a write is tried first, without writing and without signing anything.

Knows that whoever signs may have to be shown the text and to type a passphrase, that this takes time, and that others
may want to write meanwhile. Does not know how they are asked (`Asking` does), nor what the texts say.

A write that people sign is made three times. At the first rehearsal each signer is shown their text and asked. The
second, when time has gone on, gives the texts with the time after the last passphrase, and they are shown what differs.
Then the same texts are made under the log's lock and signed, with nobody asked.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable

from regdocs.audit.note import Note, Signature, Signer
from regdocs.errors import Refusal

Clock: TypeAlias = Callable[[], str]

OLDEST_SECONDS = 60
"""How long before the signing the time in a signature may lie."""


class TooOld(Refusal):
    """Too much time went by between asking and signing; nothing was recorded."""


@runtime_checkable
class Asking(Signer, Protocol):
    """A signer that shows texts to a person, and asks, before it signs them."""

    def ask(self, message: bytes) -> None:
        """Show a text that will be signed, and ask what has to be asked.

        Shown again with another time and nothing else, it is not asked for again.

        Raises:
            Refusal: The person cannot be asked, or does not know the passphrase.
        """


def rehearsed_note(text: str, signer: Signer) -> Note:
    """Return the note as long as it will be, with nothing in place of the signature; whoever signs has been asked."""
    if isinstance(signer, Asking):
        signer.ask(text.encode())
    return Note(text, (Signature(signer.key.name, signer.key.id, bytes(64)),))


def settled(rehearse: Callable[[str], None], clock: Clock) -> str:
    """Rehearse a write until everybody was asked, and return the time that it has: after the last passphrase.

    Raises:
        What `rehearse` raises.
    """
    moment = clock()
    rehearse(moment)
    later = clock()
    if later != moment:
        rehearse(later)
    return later


def require_fresh(at: str, clock: Clock) -> None:
    """Refuse to sign under a time that is long ago.

    Raises:
        TooOld: More than `OLDEST_SECONDS`.
    """
    age = (datetime.fromisoformat(clock()) - datetime.fromisoformat(at)).total_seconds()
    if age > OLDEST_SECONDS:
        raise TooOld(f"{age:.0f} seconds went by between asking and signing; nothing was recorded; do it again")
