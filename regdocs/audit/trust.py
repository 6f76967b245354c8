"""The trust file: keys that somebody outside the log vouches for.

Knows which of them are the log's, persons' or cosigners'. Does not know how its owner came by them, which is what
the trust rests on.
"""

from dataclasses import dataclass

from regdocs.audit.note import COSIGNATURE, Key, NotAKey, parse_key
from regdocs.canonical import sha256_hex
from regdocs.errors import Refusal


class NotATrustFile(Refusal):
    """A line that is no key, or no key of the log; the message names the line."""


@dataclass(frozen=True)
class Trust:
    """Keys by what they are for, in the order of the file. There is at least one of the log.

    With no key of a person nothing is said about persons; with one, those that are not listed are unknown.
    """

    log: tuple[Key, ...]
    persons: tuple[Key, ...] = ()
    cosigners: tuple[Key, ...] = ()

    @property
    def digest(self) -> str:
        """Digest of the set of keys, whatever their order."""
        keys = sorted(key.text for key in (*self.log, *self.persons, *self.cosigners))
        return sha256_hex("\n".join(keys).encode("ascii"))


def parse_trust(text: str, origin: str) -> Trust:
    """Return the keys of a trust file, for the log of this origin.

    Empty lines and lines that begin with `#` are passed over, and so is a key that stood there before.

    Raises:
        NotATrustFile: A line is no verifier key (or a weak one), or none is named like the origin.

    Source: docs/formats/audit-log.md, "Trust file".
    """
    trust = trust_in(text, origin)
    if not trust.log:
        raise NotATrustFile(f'no key is named "{origin}"; the trust file has to hold the key of this log')
    return trust


def trust_in(text: str, origin: str | None) -> Trust:
    """Return the keys of a trust file, also when none is of the log of this origin, as a verifier reads it.

    Raises:
        NotATrustFile: A line is no verifier key, or a weak one.
    """
    # One key may be listed twice, as when two files are put together; `dict` keeps the order.
    keys = list(dict.fromkeys(_keys(text)))
    return Trust(
        log=tuple(key for key in keys if key.name == origin and key.kind != COSIGNATURE),
        persons=tuple(key for key in keys if key.kind != COSIGNATURE and key.name != origin),
        cosigners=tuple(key for key in keys if key.kind == COSIGNATURE),
    )


def _keys(text: str) -> list[Key]:
    found = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):  # it may come by mail from Windows
        if line and not line.startswith("#"):
            found.append(_key(line, number))
    return found


def _key(line: str, number: int) -> Key:
    try:
        return parse_key(line)
    except NotAKey as error:
        raise NotATrustFile(f"line {number} of the trust file: {error}") from error
