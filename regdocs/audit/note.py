"""Signed notes: a text, and under it a line for each signature.

Knows the format C2SP signed-note: notes, verifier keys, and the two kinds of Ed25519 signature that we use. Does not
know what a text says, whom to trust, or where private keys are.

    <text, every line with its LF>
    <empty line>
    — <key name> <base64 of key id ‖ signature>

A reader checks each signature of a key that it knows and passes over all others, also in formats yet to come. A bad
signature of a known key refuses the whole note: somebody has altered it.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from regdocs.audit import ed25519
from regdocs.audit.names import is_name
from regdocs.errors import Refusal

ED25519 = 0x01
"""Kind of a key whose signatures are over the text."""

COSIGNATURE = 0x04
"""Kind of a key whose signatures are over a time and the text (C2SP tlog-cosignature)."""

MAX_NOTE = 65_536
"""Bytes of the longest note."""

MAX_SIGNATURES = 100
"""Signature lines of a note, known and unknown."""

MAX_TIME = 2**63 - 1
"""Latest time of a cosignature, in seconds since 1970."""

_KEY_ID_BYTES = 4
_TIME_BYTES = 8
_DASH = "\u2014 "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")


class NotAKey(Refusal):
    """The text is no verifier key, or the key is one we refuse; the message is the reason."""


class NotANote(Refusal):
    """The bytes are no signed note, or the parts make none; the message is the reason."""


class BadSignature(Refusal):
    """A signature line with the name and id of a known key is not that key's signature."""


# ------------------------------------------------------------------------------------------------------------- keys


@dataclass(frozen=True)
class Key:
    """A public key with its name. It is sound: weak public keys do not become one (`NotAKey`)."""

    name: str
    kind: int
    public: bytes

    def __post_init__(self) -> None:
        if not is_name(self.name):
            raise NotAKey(f"{self.name!a} is not the name of a key")
        if self.kind not in (ED25519, COSIGNATURE):
            raise NotAKey(f"a key of kind 0x{self.kind:02x}; we know 0x01 (Ed25519) and 0x04 (cosignatures)")
        try:
            ed25519.refuse_weak(self.public)
        except ed25519.WeakKey as error:
            raise NotAKey(str(error)) from error

    @cached_property
    def id(self) -> bytes:
        """The four bytes that name the key in a signature line, together with its name."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_KEY_ID_BYTES]

    @property
    def text(self) -> str:
        """The verifier key: `<name>+<id in hex>+<base64 of kind and public key>`."""
        return f"{self.name}+{self.id.hex()}+{_to_base64(bytes([self.kind]) + self.public)}"


def parse_key(text: str) -> Key:
    """Return the key of a verifier key's text; its `text` is the same text again.

    Raises:
        NotAKey: Another form, an id that is not the key's, a kind we do not know, or a weak key.

    Source: C2SP signed-note, "Verifier keys"; docs/formats/audit-log.md, "Keys".
    """
    parts = text.split("+", 2)  # base64 has `+` too
    if len(parts) != 3:
        raise NotAKey("a verifier key is <name>+<8 hex digits>+<base64>")
    name, found_id, encoded = parts
    material = _from_base64(encoded)
    if not material:
        raise NotAKey("a verifier key ends in canonical base64")
    key = Key(name, material[0], material[1:])
    if found_id != key.id.hex():
        raise NotAKey(f"the id of this key is {key.id.hex()}, not {found_id!a}")
    return key


class Signer(Protocol):
    """Something that signs with the private key that belongs to `key`."""

    @property
    def key(self) -> Key:
        """The public key."""

    def sign(self, message: bytes) -> bytes:
        """Return the 64 bytes of the Ed25519 signature."""


# ------------------------------------------------------------------------------------------------------------ notes


@dataclass(frozen=True)
class Signature:
    """One signature line. `data` is what stands after the key id: 64 bytes, or in a cosignature 8 of time before."""

    name: str
    key_id: bytes
    data: bytes

    def __post_init__(self) -> None:
        # Names of unknown signers are not ours to choose: only what C2SP forbids is refused.
        if not self.name or "+" in self.name or any(letter.isspace() for letter in self.name):
            raise NotANote(f"{self.name!a} cannot be the name of a signer")
        if _CONTROL.search(self.name):
            raise NotANote("a control character in the name of a signer")
        if len(self.key_id) != _KEY_ID_BYTES or not self.data:
            raise NotANote("a signature has the four bytes of a key id, and then some")

    @property
    def line(self) -> str:
        """The line, without its LF."""
        return f"{_DASH}{self.name} {_to_base64(self.key_id + self.data)}"


@dataclass(frozen=True)
class Note:
    """A text and its signatures, unchecked. Parts that make no readable note are refused (`NotANote`)."""

    text: str
    signatures: tuple[Signature, ...]

    def __post_init__(self) -> None:
        if not self.text.endswith("\n"):
            raise NotANote("the text of a note ends in LF")
        if _CONTROL.search(self.text):
            raise NotANote("a control character in the text of a note")
        if not 1 <= len(self.signatures) <= MAX_SIGNATURES:
            raise NotANote(f"{len(self.signatures)} signature lines; a note has 1 to {MAX_SIGNATURES}")
        if len(self.to_bytes()) > MAX_NOTE:
            raise NotANote(f"a note of more than {MAX_NOTE} bytes")

    def to_bytes(self) -> bytes:
        """Return the bytes that `parse_note` reads."""
        lines = "".join(f"{signature.line}\n" for signature in self.signatures)
        return f"{self.text}\n{lines}".encode()

    def with_signatures(self, *more: Signature) -> "Note":
        """Return the note with signature lines added at its end; lines that it has already are not doubled."""
        new = tuple(signature for signature in more if signature not in self.signatures)
        return Note(self.text, self.signatures + new)


def parse_note(data: bytes) -> Note:
    """Return the note; its `to_bytes` gives the same bytes again. No signature is checked.

    The signatures stand after the last empty line; the text may hold others.

    Raises:
        NotANote: More than 64 KiB or 100 signature lines, not UTF-8, control characters, no LF at the end, or a line
            after the last empty one that is no signature line.

    Source: C2SP signed-note, "Format".
    """
    if len(data) > MAX_NOTE:
        raise NotANote(f"a note of {len(data)} bytes; at most {MAX_NOTE} are read")
    try:
        whole = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotANote(f"not UTF-8 from byte {error.start}") from error
    text, gap, tail = whole.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NotANote("a note is a text, an empty line and signature lines, each ending in LF")
    return Note(f"{text}\n", tuple(_parse_signature(line) for line in tail[:-1].split("\n")))


def _parse_signature(line: str) -> Signature:
    name, gap, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap:
        raise NotANote("a signature line is an em dash, a space, a name, a space and base64")
    found = _from_base64(encoded)
    if found is None:
        raise NotANote("a signature line that does not end in canonical base64")
    return Signature(name, found[:_KEY_ID_BYTES], found[_KEY_ID_BYTES:])


# ------------------------------------------------------------------------------------------------ signing, verifying


def sign_note(text: str, *signers: Signer) -> Note:
    """Return the text as a note with a line of each signer, in the order given.

    Each signature is checked before it is used: a signer that errs must not put what it gives into a log.

    Raises:
        NotANote: The text cannot be one of a note, or there is no signer.
        NotAKey: A signer's key is not of kind 0x01.
        BadSignature: What a signer gave is not a signature of its key.
    """
    note = Note(text, tuple(_signed(text, signer) for signer in signers))
    verified(note, [signer.key for signer in signers])
    return note


def _signed(text: str, signer: Signer) -> Signature:
    if signer.key.kind != ED25519:
        raise NotAKey(f'the key "{signer.key.name}" is for cosignatures, not for notes')
    return Signature(signer.key.name, signer.key.id, signer.sign(text.encode()))


def verified(note: Note, keys: Iterable[Key]) -> tuple[Key, ...]:
    """Return those of the keys that signed the note, each once, in the order of its lines.

    Lines of unknown keys are passed over, also when they share a name or an id (not both) with a known one. A key
    that stands on two lines has both checked. The answer may be empty: then nothing is known of the text.

    Raises:
        BadSignature: A line of one of these keys does not hold.

    Source: C2SP signed-note, "Signatures".
    """
    known: dict[tuple[str, bytes], list[Key]] = {}
    for key in keys:
        known.setdefault((key.name, key.id), []).append(key)
    found: dict[Key, None] = {}
    for signature in note.signatures:
        candidates = known.get((signature.name, signature.key_id))
        if candidates:
            found[_signer_of(note.text, signature, candidates)] = None
    return tuple(found)


def _signer_of(text: str, signature: Signature, candidates: list[Key]) -> Key:
    for key in candidates:
        if holds(text, signature, key):
            return key
    raise BadSignature(f'the signature with the name of "{signature.name}" is not its signature of this text')


def holds(text: str, signature: Signature, key: Key) -> bool:
    """Return whether the line is the key's signature of the text; its name and id have to be the key's too."""
    if (signature.name, signature.key_id) != (key.name, key.id):
        return False
    if key.kind == ED25519:
        return ed25519.verify(key.public, text.encode(), signature.data)
    seconds = int.from_bytes(signature.data[:_TIME_BYTES], "big")
    if seconds > MAX_TIME:
        return False
    return ed25519.verify(key.public, cosigned_message(text, seconds), signature.data[_TIME_BYTES:])


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return the bytes that a cosigner signs. Source: C2SP tlog-cosignature, "Ed25519 signed message"."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


# ----------------------------------------------------------------------------------------------------------- base64


def _to_base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _from_base64(text: str) -> bytes | None:
    """Return the bytes, or None when this is not the one base64 text of any."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):  # ValueError: letters that are not ASCII
        return None
    return data if _to_base64(data) == text else None
