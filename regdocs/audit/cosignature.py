"""Cosignatures of checkpoints: somebody outside says at which time they saw this head of the log.

Knows the Ed25519 form of C2SP tlog-cosignature: keys of kind 0x04, eight bytes of time before the signature. Does not
know whom to ask for one, nor whose clock is right.
"""

from collections.abc import Iterable

from regdocs.audit.checkpoint import parse_checkpoint
from regdocs.audit.note import (
    COSIGNATURE,
    MAX_TIME,
    BadSignature,
    Key,
    NotAKey,
    Note,
    Signature,
    Signer,
    cosigned_message,
    holds,
)

_TIME_BYTES = 8


def cosign(text: str, signer: Signer, unix_time: int) -> Signature:
    """Return the cosignature line of a checkpoint's text, to be added with `Note.with_signatures`.

    Args:
        text: The three lines of the checkpoint.
        signer: Its key is of kind 0x04.
        unix_time: When the cosigner saw this head as the newest one, in seconds since 1970.

    Raises:
        NotACheckpoint: The text is something else; a cosigner signs nothing but checkpoints.
        NotAKey: The signer's key is of another kind.
        ValueError: A time before 1970 or beyond 2^63 - 1.
        BadSignature: What the signer gave is not a signature of its key.

    Source: C2SP tlog-cosignature, "Format" and "Ed25519 signed message".
    """
    parse_checkpoint(text)
    if signer.key.kind != COSIGNATURE:
        raise NotAKey(f'the key "{signer.key.name}" is not one for cosignatures')
    if not 0 <= unix_time <= MAX_TIME:
        raise ValueError(f"{unix_time} is no time of a cosignature")
    data = unix_time.to_bytes(_TIME_BYTES, "big") + signer.sign(cosigned_message(text, unix_time))
    signature = Signature(signer.key.name, signer.key.id, data)
    verify_cosignature(text, signature, signer.key)
    return signature


def verify_cosignature(text: str, signature: Signature, key: Key) -> int:
    """Return the time of a line that is the key's cosignature of the text, in seconds since 1970.

    Raises:
        BadSignature: It is not; also when the line has another key's name or id, or the key is of another kind.
    """
    if key.kind != COSIGNATURE or not holds(text, signature, key):
        raise BadSignature(f'the line of "{signature.name}" is not a cosignature by the key "{key.name}"')
    return time_of(signature)


def time_of(signature: Signature) -> int:
    """Return the time that a cosignature line states, unchecked, in seconds since 1970."""
    return int.from_bytes(signature.data[:_TIME_BYTES], "big")


def cosignatures(note: Note, keys: Iterable[Key]) -> tuple[tuple[Key, int], ...]:
    """Return who of the cosigners among the keys cosigned the note, and when, in the order of its lines.

    Lines of other keys are passed over. One cosigner may stand there with several times.

    Raises:
        BadSignature: A line of a known cosigner does not hold.
    """
    known = {(key.name, key.id): key for key in keys if key.kind == COSIGNATURE}
    found = []
    for signature in note.signatures:
        key = known.get((signature.name, signature.key_id))
        if key is not None:
            found.append((key, verify_cosignature(note.text, signature, key)))
    return tuple(found)
